"""One customer and many sessions that close at once: each stamp counts once, none is over the target, one completes
it.
"""

from collections import Counter

import pytest

from tests.support.api import Shop
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 16
TARGET = 10


async def close(number: int, shopper: Shopper) -> tuple[int, bool] | None:
    """How far the customer is after a session, and whether that was it; None for a session without effect."""
    answer = await shopper.insist(f"session {number}", state="closed", profileId="ann", cartItems=cart())
    assert answer.status == 200, answer.body
    steps = [(int(props["value"]), props["isJustCompleted"]) for props in answer.effects("increaseAchievementProgress")]
    return steps[0] if steps else None


async def test_sessions_of_one_customer_count_one_by_one(server: Server, shop: Shop) -> None:
    campaign = await shop.campaign()
    body = {"name": "Stamps", "title": "Ten stamps", "description": "", "target": TARGET}
    made = await shop.create(f"{shop.path}/campaigns/{campaign['id']}/achievements", body)
    rule = {"title": "a stamp", "condition": ["and"], "effects": [["increaseAchievementProgress", made["id"], 1]]}
    await shop.rules(campaign["id"], rule, activate=True)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        steps = await all_at_once(shoppers, close)
    wanted = [(value, value == TARGET) for value in range(1, TARGET + 1)]
    assert Counter(steps) == Counter([*wanted, *[None] * (CROWD - TARGET)])
    path = f"/v1/customer_profiles/ann/achievements/{made['id']}"
    (iteration,) = (await shop.integrate("GET", path)).json()["data"]
    assert (iteration["status"], iteration["progress"]) == ("completed", TARGET)
