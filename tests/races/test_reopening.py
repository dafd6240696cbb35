"""A crowd closes and reopens one session at two workers: however often, its points are awarded once."""

from decimal import Decimal

import pytest

from tests.support.api import Shop
from tests.support.crowd import BUSY, Shopper, all_at_once, cart, crowd
from tests.support.loyalty import make_program
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 32
TURNS = 5
POINTS = 30


async def close_and_reopen(number: int, shopper: Shopper) -> None:
    """Half of the crowd closes the session, the other half opens it again, as often as they get a turn."""
    for _ in range(TURNS):
        answer = await (shopper.update("s", state="closed") if number % 2 else shopper.reopen("s"))
        assert answer.status in (200, 400, BUSY), answer.body


@pytest.mark.parametrize("policy", ["only_pending", "within_balance", "unlimited"])
async def test_points_are_awarded_once(server: Server, shop: Shop, policy: str) -> None:
    program_id = (await make_program(shop, returnPolicy=policy))["id"]
    campaign = await shop.campaign(limits=[{"action": "createLoyaltyPoints", "limit": POINTS, "entities": []}])
    earn = ["addLoyaltyPoints", program_id, "", "", "earned", POINTS]
    spend = ["deductLoyaltyPoints", program_id, "", "spent", 20]
    await shop.rules(
        campaign["id"],
        {"title": "earn", "condition": ["and", [">", [".", "Session", "CartItemTotal"], 0]], "effects": [earn]},
        {"title": "spend", "condition": ["and", ["=", [".", "Session", "CartItemTotal"], 0]], "effects": [spend]},
    )
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        first = shoppers[0]
        assert (await first.update("s", state="closed", profileId="ann", cartItems=cart())).status == 200
        assert (await first.update("spends", state="closed", profileId="ann")).effects("deductLoyaltyPoints")
        await all_at_once(shoppers, close_and_reopen)
        # However few turns the crowd got, the session is closed a third time at least.
        for _ in range(2):
            await first.insist("s", state="closed")
            assert (await first.reopen("s")).status == 200
        assert (await first.insist("s", state="closed")).status == 200
        held = (await first.look("s")).body["effects"]
    assert sum(Decimal(effect["props"]["value"]) for effect in held) == POINTS
    balance = (await shop.integrate("GET", f"/v1/loyalty_programs/{program_id}/profile/ann/balances")).json()["balance"]
    assert (balance["activePoints"], balance["negativePoints"]) == (10, 0)
    budgets = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()["budgets"]
    assert [budget["counter"] for budget in budgets] == [POINTS]
