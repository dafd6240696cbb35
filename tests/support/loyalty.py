"""Loyalty programs of shops."""

from typing import Any

from tests.support.api import Shop

PROGRAM: dict[str, Any] = {
    "name": "stars",
    "title": "Stars",
    "timezone": "Europe/Berlin",
    "cardBased": False,
    "sandbox": False,
    "allowSubledger": True,
    "defaultValidity": "unlimited",
    "defaultPending": "immediate",
}


async def make_program(shop: Shop, **settings: Any) -> dict[str, Any]:
    """A program of the shop's Application."""
    return await shop.create(
        "/v1/loyalty_programs", PROGRAM | {"subscribedApplications": [shop.application_id]} | settings
    )


async def open_program(shop: Shop) -> int:
    """A loyalty program with a tier, and "mia", who has 100 points in it, and 20 in a subledger; its id."""
    program = await make_program(shop, tiers=[{"name": "Gold", "minPoints": 50}])
    await shop.integrate("PUT", "/v2/customer_sessions/mia", {"customerSession": {"profileId": "mia"}})
    mia = f"/v1/loyalty_programs/{program['id']}/profile/mia"
    for points in ({"points": 100}, {"points": 20, "subledgerId": "spare"}):
        assert (await shop.manage("PUT", f"{mia}/add_points", points)).status_code == 204
    program_id: int = program["id"]
    return program_id


async def open_cards(shop: Shop) -> int:
    """A card-based loyalty program with the card HERS-1, which has 50 points, and LINKED-1, which is linked to
    "doomed"; its id."""
    program = await make_program(shop, name="cards", cardBased=True)
    cards = f"/v1/loyalty_programs/{program['id']}/cards"
    made = await shop.integrate("POST", cards, {"cardIdentifier": "HERS-1"})
    assert made.status_code == 200, made.text
    made = await shop.integrate("POST", cards, {"cardIdentifier": "LINKED-1", "customerProfileIds": ["doomed"]})
    assert made.status_code == 200, made.text
    for points in ({"points": 50}, {"points": 20, "subledgerId": "spare"}):
        assert (await shop.manage("PUT", f"{cards}/HERS-1/add_points", points)).status_code == 204
    program_id: int = program["id"]
    return program_id


async def make_wait(shop: Shop, program_id: int) -> str:
    """Seven points of "mia" that await an action, in a subledger; the id of their transaction."""
    mia = f"/v1/loyalty_programs/{program_id}/profile/mia"
    body = {"points": 7, "subledgerId": "waiting", "pendingDuration": "on_action", "validityDuration": "5D"}
    assert (await shop.manage("PUT", f"{mia}/add_points", body)).status_code == 204
    log = await shop.integrate("GET", f"{mia}/transactions", query={"awaitsActivation": True})
    uuid: str = log.json()["data"][0]["transactionUUID"]
    return uuid
