"""Stores of a campaign and store budgets in CSV files: importCampaignStores, exportCampaignStores,
importCampaignStoreBudget and exportCampaignStoreBudgets."""

from typing import Any

import httpx
import pytest

from tests.api.stores.test_stores import make
from tests.support.api import Shop

pytestmark = pytest.mark.anyio


async def send(shop: Shop, path: str, content: str, **query: str) -> httpx.Response:
    """The answer to an import."""
    headers = {"Authorization": f"Bearer {shop.staff.token}"}
    files = {"upFile": ("file.csv", content.encode())}
    return await shop.client.post(path, files=files, params=query, headers=headers)


def lines_of(answer: httpx.Response) -> list[tuple[str, str]]:
    """The kinds of mistakes, and the lines they are on."""
    assert answer.status_code == 400, answer.text
    return [(error["title"], error["source"]["line"]) for error in answer.json()["errors"]]


async def opened(shop: Shop) -> tuple[str, list[int]]:
    """The path of a campaign, and three stores."""
    ids = await make(shop, "north", "south", "east")
    return f"{shop.path}/campaigns/{(await shop.campaign())['id']}", ids


async def test_stores_of_a_file_replace_those_of_the_campaign(shop: Shop) -> None:
    path, (north, south, east) = await opened(shop)
    answer = await send(shop, f"{path}/stores/import", "store_integration_id\nsouth\nnorth\nsouth\n")
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert (made["amount"], made["accountId"]) == (2, shop.staff.account_id)
    exported = await shop.manage("GET", f"{path}/stores/export")
    assert exported.headers["content-type"] == "application/csv"
    assert exported.text == "store_integration_id\nnorth\nsouth\n"

    campaign = (await shop.manage("GET", path)).json()
    assert (campaign["storesImported"], campaign["linkedStoreIds"]) == (True, [])
    shown = (await shop.manage("GET", f"{shop.path}/stores/{north}")).json()
    assert shown["linkedCampaignIds"] == [campaign["id"]]
    settings: dict[str, Any] = {"name": "C", "tags": [], "features": [], "limits": []}
    kept = await shop.manage("PUT", path, settings)
    assert (kept.status_code, kept.json()["storesImported"]) == (200, True)
    refused = await shop.manage("PUT", path, settings | {"linkedStoreIds": [east]})
    assert refused.status_code == 400

    await send(shop, f"{path}/stores/import", "store_integration_id\neast\n")
    assert (await shop.manage("GET", f"{path}/stores/export")).text == "store_integration_id\neast\n"
    assert (await shop.manage("DELETE", f"{path}/stores")).status_code == 204
    free = (await shop.manage("PUT", path, settings | {"linkedStoreIds": [south]})).json()
    assert (free["storesImported"], free["linkedStoreIds"]) == (False, [south])
    assert (await shop.manage("GET", f"{path}/stores/export")).text == "store_integration_id\nsouth\n"


async def test_a_campaign_with_imported_stores_takes_part_there_only(shop: Shop) -> None:
    path, _ = await opened(shop)
    rule = {"title": "gift", "condition": ["and"], "effects": [["setDiscount", "gift", 1]]}
    await shop.rules(int(path.rpartition("/")[2]), rule, activate=True)
    await send(shop, f"{path}/stores/import", "store_integration_id\nnorth\n")
    for store, effects in (("north", 1), ("south", 0)):
        body = {"customerSession": {"storeIntegrationId": store}}
        answer = await shop.integrate("PUT", f"/v2/customer_sessions/{store}", body)
        assert len(answer.json()["effects"]) == effects
    nowhere = await shop.integrate("PUT", "/v2/customer_sessions/nowhere", {"customerSession": {}})
    assert nowhere.json()["effects"] == []


async def test_a_wrong_file_links_nothing(shop: Shop) -> None:
    path, _ = await opened(shop)
    await send(shop, f"{path}/stores/import", "store_integration_id\nnorth\n")
    answer = await send(shop, f"{path}/stores/import", 'store_integration_id\nsouth\nwest\n""\n')
    assert lines_of(answer) == [("Unknown", "3"), ("Required", "4")]
    assert lines_of(await send(shop, f"{path}/stores/import", "store\nsouth\n"))[0] == ("Required", "1")
    assert (await shop.manage("GET", f"{path}/stores/export")).text == "store_integration_id\nnorth\n"
    gone = f"{shop.path}/campaigns/0/stores"
    assert (await send(shop, f"{gone}/import", "store_integration_id\nnorth\n")).status_code == 404
    assert (await shop.manage("GET", f"{gone}/export")).status_code == 404


async def test_budgets_of_a_file_replace_those_of_the_same_period(shop: Shop) -> None:
    path, _ = await opened(shop)
    await send(shop, f"{path}/stores/import", "store_integration_id\nnorth\nsouth\n")
    budgets = f"{path}/stores/budgets"
    answer = await send(shop, f"{budgets}/import", "store_integration_id,limit\nnorth,10\nsouth,20.55\n")
    assert (answer.status_code, answer.json()["amount"]) == (201, 2)
    weekly = await send(shop, f"{budgets}/import", "limit,store_integration_id\n7,south\n", period="weekly")
    assert weekly.status_code == 201
    assert (await shop.manage("GET", f"{budgets}/summary")).json()["data"] == [
        {"action": "setDiscount", "period": "overall", "storeCount": 2, "imported": True},
        {"action": "setDiscount", "period": "weekly", "storeCount": 1, "imported": True},
    ]
    await send(shop, f"{budgets}/import", "store_integration_id,limit\nsouth,21.5\n", action="setDiscount")
    overall = await shop.manage("GET", f"{budgets}/export")
    assert overall.text == "store_integration_id,limit\nsouth,21.5\n"
    exported = await shop.manage("GET", f"{budgets}/export", query={"period": "weekly"})
    assert exported.text == "store_integration_id,limit\nsouth,7\n"


async def test_a_wrong_file_of_budgets_changes_nothing(shop: Shop) -> None:
    path, _ = await opened(shop)
    await send(shop, f"{path}/stores/import", "store_integration_id\nnorth\nsouth\n")
    budgets = f"{path}/stores/budgets"
    content = "store_integration_id,limit\nnorth,-1\neast,1\nsouth,x\nsouth,\nsouth,1\nsouth,2\n"
    answer = await send(shop, f"{budgets}/import", content)
    assert lines_of(answer) == [
        ("Out of range", "2"),
        ("Unknown", "3"),
        ("Invalid type", "4"),
        ("Required", "5"),
        ("Invalid value", "7"),
    ]
    assert (await shop.manage("GET", budgets)).json() == {"data": []}
    assert (await send(shop, f"{budgets}/import", content, period="hourly")).status_code == 400
    assert (await shop.manage("GET", f"{shop.path}/campaigns/0/stores/budgets/export")).status_code == 404
