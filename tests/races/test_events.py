"""Events of a crowd of customers at once: one budget that all of them use, one id that all of them give."""

from collections import Counter
from decimal import Decimal

import pytest

from tests.support.api import Shop
from tests.support.crowd import BUSY, Answer, Shopper, all_at_once, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 32
BUDGET = 10
THANKS = {
    "title": "thanks",
    "condition": ["and", ["eventIs", "liked"]],
    "effects": [["customEffect", 7, "confetti"]],
}


async def send_liked(number: int, shopper: Shopper) -> Answer:
    """An event of a customer who sends no other."""
    return await shopper.track("v2", profileId=f"customer {number}", type="liked")


async def test_a_budget_is_spent_to_the_last_and_no_further(server: Server, shop: Shop) -> None:
    await shop.create("/v1/event_types", {"name": "liked", "title": "Liked"})
    campaign = await shop.campaign(limits=[{"action": "customEffect", "limit": BUDGET, "entities": []}])
    await shop.rules(campaign["id"], THANKS, activate=True)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        answers = await all_at_once(shoppers, send_liked)
    assert [answer.status for answer in answers] == [200] * CROWD
    assert sum(len(answer.effects("customEffect")) for answer in answers) == BUDGET
    listed = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()
    assert Decimal(listed["customEffectCount"]) == BUDGET


async def send_first(number: int, shopper: Shopper) -> int:
    """One and the same id, given to the events of different customers."""
    answer = await shopper.track("v3", profileId=f"customer {number}", type="liked", integrationId="first")
    return answer.status


async def test_an_id_is_given_to_one_event(server: Server, shop: Shop) -> None:
    await shop.create("/v1/event_types", {"name": "liked", "title": "Liked"})
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        statuses = await all_at_once(shoppers, send_first)
    assert Counter(statuses) == {200: 1, BUSY: CROWD - 1}
