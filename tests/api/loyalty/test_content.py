"""The part `loyalty` of what updateCustomerSessionV2 and returnCartItems answer with."""

from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.loyalty import make_program, open_cards

pytestmark = pytest.mark.anyio

TIERS = [{"name": "Bronze", "minPoints": 0}, {"name": "Gold", "minPoints": 100}]


async def earning(shop: Shop, **settings: Any) -> str:
    """The id of a program in which a session earns what its cart costs, and seven in a subledger that are pending."""
    program_id = (await make_program(shop, tiers=TIERS, **settings))["id"]
    campaign = await shop.campaign()
    total = [".", "Session", "CartItemTotal"]
    effects = [
        ["addLoyaltyPoints", program_id, "", "", "cart", total],
        ["addLoyaltyPoints", program_id, "fun", "", "fun", 7, ["kv", ["pending", "1D"]]],
    ]
    await shop.rules(campaign["id"], {"title": "earn", "condition": ["and"], "effects": effects}, activate=True)
    return str(program_id)


async def update(shop: Shop, session_id: str, *, dry: bool = False, **session: Any) -> dict[str, Any]:
    path = f"/v2/customer_sessions/{session_id}?dry={str(dry).lower()}"
    body = {"customerSession": session, "responseContent": ["loyalty"]}
    answer = await shop.integrate("PUT", path, body)
    assert answer.status_code == 200, answer.text
    loyalty: dict[str, Any] = answer.json()["loyalty"]
    return loyalty


def amounts(ledger: dict[str, Any]) -> tuple[int, ...]:
    """Current, pending, and the same tentatively."""
    names = ("currentBalance", "pendingBalance", "tentativeCurrentBalance", "tentativePendingBalance")
    return tuple(ledger[name] for name in names)


def cart(price: int) -> list[dict[str, Any]]:
    return [{"name": "Shoe", "sku": "SHOE", "quantity": 2, "price": price}]


async def test_balances_and_tiers_after_an_update(shop: Shop) -> None:
    program_id = await earning(shop, programJoinPolicy="points_earned", returnPolicy="within_balance")
    tried = (await update(shop, "s", dry=True, profileId="ann", cartItems=cart(60)))["programs"][program_id]
    assert amounts(tried["ledger"]) == (0, 0, 120, 0)
    program = (await update(shop, "s", profileId="ann", cartItems=cart(60)))["programs"][program_id]
    assert (program["name"], program["title"], program["id"]) == ("stars", "Stars", int(program_id))
    assert amounts(program["ledger"]) == (0, 0, 120, 0)
    assert amounts(program["subLedgers"]["fun"]) == (0, 0, 0, 7)
    assert (program["ledger"]["currentTier"]["name"], program["ledger"]["nextTierName"]) == ("Bronze", "Gold")
    assert (program["ledger"]["pointsToNextTier"], "joinDate" in program) == (100, False)

    closed = (await update(shop, "s", state="closed"))["programs"][program_id]
    assert amounts(closed["ledger"]) == (120, 0, 120, 0)
    assert amounts(closed["subLedgers"]["fun"]) == (0, 7, 0, 7)
    assert (closed["ledger"]["currentTier"]["name"], "nextTierName" in closed["ledger"]) == ("Gold", False)
    assert "joinDate" in closed

    body = {"return": {"returnedCartItems": [{"sku": "SHOE"}]}, "responseContent": ["loyalty"]}
    returned = (await shop.integrate("POST", "/v2/customer_sessions/s/returns", body)).json()["loyalty"]
    assert amounts(returned["programs"][program_id]["ledger"]) == (120, 0, 120, 0)
    cancelled = (await update(shop, "s", state="cancelled"))["programs"][program_id]
    assert amounts(cancelled["ledger"]) == (0, 0, 0, 0)


async def test_nobody_and_newcomers_have_no_programs(shop: Shop) -> None:
    await earning(shop)
    assert await update(shop, "anonymous", cartItems=cart(1)) == {"programs": {}}
    await make_program(shop, name="other")
    found = (await update(shop, "s", profileId="bob", cartItems=cart(0)))["programs"]
    assert [amounts(each["subLedgers"]["fun"]) for each in found.values()] == [(0, 0, 0, 7)]


async def test_the_card_that_is_shown_has_its_balances_beside_those_of_programs(shop: Shop) -> None:
    program_id = await open_cards(shop)
    campaign = await shop.campaign()
    effects = [
        ["addLoyaltyPoints", program_id, "", "", "visit", 7],
        ["addLoyaltyPoints", program_id, "new", "", "visit", 3],
        ["deductLoyaltyPoints", program_id, "spare", "tea", 5],
    ]
    await shop.rules(campaign["id"], {"title": "earn", "condition": ["and"], "effects": effects}, activate=True)
    shown = await update(shop, "s", cartItems=cart(1), loyaltyCards=["HERS-1"])
    (card,) = shown["cards"]
    assert (shown["programs"], card["programID"]) == ({}, program_id)
    assert (card["identifier"], card["status"]) == ("HERS-1", "active")
    assert (card["programName"], card["profiles"], card["usersPerCardLimit"]) == ("cards", [], 0)
    assert amounts(card["ledger"]) == (50, 0, 57, 0)
    subledgers = {name: amounts(ledger) for name, ledger in card["subledgers"].items()}
    assert subledgers == {"new": (0, 0, 3, 0), "spare": (20, 0, 15, 0)}
    (card,) = (await update(shop, "s", state="closed"))["cards"]
    assert [amounts(each) for each in (card["ledger"], *card["subledgers"].values())] == [
        (57, 0, 57, 0),
        (3, 0, 3, 0),
        (15, 0, 15, 0),
    ]
    assert (await update(shop, "s", state="cancelled"))["cards"][0]["ledger"]["currentBalance"] == 57
    assert "cards" not in await update(shop, "other", cartItems=cart(1))
    linked = await shop.integrate(
        "POST", f"/v1/loyalty_programs/{program_id}/cards", {"cardIdentifier": "ANNS-1", "customerProfileIds": ["ann"]}
    )
    (card,) = (await update(shop, "other", profileId="bob", loyaltyCards=["ANNS-1"]))["cards"]
    assert card["profiles"] == linked.json()["profiles"] and card["profiles"][0]["integrationId"] == "ann"
