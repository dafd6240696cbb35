"""Rules that make codes and put coupons aside, under a crowd: exactly as many as the limits allow."""

from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
BUDGET = 10


@pytest.mark.parametrize(
    ("action", "effect", "answered"),
    [
        ("createCoupon", ["createCoupon", [".", "Campaign", "Id"], ""], "createdCoupons"),
        ("createReferral", ["createReferral", [".", "Campaign", "Id"], ""], "createdReferrals"),
    ],
)
async def test_a_crowd_is_given_as_many_codes_as_the_budget_allows(
    server: Server, shop: Shop, action: str, effect: Any, answered: str
) -> None:
    campaign = await shop.campaign(limits=[{"action": action, "limit": BUDGET, "entities": []}])
    await shop.rules(campaign["id"], {"title": "a code", "condition": ["and"], "effects": [effect]})

    async def close(number: int, shopper: Shopper) -> list[Any]:
        answer = await shopper.insist(f"s{number}", profileId=f"p{number}", state="closed", cartItems=cart())
        assert answer.status == 200, answer.body
        made: list[Any] = answer.body[answered]
        assert len(answer.body["effects"]) == len(made)
        return made

    async with crowd(server.url, shop.key, CROWD) as shoppers:
        made = [each for codes in await all_at_once(shoppers, close) for each in codes]
        assert len({each["id"] for each in made}) == BUDGET
        await all_at_once(shoppers, lambda number, shopper: shopper.insist(f"s{number}", state="cancelled"))
    (budget,) = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()["budgets"]
    assert budget["counter"] == BUDGET


async def test_a_coupon_is_put_aside_as_often_as_it_may_be(server: Server, shop: Shop) -> None:
    campaign = await shop.campaign()
    reserve = {"title": "aside", "condition": ["and", ["couponValidNoRedeem"]], "effects": [["reserveCoupon"]]}
    await shop.rules(campaign["id"], reserve)
    coupon = {"usageLimit": 0, "reservationLimit": BUDGET, "couponPattern": "ASIDE", "numberOfCoupons": 1}
    await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/coupons", coupon)

    async def put_aside(number: int, shopper: Shopper) -> int:
        answer = await shopper.insist(f"s{number}", profileId=f"p{number}", couponCodes=["ASIDE"])
        assert answer.status == 200, answer.body
        return len(answer.effects("reserveCoupon"))

    async with crowd(server.url, shop.key, CROWD) as shoppers:
        assert sum(await all_at_once(shoppers, put_aside)) == BUDGET
    holders = await shop.integrate("GET", "/v1/coupon_reservations/customerprofiles/ASIDE")
    assert len(holders.json()["data"]) == BUDGET
