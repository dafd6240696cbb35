"""Loyalty cards: generateLoyaltyCard, getLoyaltyCard, addLoyaltyCardPoints, deductLoyaltyCardPoints, our own
getLoyaltyCardAttributes and updateLoyaltyCardAttributes, and cards shown in sessions.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import make_program

pytestmark = pytest.mark.anyio

FORMAT = {"couponPattern": "CARD-##", "validCharacters": ["A", "B"]}


async def cards_of(shop: Shop, **settings: Any) -> str:
    """The path of the cards of a new program."""
    program = await make_program(shop, name="cards", cardBased=True, **settings)
    return f"/v1/loyalty_programs/{program['id']}/cards"


async def make_card(shop: Shop, cards: str, **card: Any) -> dict[str, Any]:
    made = await shop.integrate("POST", cards, card)
    assert made.status_code == 200, made.text
    body: dict[str, Any] = made.json()
    return body


async def test_a_card_is_made_and_has_points(shop: Shop) -> None:
    cards = await cards_of(shop, usersPerCardLimit=2)
    card = await make_card(shop, cards, cardIdentifier="ANNS-1", customerProfileIds=["ann", "bob", "ann"])
    assert (card["identifier"], card["status"], card["usersPerCardLimit"]) == ("ANNS-1", "active", 2)
    assert sorted(each["integrationId"] for each in card["profiles"]) == ["ann", "bob"]
    one = f"{cards}/ANNS-1"
    for points in ({"points": 30}, {"points": 5, "subledgerId": "fun"}):
        assert (await shop.manage("PUT", f"{one}/add_points", points)).status_code == 204
    assert (await shop.manage("PUT", f"{one}/deduct_points", {"points": 10})).status_code == 204
    read = (await shop.manage("GET", one)).json()
    assert (read["ledger"]["currentBalance"], read["subledgers"]["fun"]["currentBalance"]) == (20, 5)
    refused = await shop.manage("PUT", f"{one}/deduct_points", {"points": 21})
    assert (refused.status_code, pointers(refused)) == (400, ["/points"])


async def test_identifiers_follow_the_code_format(shop: Shop) -> None:
    cards = await cards_of(shop, cardCodeSettings=FORMAT)
    made = {(await make_card(shop, cards, cardIdentifier="IGNORED"))["identifier"] for _ in range(4)}
    assert made == {"CARD-AA", "CARD-AB", "CARD-BA", "CARD-BB"}
    refused = await shop.integrate("POST", cards, {})
    assert (refused.status_code, pointers(refused)) == (400, ["/cardIdentifier"])


async def test_cards_that_are_refused(shop: Shop, other_shop: Shop) -> None:
    cards = await cards_of(shop, usersPerCardLimit=1)
    await make_card(shop, cards, cardIdentifier="ANNS-1", status="inactive")
    for body, pointer in (
        ({}, "/cardIdentifier"),
        ({"cardIdentifier": "ANNS-1"}, "/cardIdentifier"),
        ({"cardIdentifier": "TWO-1", "customerProfileIds": ["ann", "bob"]}, "/customerProfileIds"),
    ):
        refused = await shop.integrate("POST", cards, body)
        assert (refused.status_code, pointers(refused)) == (400, [pointer]), refused.text
    assert (await shop.manage("GET", f"{cards}/NOBODYS")).status_code == 404
    assert (await other_shop.manage("GET", f"{cards}/ANNS-1")).status_code == 404
    assert (await other_shop.integrate("POST", cards, {"cardIdentifier": "THEIRS"})).status_code == 404
    profiles = await make_program(shop)
    refused = await shop.integrate("POST", f"/v1/loyalty_programs/{profiles['id']}/cards", {"cardIdentifier": "X-12"})
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])


async def test_sessions_earn_and_spend_points_of_the_card_that_is_shown(shop: Shop) -> None:
    cards = await cards_of(shop)
    program_id = int(cards.split("/")[3])
    for name, status in (("ANNS-1", "active"), ("BLOCKED", "inactive")):
        await make_card(shop, cards, cardIdentifier=name, status=status)
    campaign = await shop.campaign()
    earn = {
        "title": "earn",
        "condition": ["and", ["=", [".", "LoyaltyCard", "Identifier"], "ANNS-1"]],
        "effects": [["addLoyaltyPoints", program_id, "", "", "shown", 30]],
    }
    spend = {
        "title": "spend",
        "condition": ["and", [">=", [".", "Loyalty", "cards", "CurrentBalance"], 20]],
        "effects": [["deductLoyaltyPoints", program_id, "", "spent", 20]],
    }
    await shop.rules(campaign["id"], earn, spend, activate=True)

    async def update(session_id: str, **session: Any) -> Any:
        return await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", {"customerSession": session})

    for card in ("NOBODYS", "BLOCKED"):
        refused = await update("s", loyaltyCards=[card])
        assert (refused.status_code, pointers(refused)) == (400, ["/customerSession/loyaltyCards/0"])
    assert (await update("none", state="closed")).json()["effects"] == []
    await update("s1", loyaltyCards=["ANNS-1"])
    first = (await update("s1", state="closed")).json()["effects"]
    assert [(each["effectType"], each["props"]["cardIdentifier"]) for each in first] == [("addLoyaltyPoints", "ANNS-1")]
    second = (await update("s2", loyaltyCards=["ANNS-1"], state="closed", profileId="ann")).json()["effects"]
    assert [each["effectType"] for each in second] == ["addLoyaltyPoints", "deductLoyaltyPoints"]
    assert (await shop.manage("GET", f"{cards}/ANNS-1")).json()["ledger"]["currentBalance"] == 40
    undone = (await update("s2", state="cancelled")).json()["effects"]
    assert [(each["effectType"], each["props"]["cardIdentifier"]) for each in undone] == [
        ("rollbackDeductedLoyaltyPoints", "ANNS-1")
    ]
    assert (await shop.manage("GET", f"{cards}/ANNS-1")).json()["ledger"]["currentBalance"] == 60


async def test_its_attributes_are_replaced_as_a_whole(shop: Shop, other_shop: Shop) -> None:
    cards = await cards_of(shop)
    await make_card(shop, cards, cardIdentifier="ANNS-1")
    for name, kind in (("color", "string"), ("size", "number")):
        body = {"entity": "LoyaltyCard", "name": name, "title": name, "type": kind, "description": ""}
        await shop.create("/v1/attributes", body | {"editable": True, "suggestions": []})
    path = f"{cards}/ANNS-1/attributes"
    assert (await shop.manage("GET", path)).json() == {"attributes": {}}
    for sent, stored in (
        ({"color": "red", "size": 3}, {"color": "red", "size": 3}),
        ({"size": 4, "color": None}, {"size": 4}),
    ):
        assert (await shop.manage("PUT", path, {"attributes": sent})).json() == {"attributes": stored}
        assert (await shop.manage("GET", path)).json() == {"attributes": stored}
    wrong = await shop.manage("PUT", path, {"attributes": {"color": 1, "weight": 2}})
    assert (wrong.status_code, pointers(wrong)) == (400, ["/attributes/color", "/attributes/weight"])
    assert (await shop.manage("GET", f"{cards}/NONE-1/attributes")).status_code == 404
    assert (await other_shop.manage("PUT", path, {"attributes": {}})).status_code == 404
