"""A referral that is good once and a crowd of friends; a friend with two referrals at the same moment."""

from collections import Counter
from functools import partial
from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
ROUNDS = 20
PAIRS = 10

WELCOME = {
    "title": "welcome",
    "condition": ["and", ["referralValid"]],
    "effects": [["setDiscount", "welcome", 10]],
}
TAKEN = ("acceptReferral", "setDiscount")


async def make_referrals(shop: Shop, count: int) -> tuple[str, list[str]]:
    """The path of a campaign's referrals, and so many codes, each good once and of another advocate."""
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], WELCOME, activate=True)
    body = {
        "campaignId": campaign["id"],
        "advocateProfileIntegrationIds": [f"advocate {number}" for number in range(count)],
        "usageLimit": 1,
    }
    made = await shop.integrate("POST", "/v1/referrals_for_multiple_advocates", body, query={"silent": "no"})
    codes = [referral["code"] for referral in made.json()["data"]]
    return f"{shop.path}/campaigns/{campaign['id']}/referrals/no_total", codes


async def counters(shop: Shop, place: str) -> list[int]:
    """How often each referral counts as used."""
    return [referral["usageCounter"] for referral in (await shop.manage("GET", place)).json()["data"]]


def told(effects: list[dict[str, Any]]) -> tuple[str, ...]:
    """What came of a session in words."""
    return tuple(effect["props"].get("rejectionReason", effect["effectType"]) for effect in effects)


async def close_with(code: str, number: int, shopper: Shopper) -> tuple[str, ...]:
    """A friend's own session, closed with a code."""
    who = f"friend of {code} {number}"
    answer = await shopper.insist(who, state="closed", profileId=who, referralCode=code, cartItems=cart())
    assert answer.status == 200, answer.body
    return told(answer.body["effects"])


async def test_of_a_crowd_exactly_one_is_referred(server: Server, shop: Shop) -> None:
    place, codes = await make_referrals(shop, ROUNDS)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        for code in codes:
            words = await all_at_once(shoppers, partial(close_with, code))
            assert Counter(words) == {TAKEN: 1, ("ReferralLimitReached",): CROWD - 1}, code
    assert await counters(shop, place) == [1] * ROUNDS


async def close_one_of(codes: list[str], number: int, shopper: Shopper) -> tuple[str, ...]:
    """One and the same friend, who closes a session with each code."""
    answer = await shopper.insist(
        f"{codes[number]} of bob", state="closed", profileId="bob", referralCode=codes[number], cartItems=cart()
    )
    assert answer.status == 200, answer.body
    return told(answer.body["effects"])


async def test_a_friend_is_referred_once_in_an_application(server: Server, shop: Shop) -> None:
    place, codes = await make_referrals(shop, PAIRS)
    async with crowd(server.url, shop.key, PAIRS) as shoppers:
        words = await all_at_once(shoppers, partial(close_one_of, codes))
    assert Counter(words) == {TAKEN: 1, ("ReferralCustomerAlreadyReferred",): PAIRS - 1}
    assert sum(await counters(shop, place)) == 1
