"""integrationGetAllCampaigns: what shops see of the campaigns that are running."""

from typing import Any

import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

PATH = "/v1/integration/campaigns"
OF_AN_AUDIENCE = ["and", ["or", [">", [".", "Session", "Total"], 10], ["catch", False, ["couponValid"]]]]
CAMPAIGNS: dict[str, dict[str, Any]] = {
    "Always": {"tags": ["red"], "features": ["coupons", "advancedEvents"]},
    "This century": {"startTime": "2020-01-01T00:00:00Z", "endTime": "2090-01-01T00:00:00Z"},
    "Later": {"startTime": "2080-01-01T00:00:00Z"},
    "Over": {"endTime": "2021-06-01T00:00:00Z"},
    "Off": {"state": "disabled"},
    "Gone": {"state": "archived"},
}


@pytest.fixture
async def ids(shop: Shop) -> dict[str, int]:
    return {name: (await shop.campaign(name=name, **settings))["id"] for name, settings in CAMPAIGNS.items()}


async def listed(shop: Shop, **query: Any) -> dict[str, Any]:
    answer = await shop.integrate("GET", PATH, query=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_only_running_campaigns_are_listed(shop: Shop, ids: dict[str, int]) -> None:
    found = await listed(shop)
    assert [campaign["name"] for campaign in found["data"]] == ["Always", "This century"]
    assert found["hasMore"] is False
    always = found["data"][0]
    assert always == {
        "applicationId": shop.application_id,
        "id": ids["Always"],
        "name": "Always",
        "description": "",
        "attributes": {},
        "state": "enabled",
        "tags": ["red"],
        "features": ["coupons"],
        "rules": [],
        "linkedStoreIds": [],
        "linkedAudienceIds": [],
    }
    assert found["data"][1]["endTime"] == "2090-01-01T00:00:00Z"


async def test_the_rules_in_force_are_named(shop: Shop, ids: dict[str, int]) -> None:
    first = {"title": "First", "condition": OF_AN_AUDIENCE, "effects": []}
    second = {"title": "Second", "condition": ["and"], "effects": []}
    await shop.rules(ids["Always"], first, second, activate=True)
    await shop.rules(ids["Always"], first, activate=False)
    always, other = (await listed(shop))["data"]
    assert (always["rules"], other["rules"]) == ([{"title": "First"}, {"title": "Second"}], [])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"startAfter": "2020-01-01"}, ["This century"]),
        ({"startAfter": "2020-01-01T00:00:01Z"}, []),
        ({"startBefore": "2019-12-31T19:00:00-05:00"}, ["This century"]),
        ({"endAfter": "2090-01-01"}, ["This century"]),
        ({"endBefore": "2089-12-31"}, []),
        ({"storeId": 7}, []),
        ({"audienceId": 7}, []),
        ({"skip": 1}, ["This century"]),
        ({"skip": 2}, []),
    ],
)
async def test_filters(shop: Shop, ids: dict[str, int], query: dict[str, Any], expected: list[str]) -> None:
    assert [campaign["name"] for campaign in (await listed(shop, **query))["data"]] == expected


async def test_campaigns_are_found_by_the_audience_their_rules_ask_for(shop: Shop, ids: dict[str, int]) -> None:
    vip = (await shop.integrate("POST", "/v2/audiences", {"name": "vip"})).json()["id"]
    asking = {"title": "r", "condition": ["and", ["not", ["audienceMember", "Current", vip]]], "effects": []}
    await shop.rules(ids["This century"], asking, activate=True)
    (found,) = (await listed(shop, audienceId=vip))["data"]
    assert (found["name"], found["linkedAudienceIds"]) == ("This century", [vip])
    assert (await listed(shop, audienceId=vip + 1))["data"] == []


async def test_ids_share_one_parameter(shop: Shop, ids: dict[str, int]) -> None:
    wanted = f"{ids['This century']},{ids['Off']},999999"
    assert [campaign["name"] for campaign in (await listed(shop, campaignIds=wanted))["data"]] == ["This century"]


async def test_a_page_says_whether_there_is_more(shop: Shop, ids: dict[str, int]) -> None:
    first = await listed(shop, pageSize=1)
    assert ([campaign["name"] for campaign in first["data"]], first["hasMore"]) == (["Always"], True)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"campaignIds": "1,two"}, "campaignIds"),
        ({"campaignIds": "1" * 19}, "campaignIds"),
        ({"pageSize": 0}, "pageSize"),
        ({"pageSize": 1001}, "pageSize"),
        ({"skip": -1}, "skip"),
        ({"startAfter": "soon"}, "startAfter"),
    ],
)
async def test_refusals(shop: Shop, query: dict[str, Any], parameter: str) -> None:
    answer = await shop.integrate("GET", PATH, query=query)
    assert answer.status_code == 400
    assert [error["source"] for error in answer.json()["errors"]] == [{"parameter": parameter}]


async def test_campaigns_of_other_applications_are_not_told(shop: Shop, ids: dict[str, int]) -> None:
    other = await shop.create("/v1/applications", {"name": "Other", "timezone": "UTC", "currency": "EUR"})
    body = {"name": "Theirs", "state": "enabled", "tags": [], "features": [], "limits": []}
    await shop.create(f"/v1/applications/{other['id']}/campaigns", body)
    assert "Theirs" not in [campaign["name"] for campaign in (await listed(shop))["data"]]
