"""Points by hand: addLoyaltyPoints, removeLoyaltyPoints, getLoyaltyPoints, and what shops see of them:
getLoyaltyBalances, getLoyaltyProgramProfileTransactions.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import make_program

pytestmark = pytest.mark.anyio


async def ann_in(shop: Shop, **settings: Any) -> str:
    """The path of ann in a new program."""
    program = await make_program(shop, **settings)
    await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"profileId": "ann"}})
    return f"/v1/loyalty_programs/{program['id']}/profile/ann"


async def add(shop: Shop, ann: str, points: Any, **more: Any) -> None:
    added = await shop.manage("PUT", f"{ann}/add_points", {"points": points} | more)
    assert (added.status_code, added.content) == (204, b""), added.text


async def balance(shop: Shop, ann: str, **query: Any) -> dict[str, Any]:
    answer = await shop.integrate("GET", f"{ann}/balances", query=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_points_are_added_taken_and_told(shop: Shop) -> None:
    ann = await ann_in(shop)
    await add(shop, ann, 100.255, name="Compensation")
    await add(shop, ann, 50, pendingDuration="2D", validityDuration="1M")
    await add(shop, ann, 7, subledgerId="fun", pendingDuration="on_action", validityDuration="5D")
    taken = await shop.manage("PUT", f"{ann}/deduct_points", {"points": 40, "name": "Oops"})
    assert taken.status_code == 204, taken.text

    empty = {"activePoints": 0, "spentPoints": 0, "expiredPoints": 0, "negativePoints": 0}
    main = empty | {"activePoints": 60.26, "pendingPoints": 50, "spentPoints": 40}
    fun = empty | {"pendingPoints": 7}
    assert await balance(shop, ann) == {"balance": main, "subledgerBalances": {"fun": fun}}
    assert await balance(shop, ann, subledgerId="fun") == {"subledgerBalances": {"fun": fun}}

    log = (await shop.integrate("GET", f"{ann}/transactions")).json()
    assert [(each["type"], each["amount"], each["name"], each["startDate"]) for each in log["data"][:2]] == [
        ("subtraction", 40, "Oops", "immediate"),
        ("addition", 7, "", "on_action"),
    ]
    assert (log["hasMore"], log["data"][3]["expiryDate"], log["data"][1]["validityDuration"]) == (
        False,
        "unlimited",
        "5D",
    )

    ledger = (await shop.manage("GET", ann)).json()
    assert (ledger["ledger"]["totalActivePoints"], ledger["ledger"]["totalSpentPoints"]) == (60.26, 40)
    assert ledger["subLedgers"]["fun"]["totalPendingPoints"] == 7
    assert {entry["userID"] for entry in ledger["ledger"]["transactions"]} == {shop.staff.user_id}


async def test_balances_of_another_moment(shop: Shop) -> None:
    ann = await ann_in(shop)
    await add(shop, ann, 10, validUntil="2090-01-01T00:00:00Z")
    await add(shop, ann, 5, pendingUntil="2080-01-01T00:00:00Z")
    for moment, active, pending, expired in (
        ("2079", 10, 5, 0),
        ("2085", 15, 0, 0),
        ("2095", 5, 0, 10),
        ("2020", 0, 0, 0),
    ):
        found = (await balance(shop, ann, endDate=f"{moment}-06-01"))["balance"]
        assert (found["activePoints"], found["pendingPoints"], found["expiredPoints"]) == (active, pending, expired)


async def test_tiers_are_told_when_asked_for(shop: Shop) -> None:
    tiers = [{"name": "Gold", "minPoints": 100}, {"name": "Bronze", "minPoints": 0}]
    ann = await ann_in(
        shop,
        tiers=tiers,
        tiersExpirationPolicy="tier_start_date",
        tiersExpireIn="1M",
        tiersDowngradePolicy="one_down",
        programJoinPolicy="points_earned",
    )
    await add(shop, ann, 120, validityDuration="1D")
    found = (await balance(shop, ann, includeTiers=True, includeProjectedTier=True))["balance"]
    assert (found["currentTier"]["name"], found["currentTier"]["downgradePolicy"]) == ("Gold", "one_down")
    assert found["currentTier"]["expiryDate"] > found["currentTier"]["startDate"]
    assert found["projectedTier"] == {
        "projectedActivePoints": 0,
        "stayInTierPoints": 100,
        "projectedTierName": "Bronze",
    }
    assert "nextTierName" not in found
    assert (await shop.manage("GET", ann)).json()["ledger"]["currentTier"]["name"] == "Gold"
    await shop.manage("PUT", f"{ann}/deduct_points", {"points": 120})
    assert (await balance(shop, ann, includeTiers=True))["balance"]["currentTier"]["name"] == "Gold"


async def test_transactions_are_filtered(shop: Shop) -> None:
    ann = await ann_in(shop)
    await add(shop, ann, 1)
    await add(shop, ann, 2, subledgerId="fun", pendingDuration="on_action")
    log = f"{ann}/transactions"

    async def amounts(**query: Any) -> list[int]:
        return [each["amount"] for each in (await shop.integrate("GET", log, query=query)).json()["data"]]

    first = (await shop.integrate("GET", log, query={"pageSize": 1, "skip": 1})).json()
    assert ([each["amount"] for each in first["data"]], first["hasMore"]) == ([1], False)
    assert await amounts(pageSize=1) == [2]
    assert await amounts(subledgerId="") == [1]
    assert await amounts(awaitsActivation=True) == [2]
    assert await amounts(transactionUUIDs=first["data"][0]["transactionUUID"]) == [1]
    assert await amounts(customerSessionIDs="s") == []
    assert (await amounts(loyaltyTransactionType="manual"), await amounts(loyaltyTransactionType="session")) == (
        [2, 1],
        [],
    )
    assert (await amounts(startDate="2090-01-01"), await amounts(endDate="2090-01-01")) == ([], [2, 1])
    for name, value in (("awaitsActivation", False), ("skip", -1)):
        refused = await shop.integrate("GET", log, query={name: value})
        assert (refused.status_code, sorted(pointers(refused))) == (400, [name])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"points": 0}, "/points"),
        ({"points": 0.001}, "/points"),
        ({"points": 1000000000000}, "/points"),
        ({"points": 1, "name": "x" * 256}, "/name"),
        ({"points": 1, "subledgerId": "x" * 65}, "/subledgerId"),
        ({"points": 1, "validityDuration": "immediate"}, "/validityDuration"),
        ({"points": 1, "pendingDuration": "unlimited"}, "/pendingDuration"),
        ({"points": 1, "pendingDuration": "1D", "pendingUntil": "2080-01-01T00:00:00Z"}, "/pendingUntil"),
        ({"points": 1, "validityDuration": "1D", "validUntil": "2080-01-01T00:00:00Z"}, "/validUntil"),
        ({"points": 1, "pendingUntil": "2080-01-01T00:00:00Z", "validUntil": "2079-01-01T00:00:00Z"}, "/validUntil"),
        ({"points": 1, "applicationId": 1}, "/applicationId"),
    ],
)
async def test_wrong_points_are_refused_with_their_place(shop: Shop, body: dict[str, Any], pointer: str) -> None:
    refused = await shop.manage("PUT", f"{await ann_in(shop)}/add_points", body)
    assert (refused.status_code, pointers(refused)) == (400, [pointer]), refused.text


async def test_only_active_points_can_be_taken(shop: Shop) -> None:
    ann = await ann_in(shop, allowSubledger=False)
    await add(shop, ann, 10)
    await add(shop, ann, 10, pendingDuration="1D")
    refused = await shop.manage("PUT", f"{ann}/deduct_points", {"points": 11})
    assert (refused.status_code, pointers(refused)) == (400, ["/points"])
    assert (await shop.manage("PUT", f"{ann}/deduct_points", {"points": 10})).status_code == 204
    refused = await shop.manage("PUT", f"{ann}/deduct_points", {"points": 1, "subledgerId": "fun"})
    assert (refused.status_code, sorted(pointers(refused))) == (400, ["/subledgerId"])


async def test_who_and_what_there_must_be(shop: Shop, other_shop: Shop) -> None:
    ann = await ann_in(shop)
    nobody = ann.replace("/ann", "/nobody")
    assert (await shop.manage("PUT", f"{nobody}/add_points", {"points": 1})).status_code == 404
    assert (await shop.manage("PUT", "/v1/loyalty_programs/x/profile/ann/add_points", {"points": 1})).status_code == 404
    assert (await other_shop.manage("PUT", f"{ann}/add_points", {"points": 1})).status_code == 404
    assert (await other_shop.integrate("GET", f"{ann}/balances")).status_code == 404
    cards = await make_program(shop, name="cards", cardBased=True)
    refused = await shop.integrate("GET", f"/v1/loyalty_programs/{cards['id']}/profile/ann/balances")
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])
    hidden = await make_program(shop, name="hidden", subscribedApplications=[])
    answer = await shop.integrate("GET", f"/v1/loyalty_programs/{hidden['id']}/profile/ann/balances")
    assert answer.status_code == 404
