"""Stores over HTTP: createStore, listStores, getStore, updateStore, deleteStore, disconnectCampaignStores, and the
campaigns linked to them."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

MITTE = {"name": "Mitte", "description": "By the river", "integrationId": "mitte"}

GIFT = {"title": "gift", "condition": ["and"], "effects": [["setDiscount", "gift", 1]]}


def store(name: str, **settings: Any) -> dict[str, Any]:
    """A store to create."""
    return {"name": name, "description": "", "integrationId": name} | settings


async def make(shop: Shop, *names: str) -> list[int]:
    """Stores with these names; their ids."""
    return [(await shop.create(f"{shop.path}/stores", store(name)))["id"] for name in names]


async def test_a_store_is_created_read_changed_and_deleted(shop: Shop) -> None:
    attribute = {"entity": "Store", "name": "city", "title": "City", "type": "string", "description": ""}
    await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
    answer = await shop.manage("POST", f"{shop.path}/stores", MITTE | {"attributes": {"city": "Berlin"}})
    assert answer.status_code == 201
    made = answer.json()
    assert (
        made.items()
        >= {
            **MITTE,
            "applicationId": shop.application_id,
            "attributes": {"city": "Berlin"},
            "linkedCampaignIds": [],
        }.items()
    )
    one = f"{shop.path}/stores/{made['id']}"
    assert (await shop.manage("GET", one)).json() == made

    changed = await shop.manage("PUT", one, MITTE | {"name": "Centre"})
    assert (changed.status_code, changed.json()["name"], changed.json()["attributes"]) == (200, "Centre", {})
    assert changed.json()["updated"] > made["updated"]

    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, MITTE)).status_code == 404


@pytest.mark.parametrize("store_id", ["0", "1" * 19, "mitte", "-1", "1.0", "%20"])
async def test_what_is_no_id_is_not_found(shop: Shop, store_id: str) -> None:
    assert (await shop.manage("GET", f"{shop.path}/stores/{store_id}")).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "n" * 201}, "/name"),
        ({"integrationId": ""}, "/integrationId"),
        ({"integrationId": "i" * 1001}, "/integrationId"),
        ({"integrationId": "\u20ac" * 900}, "/integrationId"),
        ({"attributes": {"city": "Berlin"}}, "/attributes/city"),
        ({"description": None}, "/description"),
    ],
)
async def test_a_wrong_store_is_refused(shop: Shop, change: dict[str, Any], pointer: str) -> None:
    answer = await shop.manage("POST", f"{shop.path}/stores", MITTE | change)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


async def test_an_integration_id_is_taken_once_and_never_changed(shop: Shop) -> None:
    made = await shop.create(f"{shop.path}/stores", MITTE)
    again = await shop.manage("POST", f"{shop.path}/stores", MITTE)
    assert (again.status_code, pointers(again)) == (409, ["/integrationId"])
    other = await shop.manage("PUT", f"{shop.path}/stores/{made['id']}", MITTE | {"integrationId": "other"})
    assert (other.status_code, pointers(other)) == (400, ["/integrationId"])


async def test_stores_are_listed_by_filters_and_pages(shop: Shop) -> None:
    ids = await make(shop, "north", "south", "southeast")
    campaign = await shop.campaign(linkedStoreIds=[ids[1]])

    async def names(**query: Any) -> list[str]:
        answer = (await shop.manage("GET", f"{shop.path}/stores", query=query)).json()
        return [each["name"] for each in answer["data"]]

    assert await names() == ["north", "south", "southeast"]
    assert await names(sort="-name") == ["southeast", "south", "north"]
    assert await names(name="SOUTH") == ["south", "southeast"]
    assert await names(integrationId="south") == ["south"]
    assert await names(query="east") == ["southeast"]
    assert await names(campaignId=campaign["id"]) == ["south"]
    page = (await shop.manage("GET", f"{shop.path}/stores", query={"pageSize": 2})).json()
    assert (page["hasMore"], "totalResultSize" in page) == (True, False)
    last = (await shop.manage("GET", f"{shop.path}/stores", query={"pageSize": 2, "skip": 2})).json()
    assert (last["hasMore"], len(last["data"])) == (False, 1)
    counted = await shop.manage("GET", f"{shop.path}/stores", query={"pageSize": 1, "withTotalResultSize": True})
    assert (counted.json()["totalResultSize"], "hasMore" in counted.json()) == (3, False)
    refused = await shop.manage("GET", f"{shop.path}/stores", query={"sort": "attributes"})
    assert (refused.status_code, pointers(refused)) == (400, ["sort"])


async def test_a_campaign_is_linked_to_stores_and_disconnected(shop: Shop) -> None:
    north, south = await make(shop, "north", "south")
    campaign = await shop.campaign(linkedStoreIds=[south, north, south])
    assert (campaign["linkedStoreIds"], campaign["storesImported"]) == ([north, south], False)
    one = f"{shop.path}/campaigns/{campaign['id']}"
    shown = (await shop.manage("GET", f"{shop.path}/stores/{north}")).json()
    assert shown["linkedCampaignIds"] == [campaign["id"]]
    listed = (await shop.manage("GET", f"{shop.path}/campaigns", query={"storeId": north})).json()
    assert [each["id"] for each in listed["data"]] == [campaign["id"]]
    running = (await shop.integrate("GET", "/v1/integration/campaigns", query={"storeId": south})).json()
    assert [(each["id"], each["linkedStoreIds"]) for each in running["data"]] == [(campaign["id"], [north, south])]

    settings: dict[str, Any] = {"name": "C", "tags": [], "features": [], "limits": []}
    changed = await shop.manage("PUT", one, settings | {"linkedStoreIds": [north]})
    assert changed.json()["linkedStoreIds"] == [north]
    assert (await shop.manage("DELETE", f"{one}/stores")).status_code == 204
    assert (await shop.manage("GET", one)).json()["linkedStoreIds"] == []
    assert (await shop.manage("PUT", one, settings | {"linkedStoreIds": [south]})).json()["linkedStoreIds"] == [south]
    assert (await shop.manage("PUT", one, settings)).json()["linkedStoreIds"] == []
    assert (await shop.manage("DELETE", f"{shop.path}/campaigns/0/stores")).status_code == 404


async def test_campaigns_are_linked_to_fifty_stores_that_exist(shop: Shop) -> None:
    ids = await make(shop, *(f"store {number}" for number in range(51)))
    assert (await shop.campaign(linkedStoreIds=ids[:50]))["linkedStoreIds"] == ids[:50]
    body: dict[str, Any] = {"name": "C", "state": "enabled", "tags": [], "features": [], "limits": []}
    too_many = await shop.manage("POST", f"{shop.path}/campaigns", body | {"linkedStoreIds": ids})
    assert (too_many.status_code, pointers(too_many)) == (400, ["/linkedStoreIds"])
    sent = {"linkedStoreIds": [ids[0], ids[50] + 1000], "startTime": "2026-01-02T00:00:00Z"}
    unknown = await shop.manage("POST", f"{shop.path}/campaigns", body | sent | {"endTime": "2026-01-01T00:00:00Z"})
    assert (unknown.status_code, sorted(pointers(unknown))) == (400, ["/endTime", "/linkedStoreIds/1"])


async def test_a_campaign_whose_store_is_gone_is_not_for_everybody(shop: Shop) -> None:
    (north,) = await make(shop, "north")
    campaign = await shop.campaign(linkedStoreIds=[north])
    await shop.rules(campaign["id"], GIFT, activate=True)
    cart = {"cartItems": [{"sku": "a", "quantity": 1, "price": 9}]}
    here = {"customerSession": cart | {"storeIntegrationId": "north"}}
    answer = (await shop.integrate("PUT", "/v2/customer_sessions/s1", here)).json()
    assert len(answer["effects"]) == 1
    assert (await shop.manage("DELETE", f"{shop.path}/stores/{north}")).status_code == 204
    again = await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": {}})
    assert (again.status_code, again.json()["effects"]) == (200, [])
    refused = await shop.integrate("PUT", "/v2/customer_sessions/s2", here)
    assert (refused.status_code, pointers(refused)) == (400, ["/customerSession/storeIntegrationId"])
    elsewhere = await shop.integrate("PUT", "/v2/customer_sessions/s3", {"customerSession": cart})
    assert elsewhere.json()["effects"] == []


async def test_a_store_of_another_application_is_unknown(shop: Shop) -> None:
    (north,) = await make(shop, "north")
    body = {"name": "Other", "timezone": "Europe/Berlin", "currency": "EUR"}
    other = await shop.create("/v1/applications", body)
    assert (await shop.manage("GET", f"/v1/applications/{other['id']}/stores/{north}")).status_code == 404
    assert (await shop.create(f"/v1/applications/{other['id']}/stores", store("north")))["id"] != north


async def test_the_store_of_a_session_is_shown_and_explained(shop: Shop) -> None:
    north, _ = await make(shop, "north", "south")
    campaign = await shop.campaign(name="Opening", linkedStoreIds=[north])
    await shop.rules(campaign["id"], GIFT, activate=True)
    body = {"customerSession": {"storeIntegrationId": "south"}, "responseContent": ["customerSession"]}
    shown = (await shop.integrate("PUT", "/v2/customer_sessions/s1", body)).json()["customerSession"]
    assert shown["storeIntegrationId"] == "south"

    async def told() -> str:
        answer = await shop.manage("GET", f"{shop.path}/sessions/{shown['id']}/explain")
        text: str = answer.json()["text"]
        return text

    assert "it is for certain stores, and the session is of south" in await told()
    await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": {"storeIntegrationId": "north"}})
    assert "Opening: triggered" in await told()


async def test_a_dry_run_that_closes_a_session_knows_no_store_of_it(shop: Shop) -> None:
    (north,) = await make(shop, "north")
    campaign = await shop.campaign(linkedStoreIds=[north])
    await shop.rules(campaign["id"], GIFT, activate=True)
    await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": {"storeIntegrationId": "north"}})
    for sent, dry, effects in (
        ({"state": "closed"}, True, 0),
        ({"state": "closed", "storeIntegrationId": "north"}, True, 1),
        ({}, True, 1),
        ({"state": "closed"}, False, 1),
    ):
        query, body = {"dry": dry}, {"customerSession": sent, "responseContent": ["event"]}
        answer = (await shop.integrate("PUT", "/v2/customer_sessions/s1", body, query=query)).json()
        assert len(answer["effects"]) == effects, sent
        assert ("storeIntegrationId" in answer["event"]) == bool(effects)
