"""Many ask for the same units of one session at once, at two workers: no unit comes back twice."""

import asyncio

import pytest

from tests.support.api import Shop
from tests.support.crowd import BUSY, Answer, Shopper, all_at_once, cart, crowd
from tests.support.program import PATIENCE_SECONDS
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 16
UNITS = 10
EACH = {
    "title": "one off each",
    "condition": ["and"],
    "effects": [["setDiscountPerItem", [".", "Session", "CartItems"], "each", 1]],
}


async def return_one(_: int, shopper: Shopper) -> Answer:
    """Returns one unit, again and again while others are in the way."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (answer := await shopper.give_back("s", {"position": 0, "quantity": 1})).status == BUSY:
            await asyncio.sleep(0)
        return answer


async def test_no_unit_comes_back_twice(server: Server, shop: Shop) -> None:
    limits = [{"action": "setDiscount", "limit": UNITS, "entities": []}]
    campaign = await shop.campaign(limits=limits)
    await shop.rules(campaign["id"], EACH)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        items = [line | {"quantity": UNITS} for line in cart()]
        assert (await shoppers[0].update("s", state="closed", cartItems=items)).status == 200
        answers = await all_at_once(shoppers, return_one)
        assert sorted(answer.status for answer in answers) == [200] * UNITS + [400] * (CROWD - UNITS)
        units = [props for answer in answers if answer.status == 200 for props in answer.effects("rollbackDiscount")]
        assert sorted(props["cartItemSubPosition"] for props in units) == list(range(UNITS))
        session = (await shoppers[0].look("s")).body
        assert (session["effects"], session["customerSession"]["total"]) == ([], 0)
    budgets = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()["budgets"]
    assert [budget["counter"] for budget in budgets] == [0]
