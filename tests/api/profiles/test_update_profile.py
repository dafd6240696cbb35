"""Updates of profiles without rules: merging, clearing, refusals."""

from typing import Any

import pytest
from talon_one.models.customer_profile_integration_response_v2 import CustomerProfileIntegrationResponseV2

from tests.support.api import Shop, pointers
from tests.support.carts import profile_of

pytestmark = pytest.mark.anyio

NOTHING: dict[str, Any] = {"effects": [], "createdCoupons": [], "createdReferrals": []}

# What is sent: the title and place of each mistake.
REFUSED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "unknown attribute": ({"attributes": {"nope": 1}}, [("Unknown", "/attributes/nope")]),
    "wrong type": ({"attributes": {"age": "old"}}, [("Invalid type", "/attributes/age")]),
    "unknown audiences": (
        {"audiencesChanges": {"adds": [1, 2], "deletes": [3]}},
        [
            ("Invalid value", "/audiencesChanges/adds/0"),
            ("Invalid value", "/audiencesChanges/adds/1"),
            ("Invalid value", "/audiencesChanges/deletes/0"),
        ],
    ),
    "attributes that are no object": ({"attributes": []}, [("Invalid type", "/attributes")]),
    "unknown content": ({"responseContent": ["customerSession"]}, [("enum", "/responseContent/0")]),
}


async def define(shop: Shop) -> None:
    for name, kind in (("age", "number"), ("city", "string")):
        body = {"entity": "CustomerProfile", "name": name, "title": name, "type": kind, "description": ""}
        await shop.create("/v1/attributes", body | {"editable": True, "suggestions": []})


async def test_attributes_are_merged_and_cleared(shop: Shop) -> None:
    await define(shop)
    for sent, known in (
        ({"attributes": {"age": 41.5, "city": "Berlin"}}, {"age": 41.5, "city": "Berlin"}),
        ({"attributes": {"age": 42}}, {"age": 42, "city": "Berlin"}),
        ({}, {"age": 42, "city": "Berlin"}),
        ({"attributes": None}, {"age": 42, "city": "Berlin"}),
        ({"attributes": {"city": None}}, {"age": 42}),
    ):
        answer = await shop.integrate("PUT", "/v2/customer_profiles/ann", sent)
        assert (answer.status_code, answer.json()) == (200, NOTHING)
        assert CustomerProfileIntegrationResponseV2.from_dict(answer.json()) is not None
        assert (await profile_of(shop, "ann"))["attributes"] == known


async def test_a_profile_is_made_without_any_activity(shop: Shop) -> None:
    answer = await shop.integrate("PUT", "/v2/customer_profiles/ann", {"responseContent": ["customerProfile"]})
    assert answer.json() == NOTHING
    ann = await profile_of(shop, "ann")
    assert ann["id"] > 0
    assert ann["lastActivity"] == ann["created"]
    assert (ann["closedSessions"], ann["totalSales"], ann["audienceMemberships"]) == (0, 0, [])


async def test_no_audiences_to_change_is_no_mistake(shop: Shop) -> None:
    body: dict[str, Any] = {"audiencesChanges": {"adds": [], "deletes": []}}
    assert (await shop.integrate("PUT", "/v2/customer_profiles/ann", body)).status_code == 200


@pytest.mark.parametrize("case", REFUSED)
async def test_refused_with_kind_and_place_and_nothing_stored(shop: Shop, case: str) -> None:
    sent, expected = REFUSED[case]
    await define(shop)
    answer = await shop.integrate("PUT", "/v2/customer_profiles/ann", sent)
    body = answer.json()
    assert (answer.status_code, body["message"]) == (400, "The submitted data was invalid")
    assert [(error["title"], error["source"]["pointer"]) for error in body["errors"]] == expected
    assert (await profile_of(shop, "ann"))["id"] == 0


async def test_dry_needs_rules(shop: Shop) -> None:
    answer = await shop.integrate("PUT", "/v2/customer_profiles/ann", {}, query={"dry": "true"})
    assert (answer.status_code, pointers(answer)) == (400, ["dry"])


async def test_audiences_are_changed_without_rules_too(shop: Shop) -> None:
    audience = (await shop.integrate("POST", "/v2/audiences", {"name": "vip"})).json()["id"]
    for changes, names in (({"adds": [audience], "deletes": []}, ["vip"]), ({"adds": [], "deletes": [audience]}, [])):
        answer = await shop.integrate("PUT", "/v2/customer_profiles/ann", {"audiencesChanges": changes})
        assert (answer.status_code, answer.json()) == (200, NOTHING)
        assert [each["name"] for each in (await profile_of(shop, "ann"))["audienceMemberships"]] == names


async def test_attributes_that_shops_usually_have_are_there_unless_the_account_defines_them(shop: Shop) -> None:
    path = "/v2/customer_profiles/ann"
    usual = {"Name": "Ann", "Email": "ann@example.org", "BirthDate": "1990-02-28T00:00:00Z", "ShippingCountry": "DE"}
    assert (await shop.integrate("PUT", path, {"attributes": usual})).status_code == 200
    assert (await profile_of(shop, "ann"))["attributes"] == usual
    refused = await shop.integrate("PUT", path, {"attributes": {"BirthDate": "soon", "email": "x"}})
    assert pointers(refused) == ["/attributes/BirthDate", "/attributes/email"]
    number = {"entity": "CustomerProfile", "name": "Name", "title": "Name", "type": "number", "description": ""}
    await shop.create("/v1/attributes", number | {"editable": True, "suggestions": []})
    assert pointers(await shop.integrate("PUT", path, {"attributes": usual})) == ["/attributes/Name"]
