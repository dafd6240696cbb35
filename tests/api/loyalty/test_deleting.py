"""deleteLoyaltyTransactionsFromLedgers."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import make_program, open_cards, open_program

pytestmark = pytest.mark.anyio


async def delete(shop: Shop, owner: str, scope: str = "AllSubledgers", **more: Any) -> Any:
    return await shop.integrate("POST", f"{owner}/delete_transactions", {"scope": scope} | more)


async def active(shop: Shop, owner: str) -> tuple[int, dict[str, int]]:
    """The active points of the main ledger and of the others."""
    found = (await shop.integrate("GET", f"{owner}/balances")).json()
    others = {name: each["activePoints"] for name, each in found["subledgerBalances"].items()}
    return found["balance"]["activePoints"], others


async def amounts(shop: Shop, owner: str) -> list[int]:
    return [each["amount"] for each in (await shop.integrate("GET", f"{owner}/transactions")).json()["data"]]


async def test_transactions_of_chosen_ledgers_are_deleted_or_all(shop: Shop) -> None:
    mia = f"/v1/loyalty_programs/{await open_program(shop)}/profile/mia"
    unknown = await delete(shop, mia, "SelectedSubledgers", subledgerIds=["unknown"])
    assert (unknown.status_code, unknown.content, await amounts(shop, mia)) == (204, b"", [20, 100])
    assert (await delete(shop, mia, "SelectedSubledgers", subledgerIds=[""])).status_code == 204
    assert (await active(shop, mia), await amounts(shop, mia)) == ((0, {"spare": 20}), [20])
    assert (await shop.manage("PUT", f"{mia}/add_points", {"points": 3})).status_code == 204
    assert (await active(shop, mia), await amounts(shop, mia)) == ((3, {"spare": 20}), [3, 20])
    assert (await delete(shop, mia, subledgerIds=None)).status_code == 204
    assert (await active(shop, mia), await amounts(shop, mia)) == ((0, {}), [])


async def test_a_tier_goes_with_the_points_that_reached_it_and_a_member_stays_one(shop: Shop) -> None:
    expiring = {"tiersExpirationPolicy": "tier_start_date", "tiersExpireIn": "1M", "tiersDowngradePolicy": "one_down"}
    tiers = [{"name": "Gold", "minPoints": 50}]
    program = await make_program(shop, tiers=tiers, programJoinPolicy="points_earned", **expiring)
    path = "/v2/customer_sessions/s"
    body = {"customerSession": {"profileId": "mia"}, "responseContent": ["loyalty"]}
    await shop.integrate("PUT", path, body)
    mia = f"/v1/loyalty_programs/{program['id']}/profile/mia"
    assert (await shop.manage("PUT", f"{mia}/add_points", {"points": 60})).status_code == 204
    assert (await shop.manage("PUT", f"{mia}/deduct_points", {"points": 60})).status_code == 204

    async def standing() -> Any:
        return (await shop.integrate("PUT", path, body)).json()["loyalty"]["programs"][str(program["id"])]

    before = await standing()
    assert before["ledger"]["currentTier"]["name"] == "Gold"
    assert (await delete(shop, mia)).status_code == 204
    after = await standing()
    assert ("currentTier" in after["ledger"], after["joinDate"]) == (False, before["joinDate"])


@pytest.mark.parametrize("policy", ["only_pending", "within_balance", "unlimited"])
async def test_cancelling_takes_back_nothing_of_what_is_deleted(shop: Shop, policy: str) -> None:
    program = await make_program(shop, returnPolicy=policy)
    campaign = await shop.campaign()
    earn = ["addLoyaltyPoints", program["id"], "", "", "earned", 30]
    await shop.rules(campaign["id"], {"title": "earn", "condition": ["and"], "effects": [earn]}, activate=True)

    async def update(state: str) -> Any:
        session = {"customerSession": {"profileId": "mia", "state": state}}
        answer = await shop.integrate("PUT", "/v2/customer_sessions/s", session)
        assert answer.status_code == 200, answer.text
        return answer.json()["effects"]

    assert [each["effectType"] for each in await update("closed")] == ["addLoyaltyPoints"]
    mia = f"/v1/loyalty_programs/{program['id']}/profile/mia"
    assert (await delete(shop, mia)).status_code == 204
    assert (await shop.manage("PUT", f"{mia}/add_points", {"points": 5})).status_code == 204
    assert await update("cancelled") == []
    found = (await shop.integrate("GET", f"{mia}/balances")).json()["balance"]
    assert (found["activePoints"], found["negativePoints"]) == (5, 0)


@pytest.mark.parametrize("policy", ["within_balance", "unlimited"])
async def test_cancelling_still_asks_for_what_is_spent(shop: Shop, policy: str) -> None:
    program = await make_program(shop, returnPolicy=policy)
    campaign = await shop.campaign()
    earn = ["addLoyaltyPoints", program["id"], "", "", "earned", 30]
    await shop.rules(campaign["id"], {"title": "earn", "condition": ["and"], "effects": [earn]}, activate=True)
    session = {"profileId": "mia", "state": "closed"}
    await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": session})
    mia = f"/v1/loyalty_programs/{program['id']}/profile/mia"
    assert (await shop.manage("PUT", f"{mia}/deduct_points", {"points": 30})).status_code == 204
    assert (await shop.manage("PUT", f"{mia}/add_points", {"points": 5})).status_code == 204
    await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"state": "cancelled"}})
    found = (await shop.integrate("GET", f"{mia}/balances")).json()["balance"]
    assert (found["activePoints"], found["negativePoints"]) == (0, 25 if policy == "unlimited" else 0)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/scope"),
        ({"scope": "Everything"}, "/scope"),
        ({"scope": "SelectedSubledgers"}, "/subledgerIds"),
        ({"scope": "SelectedSubledgers", "subledgerIds": None}, "/subledgerIds"),
        ({"scope": "SelectedSubledgers", "subledgerIds": []}, "/subledgerIds"),
    ],
)
async def test_wrong_scopes_are_refused(shop: Shop, body: dict[str, Any], pointer: str) -> None:
    mia = f"/v1/loyalty_programs/{await open_program(shop)}/profile/mia"
    refused = await shop.integrate("POST", f"{mia}/delete_transactions", body)
    assert (refused.status_code, pointers(refused)) == (400, [pointer])
    assert await amounts(shop, mia) == [20, 100]


async def test_only_the_customers_of_ones_own_programs_are_forgotten(shop: Shop, other_shop: Shop) -> None:
    mia = f"/v1/loyalty_programs/{await open_program(shop)}/profile/mia"
    assert (await delete(shop, f"{mia}x")).status_code == 404
    assert (await delete(other_shop, mia)).status_code == 404
    refused = await delete(shop, f"/v1/loyalty_programs/{await open_cards(shop)}/profile/mia")
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])
    assert await amounts(shop, mia) == [20, 100]
