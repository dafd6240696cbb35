"""activateLoyaltyPoints and joinLoyaltyProgram."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import make_program, make_wait

pytestmark = pytest.mark.anyio


async def with_mia(shop: Shop, **settings: Any) -> tuple[int, str]:
    """A program and the transaction of points of mia that wait."""
    program_id = (await make_program(shop, **settings))["id"]
    await shop.integrate("PUT", "/v2/customer_sessions/mia", {"customerSession": {"profileId": "mia"}})
    return program_id, await make_wait(shop, program_id)


async def test_points_start_with_the_action_and_expire_so_much_later(shop: Shop) -> None:
    program_id, uuid = await with_mia(shop)
    path = f"/v1/loyalty_programs/{program_id}/activate_points"
    (entry,) = (await shop.integrate("POST", path, {"transactionUUIDs": [uuid]})).json()["ledgerEntries"]
    assert (entry["amount"], entry["customerProfileID"]) == (7, "mia")
    assert entry["expiryDate"] > entry["startDate"]
    mia = f"/v1/loyalty_programs/{program_id}/profile/mia"
    found = (await shop.integrate("GET", f"{mia}/balances")).json()["subledgerBalances"]["waiting"]
    assert (found["activePoints"], found["pendingPoints"]) == (7, 0)
    assert (await shop.integrate("POST", path, {"transactionUUIDs": [uuid]})).status_code == 404


async def test_all_points_of_a_session_start_together(shop: Shop) -> None:
    program_id, _ = await with_mia(shop, programJoinPolicy="points_activated")
    campaign = await shop.campaign()
    points = ["addLoyaltyPoints", program_id, "", "", "a", 10, ["kv", ["pending", "on_action"]]]
    rule = {"title": "earn", "condition": ["and"], "effects": [points, points]}
    await shop.rules(campaign["id"], rule, activate=True)
    session = {"customerSession": {"profileId": "mia", "state": "closed"}, "responseContent": ["loyalty"]}
    closed = (await shop.integrate("PUT", "/v2/customer_sessions/s", session)).json()
    assert "joinDate" not in closed["loyalty"]["programs"][str(program_id)]
    path = f"/v1/loyalty_programs/{program_id}/activate_points"
    answer = (await shop.integrate("POST", path, {"sessionId": "s"})).json()
    assert [entry["amount"] for entry in answer["ledgerEntries"]] == [10, 10]
    body = {"customerSession": {"profileId": "mia"}, "responseContent": ["loyalty"]}
    later = (await shop.integrate("PUT", "/v2/customer_sessions/t", body)).json()["loyalty"]["programs"]
    assert later[str(program_id)]["ledger"]["currentBalance"] == 20
    assert "joinDate" in later[str(program_id)]


@pytest.mark.parametrize("body", [{}, {"transactionUUIDs": ["8f1a8d7c-9c3e-4a5e-9f0d-2c5f7a3b1cde"], "sessionId": "s"}])
async def test_one_of_both_ways_to_name_points_is_wanted(shop: Shop, body: dict[str, Any]) -> None:
    program_id, _ = await with_mia(shop)
    refused = await shop.integrate("POST", f"/v1/loyalty_programs/{program_id}/activate_points", body)
    assert (refused.status_code, pointers(refused)) == (400, ["/transactionUUIDs"]), refused.text


async def test_a_customer_joins_once(shop: Shop, other_shop: Shop) -> None:
    program_id = (await make_program(shop))["id"]
    path = f"/v1/loyalty_programs/{program_id}/profile/new/join"
    assert (await shop.integrate("POST", path)).status_code == 200
    again = await shop.integrate("POST", path)
    assert (again.status_code, pointers(again)) == (400, ["integrationId"])
    assert (await other_shop.integrate("POST", path)).status_code == 404
    cards = (await make_program(shop, name="cards", cardBased=True))["id"]
    refused = await shop.integrate("POST", f"/v1/loyalty_programs/{cards}/profile/new/join")
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])
