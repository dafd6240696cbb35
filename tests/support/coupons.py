"""The coupons of a campaign as staff handles them, for tests through the front door."""

from dataclasses import dataclass
from typing import Any

import httpx

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop

USED = Query("use_coupon", "UPDATE coupons SET usage_counter = $3 WHERE account_id = $1 AND value = $2")
TERMS = {"usageLimit": 1}


@dataclass(frozen=True)
class Coupons:
    """The coupons of one campaign, as staff sees them."""

    shop: Shop
    database: Database
    campaign_id: int

    @property
    def path(self) -> str:
        """The path of the campaign's coupons."""
        return f"{self.shop.path}/campaigns/{self.campaign_id}/coupons"

    async def post(self, body: dict[str, Any], **query: str) -> httpx.Response:
        """createCoupons, answered with the coupons unless the query says otherwise."""
        return await self.shop.manage("POST", self.path, TERMS | body, query={"silent": "no"} | query)

    async def make(self, pattern: str, count: int = 1, **terms: Any) -> list[dict[str, Any]]:
        """New coupons of the campaign."""
        answer = await self.post({"couponPattern": pattern, "numberOfCoupons": count} | terms)
        assert answer.status_code == 200, answer.text
        made: list[dict[str, Any]] = answer.json()["data"]
        return made

    async def find(self, **query: Any) -> list[str]:
        """The codes that getCouponsWithoutTotalCount finds."""
        answer = await self.shop.manage("GET", f"{self.path}/no_total", query=query)
        assert answer.status_code == 200, answer.text
        return [coupon["value"] for coupon in answer.json()["data"]]

    async def read(self, value: str) -> dict[str, Any]:
        """One coupon as it stands."""
        answer = await self.shop.manage("GET", f"{self.path}/no_total", query={"value": value, "exactMatch": "true"})
        coupon: dict[str, Any] = answer.json()["data"][0]
        return coupon

    async def use(self, value: str, times: int) -> None:
        """Count redemptions of a coupon, as closing sessions does."""
        async with self.database.transaction() as db:
            assert await db.run(USED, self.shop.staff.account_id, value, times) == 1


async def define(shop: Shop, name: str, kind: str = "string", **settings: Any) -> None:
    """A custom attribute of coupons."""
    definition = {"entity": "Coupon", "name": name, "title": name, "type": kind, "description": ""}
    await shop.create("/v1/attributes", definition | {"suggestions": [], "editable": True} | settings)
