"""linkLoyaltyCardToProfile and unlinkLoyaltyCardFromProfile."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import make_program

pytestmark = pytest.mark.anyio


async def open_card(shop: Shop, **settings: Any) -> str:
    """The path of a new card that is nobody's."""
    program = await make_program(shop, name="cards", cardBased=True, **settings)
    made = await shop.integrate("POST", f"/v1/loyalty_programs/{program['id']}/cards", {"cardIdentifier": "ANNS-1"})
    assert made.status_code == 200, made.text
    return f"/v2/loyalty_programs/{program['id']}/cards/ANNS-1"


def profiles_on(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["integrationId"] for each in answer.json()["profiles"]]


async def test_a_card_is_linked_and_unlinked(shop: Shop) -> None:
    card = await open_card(shop)
    assert (await shop.manage("PUT", f"{card.replace('v2', 'v1')}/add_points", {"points": 5})).status_code == 204
    for name, linked in (("ann", ["ann"]), ("bob", ["ann", "bob"]), ("ann", ["ann", "bob"])):
        answer = await shop.integrate("POST", f"{card}/link_profile", {"integrationId": name})
        assert profiles_on(answer) == linked
    unlinked = await shop.integrate("POST", f"{card}/unlink_profile", {"integrationId": "ann"})
    assert (profiles_on(unlinked), unlinked.json()["ledger"]["currentBalance"]) == (["bob"], 5)
    assert profiles_on(await shop.manage("GET", card.replace("v2", "v1"))) == ["bob"]


async def test_rules_see_at_once_whose_a_card_is(shop: Shop) -> None:
    card = await open_card(shop)
    campaign = await shop.campaign()
    rule = {"title": "hers", "condition": ["and", ["loyaltyCardRegistered"]], "effects": [["setDiscount", "hers", 1]]}
    await shop.rules(campaign["id"], rule, activate=True)

    async def effects() -> list[str]:
        session = {"loyaltyCards": ["ANNS-1"], "cartItems": [{"sku": "hat", "quantity": 1, "price": 4}]}
        answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": session})
        return [each["effectType"] for each in answer.json()["effects"]]

    assert await effects() == []
    await shop.integrate("POST", f"{card}/link_profile", {"integrationId": "ann"})
    assert await effects() == ["setDiscount"]
    await shop.integrate("POST", f"{card}/unlink_profile", {"integrationId": "ann"})
    assert await effects() == []


async def test_a_card_takes_no_more_profiles_than_its_program_allows(shop: Shop) -> None:
    card = await open_card(shop, usersPerCardLimit=1)
    assert profiles_on(await shop.integrate("POST", f"{card}/link_profile", {"integrationId": "ann"})) == ["ann"]
    refused = await shop.integrate("POST", f"{card}/link_profile", {"integrationId": "bob"})
    assert (refused.status_code, pointers(refused)) == (400, ["/integrationId"])
    assert profiles_on(await shop.integrate("POST", f"{card}/link_profile", {"integrationId": "ann"})) == ["ann"]
    assert profiles_on(await shop.integrate("POST", f"{card}/unlink_profile", {"integrationId": "ann"})) == []
    assert profiles_on(await shop.integrate("POST", f"{card}/link_profile", {"integrationId": "bob"})) == ["bob"]


@pytest.mark.parametrize("body", [{}, {"integrationId": ""}, {"integrationId": "x" * 1001}, {"integrationId": 1}])
async def test_wrong_profiles_are_refused(shop: Shop, body: dict[str, Any]) -> None:
    refused = await shop.integrate("POST", f"{await open_card(shop)}/link_profile", body)
    assert (refused.status_code, pointers(refused)) == (400, ["/integrationId"])


async def test_only_a_profile_that_is_on_the_card_can_be_taken_off(shop: Shop) -> None:
    refused = await shop.integrate("POST", f"{await open_card(shop)}/unlink_profile", {"integrationId": "ann"})
    assert (refused.status_code, pointers(refused)) == (400, ["/integrationId"])


@pytest.mark.parametrize("way", ["link_profile", "unlink_profile"])
async def test_only_the_cards_of_ones_own_programs_are_linked(shop: Shop, other_shop: Shop, way: str) -> None:
    card, ann = await open_card(shop), {"integrationId": "ann"}
    assert (await other_shop.integrate("POST", f"{card}/{way}", ann)).status_code == 404
    assert (await shop.integrate("POST", f"{card}X/{way}", ann)).status_code == 404
    profiles = await make_program(shop)
    refused = await shop.integrate("POST", f"/v2/loyalty_programs/{profiles['id']}/cards/ANNS-1/{way}", ann)
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])
