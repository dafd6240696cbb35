"""What shops ask about cards: getLoyaltyCardBalances, getLoyaltyCardTransactions, getLoyaltyCardPoints; and about
profiles: getLoyaltyProgramProfilePoints; and what staff ask about them: getLoyaltyLedgerBalances,
getLoyaltyProgramProfileLedgerTransactions.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import make_program, open_cards, open_program

pytestmark = pytest.mark.anyio

NOTHING = {"activePoints": 0, "pendingPoints": 0, "spentPoints": 0, "expiredPoints": 0, "negativePoints": 0}


async def add(shop: Shop, owner: str, **points: Any) -> None:
    added = await shop.manage("PUT", f"{owner}/add_points", points)
    assert added.status_code == 204, added.text


async def ask(shop: Shop, path: str, **query: Any) -> Any:
    answer = await shop.integrate("GET", path, query=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def her_card(shop: Shop) -> str:
    """The path of a card with 50 points, and 20 in a subledger."""
    return f"/v1/loyalty_programs/{await open_cards(shop)}/cards/HERS-1"


async def her_profile(shop: Shop) -> str:
    """The path of a profile with 100 points, and 20 in a subledger."""
    return f"/v1/loyalty_programs/{await open_program(shop)}/profile/mia"


async def test_a_card_tells_its_balances_and_its_profiles(shop: Shop) -> None:
    card = await her_card(shop)
    main, spare = NOTHING | {"activePoints": 50}, NOTHING | {"activePoints": 20}
    assert await ask(shop, f"{card}/balances") == {
        "balance": main,
        "subledgerBalances": {"spare": spare},
        "profiles": [],
    }
    assert await ask(shop, f"{card}/balances", subledgerId=["spare", "new"]) == {
        "subledgerBalances": {"spare": spare, "new": NOTHING},
        "profiles": [],
    }
    assert (await ask(shop, f"{card}/balances", endDate="2020-01-01", subledgerId=""))["balance"] == NOTHING
    cards = card.rpartition("/")[0]
    body = {"cardIdentifier": "BOBS-1", "customerProfileIds": ["bob"]}
    assert (await shop.integrate("POST", cards, body)).status_code == 200
    assert [each["integrationId"] for each in (await ask(shop, f"{cards}/BOBS-1/balances"))["profiles"]] == ["bob"]


async def test_the_log_of_a_card_is_filtered_by_one_or_more_ledgers(shop: Shop) -> None:
    card = await her_card(shop)
    await add(shop, card, points=3, subledgerId="fun", pendingDuration="on_action", name="Later")
    log = await ask(shop, f"{card}/transactions")
    assert [(each["amount"], each["subledgerId"]) for each in log["data"]] == [(3, "fun"), (20, "spare"), (50, "")]
    assert (log["hasMore"], {each["cardIdentifier"] for each in log["data"]}) == (False, {"HERS-1"})
    latest = log["data"][0]
    assert (latest["type"], latest["name"], latest["startDate"], latest["expiryDate"]) == (
        "addition",
        "Later",
        "on_action",
        "unlimited",
    )

    async def amounts(**query: Any) -> list[int]:
        return [each["amount"] for each in (await ask(shop, f"{card}/transactions", **query))["data"]]

    assert await amounts(subledgerId=["", "fun"]) == [3, 50]
    assert await amounts(awaitsActivation=True) == [3]
    assert await amounts(pageSize=1, skip=1) == [20]
    assert await amounts(loyaltyTransactionType="session") == []
    refused = await shop.integrate("GET", f"{card}/transactions", query={"awaitsActivation": False})
    assert (refused.status_code, pointers(refused)) == (400, ["awaitsActivation"])


@pytest.mark.parametrize("owner", [her_card, her_profile])
async def test_unused_points_are_told_award_by_award(shop: Shop, owner: Any) -> None:
    path = await owner(shop)
    await add(shop, path, points=7, subledgerId="n", name="Soon", validUntil="2090-01-01T00:00:00Z")
    await add(shop, path, points=8, subledgerId="n", name="Late", validUntil="2095-01-01T00:00:00Z")
    await add(shop, path, points=9, subledgerId="n", pendingUntil="2080-01-01T00:00:00Z")
    await add(shop, path, points=6, subledgerId="n", pendingDuration="on_action", validityDuration="5D")
    taken = await shop.manage("PUT", f"{path}/deduct_points", {"points": 2, "subledgerId": "n"})
    assert taken.status_code == 204

    async def amounts(**query: Any) -> list[int]:
        found = await ask(shop, f"{path}/points", **{"subledgerId": "n"} | query)
        return [each["amount"] for each in found["data"]]

    found = await ask(shop, f"{path}/points", subledgerId="n")
    first, second = found["data"]
    assert (first["name"], first["amount"], second["name"], second["amount"]) == ("Soon", 5, "Late", 8)
    assert (first["startDate"], first["expiryDate"], first["subledgerId"]) == ("immediate", "2090-01-01T00:00:00Z", "n")
    assert (await amounts(status="pending"), await amounts(status="expired")) == ([9, 6], [])
    waiting = (await ask(shop, f"{path}/points", status="pending", sort="-startDate"))["data"][0]
    assert (waiting["startDate"], waiting["validityDuration"], waiting["amount"]) == ("on_action", "5D", 6)
    assert (await amounts(sort="expiryDate"), await amounts(sort="-expiryDate")) == ([5, 8], [8, 5])
    assert await amounts(transactionUUIDs=[second["transactionUUID"]]) == [8]
    assert await amounts(customerSessionIDs="none") == []
    page = await ask(shop, f"{path}/points", subledgerId="n", pageSize=1, skip=1)
    assert ([each["amount"] for each in page["data"]], page["hasMore"]) == ([8], False)
    assert (await ask(shop, f"{path}/points", pageSize=1))["hasMore"]
    for name, value in (("sort", "amount"), ("status", "spent"), ("pageSize", 0), ("skip", -1)):
        refused = await shop.integrate("GET", f"{path}/points", query={name: value})
        assert (refused.status_code, pointers(refused)) == (400, [name])


async def test_points_of_sessions_name_them_and_a_card_the_profile_it_is_linked_to(shop: Shop) -> None:
    program = await make_program(shop, name="cards", cardBased=True)
    cards = f"/v1/loyalty_programs/{program['id']}/cards"
    await shop.integrate("POST", cards, {"cardIdentifier": "ANNS-1", "customerProfileIds": ["ann"]})
    campaign = await shop.campaign()
    earn = ["addLoyaltyPoints", program["id"], "", "", "shown", 30]
    await shop.rules(campaign["id"], {"title": "earn", "condition": ["and"], "effects": [earn]}, activate=True)
    session = {"customerSession": {"loyaltyCards": ["ANNS-1"], "state": "closed"}}
    assert (await shop.integrate("PUT", "/v2/customer_sessions/s", session)).status_code == 200
    for part in ("points", "transactions"):
        (entry,) = (await ask(shop, f"{cards}/ANNS-1/{part}", customerSessionIDs=["s", "t"]))["data"]
        assert (entry["customerSessionId"], entry["amount"], entry["name"]) == ("s", 30, "shown")
    (points,) = (await ask(shop, f"{cards}/ANNS-1/points"))["data"]
    assert points["customerProfileID"] == "ann"


@pytest.mark.parametrize("part", ["balances", "transactions", "points"])
async def test_only_the_cards_of_ones_own_programs_are_told(shop: Shop, other_shop: Shop, part: str) -> None:
    card = await her_card(shop)
    cards = card.rpartition("/")[0]
    assert (await shop.integrate("GET", f"{cards}/NOBODYS/{part}")).status_code == 404
    assert (await other_shop.integrate("GET", f"{card}/{part}")).status_code == 404
    assert (await shop.integrate("GET", f"/v1/loyalty_programs/999999999/cards/HERS-1/{part}")).status_code == 404
    profiles = await make_program(shop)
    refused = await shop.integrate("GET", f"/v1/loyalty_programs/{profiles['id']}/cards/HERS-1/{part}")
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])


async def test_only_points_of_profiles_there_are_are_told(shop: Shop, other_shop: Shop) -> None:
    mia = await her_profile(shop)
    assert (await shop.integrate("GET", f"{mia}x/points")).status_code == 404
    assert (await other_shop.integrate("GET", f"{mia}/points")).status_code == 404
    cards = await open_cards(shop)
    refused = await shop.integrate("GET", f"/v1/loyalty_programs/{cards}/profile/mia/points")
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])


@pytest.mark.parametrize(("part", "query"), [("balances", {"includeTiers": True}), ("transactions", {"pageSize": 1})])
async def test_staff_are_told_what_shops_are_told(
    shop: Shop, other_shop: Shop, part: str, query: dict[str, Any]
) -> None:
    mia = await her_profile(shop)
    told = await shop.manage("GET", f"{mia}/ledger_{part}", query=query)
    assert (told.status_code, told.json()) == (200, await ask(shop, f"{mia}/{part}", **query))
    assert (await shop.manage("GET", f"{mia}x/ledger_{part}")).status_code == 404
    assert (await other_shop.manage("GET", f"{mia}/ledger_{part}")).status_code == 404
    refused = await shop.manage("GET", f"{mia}/ledger_{part}", query={"endDate": "someday"})
    assert (refused.status_code, pointers(refused)) == (400, ["endDate"])
    cards = await open_cards(shop)
    refused = await shop.manage("GET", f"/v1/loyalty_programs/{cards}/profile/mia/ledger_{part}")
    assert (refused.status_code, pointers(refused)) == (400, ["loyaltyProgramId"])
