"""Attributes over HTTP: createAttribute, getAttributes, getAttribute, updateAttribute, and deleteAttribute of ours."""

from typing import Any

import pytest
from talon_one.exceptions import ApiException
from talon_one.models.new_attribute import NewAttribute

from largesse.plumbing.database import Database
from tests.support.api import Shop, hire_staff, management_sdk, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/attributes"
COLOUR: dict[str, Any] = {
    "entity": "CartItem",
    "name": "colour",
    "title": "Colour",
    "type": "string",
    "description": "What it looks like",
    "suggestions": ["red", "blue"],
    "editable": True,
}


async def test_an_attribute_is_created_read_described_and_deleted(shop: Shop) -> None:
    sent = COLOUR | {
        "restrictedBySuggestions": True,
        "hasAllowedList": False,
        "subscribedApplicationsIds": [shop.application_id],
        "allowedSubscriptions": ["application"],
    }
    created = await shop.manage("POST", PATH, sent)
    assert created.status_code == 201
    attribute = created.json()
    assert attribute.items() >= (sent | {"accountId": shop.staff.account_id, "subscribedCatalogsIds": []}).items()
    one = f"{PATH}/{attribute['id']}"
    assert (await shop.manage("GET", one)).json() == attribute

    change = sent | {"description": "new", "type": "number", "name": "other", "suggestions": []}
    changed = await shop.manage("PUT", one, change)
    assert (changed.status_code, changed.json()) == (200, attribute | {"description": "new"})

    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, sent)).status_code == 404


async def test_an_attribute_of_an_event_keeps_its_event(shop: Shop) -> None:
    attribute = await shop.create(PATH, COLOUR | {"entity": "Event", "eventType": "pageViewed"})
    assert attribute["eventType"] == "pageViewed"
    assert "eventType" not in await shop.create(PATH, COLOUR)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"entity": "Cart"}, "/entity"),
        ({"name": "1st"}, "/name"),
        ({"name": "größe"}, "/name"),
        ({"title": "Colour?"}, "/title"),
        ({"title": "Colour\n"}, "/title"),
        ({"type": "colour"}, "/type"),
        ({"editable": None}, "/editable"),
        ({"suggestions": [""]}, "/suggestions/0"),
        ({"suggestions": ["a"] * 51}, "/suggestions"),
        ({"subscribedApplicationsIds": [0]}, "/subscribedApplicationsIds/0"),
        ({"subscribedCatalogsIds": [1]}, "/subscribedCatalogsIds/0"),
        ({"allowedSubscriptions": ["shop"]}, "/allowedSubscriptions/0"),
        ({"entity": "Coupon", "allowedSubscriptions": ["catalog"]}, "/allowedSubscriptions"),
    ],
)
async def test_a_wrong_attribute_is_refused_with_its_place(shop: Shop, change: dict[str, Any], pointer: str) -> None:
    answer = await shop.manage("POST", PATH, COLOUR | change)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


async def test_names_and_titles_are_unique_per_entity(shop: Shop, other_shop: Shop) -> None:
    await shop.create(PATH, COLOUR)
    duplicates = [await shop.manage("POST", PATH, COLOUR | change) for change in ({"title": "T"}, {"name": "n"})]
    assert [answer.status_code for answer in duplicates] == [409, 409]
    assert [pointers(answer) for answer in duplicates] == [["/name"], ["/title"]]
    assert (await shop.manage("POST", PATH, COLOUR | {"entity": "Coupon"})).status_code == 201
    assert (await other_shop.manage("POST", PATH, COLOUR)).status_code == 201


async def several(shop: Shop) -> None:
    elsewhere = await shop.create("/v1/applications", {"name": "B", "timezone": "UTC", "currency": "USD"})
    for change in (
        {"entity": "Coupon", "name": "venue", "title": "Venue", "description": "COLOURFUL"},
        {"entity": "Coupon", "name": "size", "title": "Size", "type": "number", "description": ""},
        {"entity": "CartItem", "subscribedApplicationsIds": [elsewhere["id"]]},
    ):
        await shop.create(PATH, COLOUR | change)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["venue", "size", "colour"]),
        ({"sort": "name"}, ["colour", "size", "venue"]),
        ({"sort": "-title"}, ["venue", "size", "colour"]),
        ({"entity": "Coupon"}, ["venue", "size"]),
        ({"entity": "Nothing"}, []),
        ({"type": "number"}, ["size"]),
        ({"search": "Colour"}, ["venue", "colour"]),
        ({"search": "%"}, []),
        ({"kind": "custom"}, ["venue", "size", "colour"]),
        ({"kind": "builtin", "entity": "Coupon"}, []),
        (
            {"kind": "builtin", "entity": "CustomerSession", "search": "SHIPPINGc", "sort": "-name"},
            ["ShippingCountry", "ShippingCost", "ShippingCity"],
        ),
        ({"applicationIds": "HERE"}, ["venue", "size"]),
        ({"entity": "LoyaltyCard", "loyaltyProgramIds": "1,2"}, []),
    ],
)
async def test_attributes_are_filtered_and_sorted(shop: Shop, query: dict[str, str], names: list[str]) -> None:
    await several(shop)
    asked = {name: value.replace("HERE", f"{shop.application_id},0") for name, value in query.items()}
    listed = (await shop.manage("GET", PATH, query=asked)).json()
    assert [attribute["name"] for attribute in listed["data"]] == names
    assert listed["totalResultSize"] == len(names)


