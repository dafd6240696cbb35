"""Ten giveaways and a crowd of sessions that close at once: ten are awarded, each once, and the others get none."""

from collections import Counter

import pytest

from tests.support.api import Shop
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
CODES = [f"CODE-{number}" for number in range(10)]
POOLS = "/v1/giveaways/pools"


async def close(number: int, shopper: Shopper) -> str:
    """The code that a customer's session gets, "" for none."""
    answer = await shopper.insist(f"session {number}", state="closed", profileId=f"customer {number}", cartItems=cart())
    assert answer.status == 200, answer.body
    return "".join(props["code"] for props in answer.effects("awardGiveaway"))


async def test_each_giveaway_is_awarded_once(server: Server, shop: Shop) -> None:
    pool = await shop.create(POOLS, {"name": "Cards", "sandbox": False})
    place = f"{POOLS}/{pool['id']}/giveaways"
    await shop.create(place, {"giveaways": [{"code": code} for code in CODES]})
    campaign = await shop.campaign()
    rule = {"title": "a card", "condition": ["and"], "effects": [["awardGiveaway", pool["id"]]]}
    await shop.rules(campaign["id"], rule, activate=True)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        codes = await all_at_once(shoppers, close)
    assert Counter(codes) == Counter(CODES) + Counter({"": CROWD - len(CODES)})
    awarded = (await shop.manage("GET", place)).json()["data"]
    assert [each["used"] for each in awarded] == [True] * len(CODES)
    owners = {each["code"]: each["profileIntegrationId"] for each in awarded}
    assert owners == {code: f"customer {number}" for number, code in enumerate(codes) if code}
