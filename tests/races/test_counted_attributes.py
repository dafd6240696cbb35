"""Rules of a crowd's sessions count up and down the same attributes at two workers: no count is lost."""

from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.carts import profile_of
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
STOCK = 100


async def define(shop: Shop) -> None:
    """A number called "count" of everybody and everything that is counted on."""
    count = {"name": "count", "title": "count", "type": "number", "description": "", "suggestions": []}
    for entity in ("CustomerProfile", "Coupon", "Referral"):
        await shop.create("/v1/attributes", count | {"entity": entity, "editable": True})


def counting(condition: list[Any], *updates: tuple[str, str]) -> dict[str, Any]:
    """A rule that counts on some attributes, each with an operator."""
    effects = [["updateAttribute", f"{who}.Attributes.count", operator, 1] for who, operator in updates]
    return {"title": "count", "condition": ["and", condition], "effects": effects}


async def test_a_coupon_and_a_referral_are_counted_once_a_session(server: Server, shop: Shop) -> None:
    await define(shop)
    campaign, friends = await shop.campaign(), await shop.campaign(name="friends")
    await shop.rules(campaign["id"], counting(["couponValid"], ("Coupon", "decreaseBy")), activate=True)
    counted = (("Referral", "increaseBy"), ("AdvocateProfile", "increaseBy"))
    await shop.rules(friends["id"], counting(["referralValid"], *counted), activate=True)
    place = f"{shop.path}/campaigns/{campaign['id']}/coupons"
    terms = {"usageLimit": 0, "numberOfCoupons": 1, "couponPattern": "STOCK", "attributes": {"count": STOCK}}
    assert (await shop.manage("POST", place, terms)).status_code == 204
    body = {"campaignId": friends["id"], "advocateProfileIntegrationId": "ann", "usageLimit": 0}
    code = (await shop.integrate("POST", "/v1/referrals", body)).json()["code"]

    async def close(number: int, shopper: Shopper) -> None:
        who = f"friend {number}"
        sent = {"profileId": who, "couponCodes": ["STOCK"], "referralCode": code, "cartItems": cart()}
        answer = await shopper.insist(who, state="closed", **sent)
        assert (answer.status, len(answer.effects("updateAttribute"))) == (200, 3), answer.body

    async with crowd(server.url, shop.key, CROWD) as shoppers:
        await all_at_once(shoppers, close)
    assert (await profile_of(shop, "ann"))["attributes"] == {"count": CROWD}
    coupons = (await shop.manage("GET", f"{place}/no_total")).json()["data"]
    referrals = await shop.manage("GET", f"{shop.path}/campaigns/{friends['id']}/referrals/no_total")
    assert [each["attributes"] for each in coupons] == [{"count": STOCK - CROWD}]
    assert [each["attributes"] for each in referrals.json()["data"]] == [{"count": CROWD}]


async def test_a_customer_is_counted_by_own_sessions_and_those_of_friends(server: Server, shop: Shop) -> None:
    await define(shop)
    own, friends = await shop.campaign(), await shop.campaign(name="friends")
    is_ann = ["=", [".", "Profile", "IntegrationId"], "ann"]
    await shop.rules(own["id"], counting(is_ann, ("Profile", "increaseBy")), activate=True)
    await shop.rules(friends["id"], counting(["referralValid"], ("AdvocateProfile", "increaseBy")), activate=True)
    body = {"campaignId": friends["id"], "advocateProfileIntegrationId": "ann", "usageLimit": 0}
    code = (await shop.integrate("POST", "/v1/referrals", body)).json()["code"]

    async def close(number: int, shopper: Shopper) -> int:
        who, referral = (f"friend {number}", code) if number % 4 else ("ann", "")
        answer = await shopper.insist(f"s{number}", state="closed", profileId=who, referralCode=referral)
        assert (answer.status, len(answer.effects("updateAttribute"))) == (200, 1), answer.body
        return int(answer.effects("updateAttribute")[0]["value"])

    async with crowd(server.url, shop.key, CROWD) as shoppers:
        told = await all_at_once(shoppers, close)
    assert sorted(told) == list(range(1, CROWD + 1))
    assert (await profile_of(shop, "ann"))["attributes"] == {"count": CROWD}