async def test_some_attributes_are_built_in(shop: Shop) -> None:
    query = {"kind": "builtin", "entity": "CustomerProfile", "type": "time"}
    listed = (await shop.manage("GET", PATH, query=query)).json()
    assert [(each["name"], each["title"], each["editable"]) for each in listed["data"]] == [
        ("SignupDate", "Signup Date", False),
        ("BirthDate", "Birth Date", False),
    ]
    account = (await shop.manage("GET", f"/v1/accounts/{shop.staff.account_id}")).json()
    assert {each["created"] for each in listed["data"]} == {account["created"]}
    beyond = query | {"pageSize": "1", "skip": "2"}
    assert (await shop.manage("GET", PATH, query=beyond)).json() == {"totalResultSize": 2, "data": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"sort": "suggestions"}, "sort"),
        ({"kind": "both"}, "kind"),
        ({"applicationIds": "1,x"}, "applicationIds"),
        ({"applicationIds": "9" * 19}, "applicationIds"),
        ({"loyaltyProgramIds": "1"}, "loyaltyProgramIds"),
        ({"pageSize": "0"}, "pageSize"),
        ({"skip": "-1"}, "skip"),
    ],
)
async def test_a_wrong_filter_is_refused_by_name(shop: Shop, query: dict[str, str], parameter: str) -> None:
    answer = await shop.manage("GET", PATH, query=query)
    assert (answer.status_code, pointers(answer)) == (400, [parameter])


async def test_another_account_sees_none_of_them(shop: Shop, other_shop: Shop) -> None:
    one = f"{PATH}/{(await shop.create(PATH, COLOUR))['id']}"
    assert (await other_shop.manage("GET", PATH)).json() == {"totalResultSize": 0, "data": []}
    requests = [("GET", None), ("PUT", COLOUR), ("DELETE", None)]
    assert [(await other_shop.manage(method, one, body)).status_code for method, body in requests] == [404] * 3


async def test_values_of_a_deleted_attribute_stay_but_can_no_longer_be_set(shop: Shop) -> None:
    attribute = await shop.create(PATH, COLOUR | {"entity": "Coupon", "name": "venue", "title": "Venue"})
    campaign = await shop.campaign()
    coupons = f"{shop.path}/campaigns/{campaign['id']}/coupons"
    new = {"numberOfCoupons": 1, "usageLimit": 1, "couponPattern": "VENUE", "attributes": {"venue": "Bar"}}
    made = (await shop.create(f"{coupons}?silent=no", new))["data"][0]
    await shop.manage("DELETE", f"{PATH}/{attribute['id']}")
    kept = await shop.manage("PUT", f"{coupons}/{made['id']}", {})
    assert (kept.status_code, kept.json()["attributes"]) == (200, {"venue": "Bar"})
    refused = await shop.manage("PUT", f"{coupons}/{made['id']}", {"attributes": {"venue": "Bar"}})
    assert (refused.status_code, pointers(refused)) == (400, ["/attributes/venue"])


async def test_the_official_client_reads_attributes(database: Database, server_url: str) -> None:
    staff = await hire_staff(database)
    with management_sdk(server_url, f"Bearer {staff.token}") as sdk:
        created = sdk.create_attribute(NewAttribute.model_validate(COLOUR))
        assert sdk.get_attribute(created.id) == created
        assert sdk.get_attributes(entity="CartItem").data == [created]
        described = NewAttribute.model_validate(COLOUR | {"description": "new"})
        assert sdk.update_attribute(created.id, described).description == "new"
        with pytest.raises(ApiException) as refused:
            sdk.create_attribute(NewAttribute.model_validate(COLOUR))
        assert refused.value.status == 409
