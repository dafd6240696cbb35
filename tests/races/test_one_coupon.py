"""A code that is good once, and a crowd that closes with it at the same moment: one shopper gets it."""

from collections import Counter
from functools import partial

import pytest

from tests.support.api import Shop
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
ROUNDS = 200

TEN_OFF = {
    "title": "ten off",
    "condition": ["and", ["couponValid"]],
    "effects": [["setDiscount", "ten off", 10]],
}
TAKEN = ("acceptCoupon", "setDiscount")
TURNED_DOWN = ("rejectCoupon: CouponLimitReached",)


async def make_codes(shop: Shop, count: int) -> list[str]:
    """So many codes, each good once, that take ten off."""
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], TEN_OFF, activate=True)
    place = f"{shop.path}/campaigns/{campaign['id']}/coupons?silent=no"
    made = await shop.create(place, {"usageLimit": 1, "numberOfCoupons": count, "couponPattern": "ONCE-######"})
    return [coupon["value"] for coupon in made["data"]]


async def usage_counters(shop: Shop) -> list[int]:
    """How often each code of the shop's campaign counts as used."""
    (campaign,) = (await shop.manage("GET", f"{shop.path}/campaigns")).json()["data"]
    place = f"{shop.path}/campaigns/{campaign['id']}/coupons/no_total?pageSize=1000"
    return [coupon["usageCounter"] for coupon in (await shop.manage("GET", place)).json()["data"]]


async def close_with(code: str, number: int, shopper: Shopper) -> tuple[str, ...]:
    """Closes a session with a code; what came of it in words."""
    answer = await shopper.update(f"{code}-{number}", state="closed", couponCodes=[code], cartItems=cart())
    assert answer.status == 200, answer.body
    words = []
    for effect in answer.body["effects"]:
        reason = effect["props"].get("rejectionReason")
        words.append(f"{effect['effectType']}: {reason}" if reason else effect["effectType"])
    return tuple(words)


async def test_of_a_crowd_exactly_one_gets_the_code(server: Server, shop: Shop) -> None:
    codes = await make_codes(shop, ROUNDS)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        for code in codes:
            told = await all_at_once(shoppers, partial(close_with, code))
            assert Counter(told) == {TAKEN: 1, TURNED_DOWN: CROWD - 1}, code
    assert await usage_counters(shop) == [1] * ROUNDS
    counted = (await shop.client.get("/metrics")).text
    assert "largesse_http_conflicts_total{" in counted, "They came one after the other: this was no race."
