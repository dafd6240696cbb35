"""getCampaigns: filters, order and pages."""

from typing import Any

import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

# name, settings: one of each kind there is.
KINDS: dict[str, dict[str, Any]] = {
    "Running": {"tags": ["Red", "big"]},
    "Running within": {"startTime": "2020-01-01T00:00:00Z", "endTime": "2090-01-01T00:00:00Z"},
    "Scheduled": {"startTime": "2080-01-01T00:00:00Z", "tags": ["red"]},
    "Expired": {"endTime": "2021-06-01T00:00:00Z"},
    "Disabled": {"state": "disabled", "startTime": "2020-01-01T00:00:00Z"},
    "Archived": {"state": "archived"},
}


@pytest.fixture
async def campaigns(shop: Shop) -> dict[str, dict[str, Any]]:
    """One campaign of each kind, by name."""
    return {name: await shop.campaign(name=name, **settings) for name, settings in KINDS.items()}


async def names(shop: Shop, **query: Any) -> list[str]:
    answer = await shop.manage("GET", f"{shop.path}/campaigns", query=query)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    if "pageSize" not in query:
        assert found["totalResultSize"] == len(found["data"])
    return [campaign["name"] for campaign in found["data"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, list(KINDS)),
        ({"campaignState": "enabled"}, ["Running", "Running within", "Scheduled", "Expired"]),
        ({"campaignState": "running"}, ["Running", "Running within"]),
        ({"campaignState": "scheduled"}, ["Scheduled"]),
        ({"campaignState": "expired"}, ["Expired"]),
        ({"campaignState": "disabled"}, ["Disabled"]),
        ({"campaignState": "archived"}, ["Archived"]),
        ({"campaignState": "staged"}, []),
        ({"name": "RUNNING"}, ["Running", "Running within"]),
        ({"name": "%"}, []),
        ({"tags": "rED"}, ["Running", "Scheduled"]),
        ({"tags": ["big", "nothing"]}, ["Running"]),
        ({"tags": "big", "name": "expired"}, ["Running", "Expired"]),
        ({"tags": "big", "name": "expired", "campaignState": "expired"}, ["Expired"]),
        ({"startBefore": "2020-01-01"}, ["Running within", "Disabled"]),
        ({"startAfter": "2020-01-01T00:00:01Z"}, ["Scheduled"]),
        ({"endBefore": "2021-06-01T02:00:00+02:00"}, ["Expired"]),
        ({"endAfter": "2021-06-01T00:00:01Z"}, ["Running within"]),
        ({"createdBefore": "2020-01-01T00:00:00Z"}, []),
        ({"createdAfter": "2020-01-01T00:00:00Z"}, list(KINDS)),
        ({"storeId": 1}, []),
        ({"campaignGroupId": 1}, []),
        ({"templateId": 1}, []),
        ({"sort": "-id"}, list(reversed(KINDS))),
        ({"sort": "name"}, sorted(KINDS)),
        ({"sort": "-name"}, sorted(KINDS, reverse=True)),
        ({"sort": "startTime", "pageSize": 3}, ["Running within", "Disabled", "Scheduled"]),
        ({"sort": "-startTime", "pageSize": 1}, ["Scheduled"]),
        ({"sort": "-endTime", "pageSize": 2}, ["Running within", "Expired"]),
        ({"sort": "state", "pageSize": 2}, ["Archived", "Disabled"]),
        ({"sort": "-created", "pageSize": 1}, ["Archived"]),
        ({"pageSize": 2, "skip": 4}, ["Disabled", "Archived"]),
    ],
)
async def test_filters_order_and_pages(
    shop: Shop, campaigns: dict[str, dict[str, Any]], query: dict[str, Any], expected: list[str]
) -> None:
    assert len(campaigns) == len(KINDS)
    assert await names(shop, **query) == expected


async def test_the_state_shown_is_the_state_found(shop: Shop, campaigns: dict[str, dict[str, Any]]) -> None:
    shown = {name: campaign["frontendState"] for name, campaign in campaigns.items()}
    assert shown == {
        "Running": "running",
        "Running within": "running",
        "Scheduled": "scheduled",
        "Expired": "expired",
        "Disabled": "disabled",
        "Archived": "archived",
    }
    for state in set(shown.values()):
        assert await names(shop, campaignState=state) == [name for name in shown if shown[name] == state]


async def test_a_page_behind_the_end_still_tells_the_total(shop: Shop, campaigns: dict[str, dict[str, Any]]) -> None:
    found = (await shop.manage("GET", f"{shop.path}/campaigns", query={"skip": 100})).json()
    assert found == {"totalResultSize": len(campaigns), "data": []}


async def test_groups_and_templates_narrow_the_list(
    shop: Shop, database: Database, campaigns: dict[str, dict[str, Any]]
) -> None:
    mark = Query(
        "mark", "UPDATE campaigns SET campaign_groups = '{7}', template_id = 10 WHERE account_id = $1 AND id = $2"
    )
    async with database.transaction() as db:
        await db.run(mark, shop.staff.account_id, campaigns["Expired"]["id"])
    for query in ({"campaignGroupId": 7}, {"templateId": 10}):
        assert await names(shop, **query) == ["Expired"]
    shown = (await shop.manage("GET", f"{shop.path}/campaigns/{campaigns['Expired']['id']}")).json()
    assert (shown["campaignGroups"], shown["templateId"]) == ([7], 10)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"campaignState": "asleep"}, "campaignState"),
        ({"createdBefore": "yesterday"}, "createdBefore"),
        ({"storeId": "one"}, "storeId"),
        ({"storeId": "9" * 40}, "storeId"),
        ({"sort": "tags"}, "sort"),
        ({"pageSize": 0}, "pageSize"),
    ],
)
async def test_wrong_filters_are_refused(shop: Shop, query: dict[str, Any], parameter: str) -> None:
    answer = await shop.manage("GET", f"{shop.path}/campaigns", query=query)
    assert (answer.status_code, pointers(answer)) == (400, [parameter])
