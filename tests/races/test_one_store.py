"""Store budgets under a crowd: in each store never a cent more than its limit, and with partial rewards never less."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.crowd import Answer, Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 48
LIMITS = {"north": Decimal("50.00"), "south": Decimal("33.00")}


async def test_a_crowd_drains_the_budget_of_each_store_to_the_last_cent(server: Server, shop: Shop) -> None:
    stores = {
        name: (await shop.create(f"{shop.path}/stores", {"name": name, "description": "", "integrationId": name}))["id"]
        for name in LIMITS
    }
    campaign = await shop.campaign(linkedStoreIds=[*stores.values()])
    rule = {"title": "reward", "condition": ["and"], "effects": [["setDiscount", "share", 7, True]]}
    await shop.rules(campaign["id"], rule, activate=True)
    limits: list[Any] = [{"storeId": stores[name], "limit": float(limit)} for name, limit in LIMITS.items()]
    body = {"action": "setDiscount", "storeLimits": limits, "period": "yearly"}
    place = f"{shop.path}/campaigns/{campaign['id']}/stores/budgets"
    assert (await shop.manage("POST", place, body)).status_code == 201

    async with crowd(server.url, shop.key, CROWD) as shoppers:
        for turn in range(2):
            answers = await close_all(shoppers, turn)
            for number, limit in enumerate(LIMITS.values()):
                given = sum((answer.discounts() for answer in list(answers)[number::2]), Decimal(0))
                assert given == limit, f"turn {turn}"
            await cancel_all(shoppers, turn)


async def close_all(shoppers: Sequence[Shopper], turn: int) -> list[Answer]:
    """Everybody closes a session, half of them in either store."""

    async def close(number: int, shopper: Shopper) -> Answer:
        store = [*LIMITS][number % 2]
        session_id = f"s-{turn}-{number}"
        answer = await shopper.insist(session_id, state="closed", cartItems=cart(), storeIntegrationId=store)
        assert answer.status == 200, answer.body
        return answer

    return await all_at_once(shoppers, close)


async def cancel_all(shoppers: Sequence[Shopper], turn: int) -> None:
    """Everybody sends everything back at once."""
    await all_at_once(shoppers, lambda number, shopper: shopper.insist(f"s-{turn}-{number}", state="cancelled"))
