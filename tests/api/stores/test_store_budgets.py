"""Store budgets over HTTP: createCampaignStoreBudget, listCampaignStoreBudgetLimits, deleteCampaignStoreBudgets and
summarizeCampaignStoreBudget."""

from typing import Any

import pytest

from tests.api.stores.test_stores import make
from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio


async def opened(shop: Shop) -> tuple[str, list[int]]:
    """The path of a campaign's store budgets, and the stores it is linked to."""
    ids = await make(shop, "north", "south")
    campaign = await shop.campaign(linkedStoreIds=ids)
    return f"{shop.path}/campaigns/{campaign['id']}/stores/budgets", ids


def budget(limits: dict[int, Any], **settings: Any) -> dict[str, Any]:
    """A budget to create."""
    listed = [{"storeId": store_id, "limit": limit} for store_id, limit in limits.items()]
    return {"action": "setDiscount", "storeLimits": listed} | settings


async def test_budgets_are_created_listed_summarized_and_deleted(shop: Shop) -> None:
    path, (north, south) = await opened(shop)
    made = await shop.manage("POST", path, budget({north: 10, south: 20.5}))
    assert (made.status_code, made.content) == (201, b"")
    assert (await shop.manage("POST", path, budget({south: 5}, period="weekly"))).status_code == 201

    listed = (await shop.manage("GET", path)).json()["data"]
    assert listed[0] == {
        "store": {"id": north, "integrationId": "north", "name": "north"},
        "limit": 10,
        "action": "setDiscount",
        "period": "overall",
    }
    shown = [(each["store"]["id"], each["limit"], each["period"]) for each in listed]
    assert shown == [(north, 10, "overall"), (south, 20, "overall"), (south, 5, "weekly")]
    weekly = (await shop.manage("GET", path, query={"action": "setDiscount", "period": "weekly"})).json()["data"]
    assert [each["store"]["id"] for each in weekly] == [south]
    assert (await shop.manage("GET", f"{path}/summary")).json()["data"] == [
        {"action": "setDiscount", "period": "overall", "storeCount": 2, "imported": False},
        {"action": "setDiscount", "period": "weekly", "storeCount": 1, "imported": False},
    ]

    assert (await shop.manage("DELETE", path, query={"period": "overall"})).status_code == 204
    assert [each["period"] for each in (await shop.manage("GET", path)).json()["data"]] == ["weekly"]
    assert (await shop.manage("DELETE", path)).status_code == 204
    assert (await shop.manage("GET", path)).json() == {"data": []}


async def test_what_is_wrong_with_a_budget_is_told(shop: Shop) -> None:
    path, (north, south) = await opened(shop)
    (elsewhere,) = await make(shop, "elsewhere")
    limits = [(elsewhere, 1), (north, -1), (south, 1), (south, 1), (0, 1)]
    sent = budget({}) | {"storeLimits": [{"storeId": store_id, "limit": limit} for store_id, limit in limits]}
    answer = await shop.manage("POST", path, sent)
    assert (answer.status_code, pointers(answer)) == (
        400,
        ["/storeLimits/0/storeId", "/storeLimits/1/limit", "/storeLimits/3/storeId", "/storeLimits/4/storeId"],
    )
    for change, pointer in (
        ({"action": "redeemCoupon"}, "/action"),
        ({"period": "overall"}, "/period"),
        ({"storeLimits": []}, "/storeLimits"),
    ):
        refused = await shop.manage("POST", path, budget({north: 1}) | change)
        assert (refused.status_code, pointers(refused)) == (400, [pointer])
    for query in ({"period": "hourly"}, {"action": "redeemCoupon"}):
        assert (await shop.manage("GET", path, query=query)).status_code == 400
    assert (await shop.manage("GET", f"{shop.path}/campaigns/0/stores/budgets")).status_code == 404


async def test_a_second_budget_of_the_same_action_and_period_conflicts(shop: Shop) -> None:
    path, (north, south) = await opened(shop)
    assert (await shop.manage("POST", path, budget({north: 1}, period="daily"))).status_code == 201
    assert (await shop.manage("POST", path, budget({south: 1}, period="daily"))).status_code == 409
    assert (await shop.manage("POST", path, budget({south: 1}, period="monthly"))).status_code == 201


async def test_budgets_go_with_the_link_and_with_the_store(shop: Shop) -> None:
    path, (north, south) = await opened(shop)
    await shop.manage("POST", path, budget({north: 1, south: 1}))
    campaign = path.removesuffix("/stores/budgets")
    settings: dict[str, Any] = {"name": "C", "tags": [], "features": [], "limits": []}
    await shop.manage("PUT", campaign, settings | {"linkedStoreIds": [south]})
    assert [each["store"]["id"] for each in (await shop.manage("GET", path)).json()["data"]] == [south]
    await shop.manage("DELETE", f"{shop.path}/stores/{south}")
    assert (await shop.manage("GET", path)).json() == {"data": []}
