"""A hundred points and a crowd that wants to spend them at once, on one profile and on what staff take meanwhile."""

from collections import Counter
from functools import partial
from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.crowd import Shopper, all_at_once, cart, crowd
from tests.support.loyalty import make_program
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
POINTS = 100
PRICE = 30


async def open_ledger(shop: Shop) -> str:
    """The path of ann in a program, with points in two lots; every session that is closed spends some."""
    program_id = (await make_program(shop))["id"]
    campaign = await shop.campaign()
    spend = ["deductLoyaltyPoints", program_id, "", "spent", PRICE]
    rule = {"title": "spend", "condition": ["and"], "effects": [spend, ["setDiscount", "points", 3]]}
    await shop.rules(campaign["id"], rule, activate=True)
    ann = f"/v1/loyalty_programs/{program_id}/profile/ann"
    await shop.integrate("PUT", "/v2/customer_sessions/first", {"customerSession": {"profileId": "ann"}})
    for points in ({"points": 40, "validityDuration": "1D"}, {"points": POINTS - 40}):
        assert (await shop.manage("PUT", f"{ann}/add_points", points)).status_code == 204
    return ann


async def close(number: int, shopper: Shopper) -> tuple[str, ...]:
    """One of ann's sessions, closed."""
    answer = await shopper.insist(f"s{number}", state="closed", profileId="ann", cartItems=cart())
    assert answer.status == 200, answer.body
    return tuple(effect["effectType"] for effect in answer.body["effects"])


async def balance_of(shop: Shop, ann: str) -> dict[str, Any]:
    balance: dict[str, Any] = (await shop.integrate("GET", f"{ann}/balances")).json()["balance"]
    return balance


async def test_the_same_points_are_spent_once(server: Server, shop: Shop) -> None:
    ann = await open_ledger(shop)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        words = await all_at_once(shoppers, close)
    affordable = POINTS // PRICE
    assert Counter(words) == {("deductLoyaltyPoints", "setDiscount"): affordable, (): CROWD - affordable}
    balance = await balance_of(shop, ann)
    assert (balance["activePoints"], balance["spentPoints"]) == (POINTS - affordable * PRICE, affordable * PRICE)


async def take(shop: Shop, ann: str, number: int, shopper: Shopper) -> bool:
    """Staff take points, or a session of ann's spends them."""
    if number % 2:
        return bool(await close(number, shopper))
    return (await shop.manage("PUT", f"{ann}/deduct_points", {"points": PRICE})).status_code == 204


async def test_staff_and_shoppers_do_not_take_the_same_points(server: Server, shop: Shop) -> None:
    ann = await open_ledger(shop)
    async with crowd(server.url, shop.key, CROWD // 4) as shoppers:
        taken = await all_at_once(shoppers, partial(take, shop, ann))
    balance = await balance_of(shop, ann)
    assert sum(taken) == POINTS // PRICE
    assert balance["activePoints"] == POINTS - sum(taken) * PRICE
