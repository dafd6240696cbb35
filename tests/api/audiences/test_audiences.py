"""Audiences over HTTP: createAudienceV2, updateAudienceV2, deleteAudienceV2, getAudiences, getAudiencesAnalytics,
getAudienceMemberships, deleteAudienceMembershipsV2, updateCustomerProfileAudiences, updateAudienceCustomersAttributes.
"""

from typing import Any

import pytest

from largesse.plumbing.database import Database
from tests.support.api import FAR_FUTURE, Shop, pointers

pytestmark = pytest.mark.anyio

NOWHERE = 999_999_999


async def make(shop: Shop, name: str, **settings: Any) -> dict[str, Any]:
    """A new audience."""
    made = await shop.integrate("POST", "/v2/audiences", {"name": name} | settings)
    assert made.status_code == 201, made.text
    audience: dict[str, Any] = made.json()
    return audience


async def move(shop: Shop, *actions: tuple[str, str, int]) -> int:
    """Customers join ("add") and leave ("delete") audiences; the status."""
    data = [{"action": action, "profileIntegrationId": who, "audienceId": where} for action, who, where in actions]
    return (await shop.integrate("POST", "/v2/customer_audiences", {"data": data})).status_code


async def members(shop: Shop, audience_id: int, **query: Any) -> list[str]:
    """Who is in an audience."""
    listed = await shop.manage("GET", f"/v1/audiences/{audience_id}/memberships", query=query)
    assert listed.status_code == 200, listed.text
    return [profile["integrationId"] for profile in listed.json()["data"]]


async def test_an_audience_is_created_renamed_and_deleted(shop: Shop) -> None:
    settings = {"description": "Who travels", "integration": "mParticle", "integrationId": "7"}
    audience = await make(shop, "Travel", **settings)
    expected = settings | {"name": "Travel", "accountId": shop.staff.account_id, "sandbox": False}
    assert audience.items() >= (expected | {"createdIn3rdParty": False, "subscribedApplicationsIds": []}).items()

    place = f"/v2/audiences/{audience['id']}"
    body = {"name": "Travellers", "subscribedApplicationsIds": [shop.application_id]}
    changed = await shop.integrate("PUT", place, body)
    assert (changed.status_code, changed.json()) == (200, audience | body)
    kept = await shop.integrate("PUT", place, {"name": "T"})
    assert kept.json() == audience | body | {"name": "T"}

    assert await move(shop, ("add", "ann", audience["id"])) == 204
    assert (await shop.integrate("DELETE", place)).status_code == 204
    for method, path, sent in (
        ("PUT", place, body),
        ("DELETE", place, None),
        ("DELETE", f"{place}/memberships", None),
        ("PUT", f"/v2/audience_customers/{audience['id']}/attributes", {}),
    ):
        assert (await shop.integrate(method, path, sent)).status_code == 404
    assert (await shop.manage("GET", f"/v1/audiences/{audience['id']}/memberships")).status_code == 404


async def test_an_id_of_an_integration_is_taken_once(shop: Shop, other_shop: Shop) -> None:
    third_party = {"integration": "braze", "integrationId": "a"}
    await make(shop, "One", **third_party)
    taken = await shop.integrate("POST", "/v2/audiences", {"name": "Two"} | third_party)
    assert (taken.status_code, pointers(taken)) == (409, ["/integrationId"])
    await make(shop, "Two", integration="segment", integrationId="a")
    await make(other_shop, "Theirs", **third_party)
    for _ in range(2):
        await make(shop, "Of our own", integration="braze")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": "x", "integrationId": ""}, "/integrationId"),
        ({"name": "x", "subscribedApplicationsIds": [NOWHERE]}, "/subscribedApplicationsIds/0"),
    ],
)
async def test_what_is_no_audience_is_refused(shop: Shop, body: dict[str, Any], pointer: str) -> None:
    refused = await shop.integrate("POST", "/v2/audiences", body)
    assert (refused.status_code, pointers(refused)) == (400, [pointer])


async def test_customers_join_and_leave_in_order(shop: Shop) -> None:
    first, second = [(await make(shop, name))["id"] for name in ("First", "Second")]
    moves = [("add", "ann", first), ("add", "bob", first), ("delete", "bob", first), ("add", "ann", second)]
    assert await move(shop, *moves, ("delete", "nobody", second)) == 204
    assert (await members(shop, first), await members(shop, second)) == (["ann"], ["ann"])
    assert await move(shop, ("add", "cleo", first), ("delete", "ann", first), ("add", "cleo", first)) == 204
    assert await members(shop, first) == ["cleo"]


async def test_nothing_is_done_where_one_action_cannot_be(shop: Shop, other_shop: Shop) -> None:
    ours, theirs = (await make(shop, "Ours"))["id"], (await make(other_shop, "Theirs"))["id"]
    assert await move(shop, ("add", "ann", ours), ("add", "ann", theirs)) == 404
    assert await members(shop, ours) == []
    for who in ("", "x" * 1001):
        assert await move(shop, ("add", "ann", ours), ("add", who, ours)) == 400
    assert await move(shop, *[("add", "ann", ours)] * 1001) == 400
    assert await move(shop) == 204
    assert await members(shop, ours) == []


async def test_live_and_sandbox_do_not_meet(shop: Shop) -> None:
    audience = (await make(shop, "Live"))["id"]
    body = {"name": "Sandbox", "timezone": "UTC", "currency": "EUR", "sandbox": True}
    sandbox = await shop.create("/v1/applications", body)
    key = await shop.create(f"/v1/applications/{sandbox['id']}/apikeys", {"title": "k", "expires": FAR_FUTURE})
    inside = Shop(shop.client, shop.staff, sandbox["id"], key["key"])
    assert await move(inside, ("add", "ann", audience)) == 404
    assert (await inside.integrate("DELETE", f"/v2/audiences/{audience}")).status_code == 404
    own = await make(inside, "Own")
    assert own["sandbox"] is True
    assert await move(inside, ("add", "ann", own["id"])) == 204
    assert (await members(shop, own["id"]), await members(shop, audience)) == (["ann"], [])


async def test_all_members_get_attributes_or_leave(shop: Shop) -> None:
    attribute = {"entity": "CustomerProfile", "name": "tier", "title": "tier", "type": "string", "description": ""}
    await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
    audience = (await make(shop, "Gold"))["id"]
    await move(shop, ("add", "ann", audience), ("add", "bob", audience))
    path = f"/v2/audience_customers/{audience}/attributes"
    assert (await shop.integrate("PUT", path, {"tier": "gold"})).status_code == 204
    listed = (await shop.manage("GET", f"/v1/audiences/{audience}/memberships")).json()["data"]
    assert [profile["attributes"] for profile in listed] == [{"tier": "gold"}] * 2
    refused = await shop.integrate("PUT", path, {"tier": 1, "size": 2})
    assert (refused.status_code, pointers(refused)) == (400, ["/tier", "/size"])
    assert (await shop.integrate("DELETE", f"/v2/audiences/{audience}/memberships")).status_code == 204
    assert await members(shop, audience) == []


async def test_audiences_and_members_are_listed_in_pages(shop: Shop) -> None:
    ids = [(await make(shop, name))["id"] for name in ("b", "a", "c")]
    listed = (await shop.manage("GET", "/v1/audiences", query={"sort": "-name", "pageSize": 2})).json()
    assert (listed["hasMore"], [audience["name"] for audience in listed["data"]]) == (True, ["c", "b"])
    query = {"sort": "name", "skip": 2, "withTotalResultSize": "true"}
    last = (await shop.manage("GET", "/v1/audiences", query=query)).json()
    assert (last["totalResultSize"], [audience["name"] for audience in last["data"]]) == (3, ["c"])
    assert (await shop.manage("GET", "/v1/audiences", query={"sort": "sandbox"})).status_code == 400

    await move(shop, *[("add", who, ids[0]) for who in ("Ann", "bob", "Joann")], ("add", "bob", ids[1]))
    assert await members(shop, ids[0], profileQuery="ann", sort="-integrationId") == ["Joann", "Ann"]
    first = await shop.manage("GET", f"/v1/audiences/{ids[0]}/memberships", query={"pageSize": 2})
    assert (first.json()["hasMore"], len(first.json()["data"])) == (True, 2)

    wanted = f"{ids[2]},{ids[0]},{NOWHERE},{ids[1]}"
    counted = await shop.manage("GET", "/v1/audiences/analytics", query={"audienceIds": wanted})
    told = [(each["audienceId"], each["membersCount"]) for each in counted.json()["data"]]
    assert told == [(ids[2], 0), (ids[0], 3), (ids[1], 1)]
    query = {"audienceIds": wanted, "sort": "-membersCount"}
    most = await shop.manage("GET", "/v1/audiences/analytics", query=query)
    assert [each["membersCount"] for each in most.json()["data"]] == [3, 1, 0]
    for audience_ids in ("", "x", ",".join(["1"] * 1001)):
        refused = await shop.manage("GET", "/v1/audiences/analytics", query={"audienceIds": audience_ids})
        assert (refused.status_code, pointers(refused)) == (400, ["audienceIds"])
    query = {"audienceIds": "1", "sort": "x"}
    assert (await shop.manage("GET", "/v1/audiences/analytics", query=query)).status_code == 400


async def test_rules_name_audiences_that_exist(shop: Shop, other_shop: Shop) -> None:
    theirs = (await make(other_shop, "Theirs"))["id"]
    campaign = await shop.campaign()
    rule = {"title": "r", "condition": ["and", ["audienceMember", "Current", theirs]], "effects": []}
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    refused = await shop.manage("POST", path, {"rules": [rule], "bindings": []})
    assert (refused.status_code, pointers(refused)) == (400, ["/rules/0/condition/1"])


async def test_a_rule_goes_without_an_audience_that_is_gone(shop: Shop) -> None:
    audience = (await make(shop, "Doomed"))["id"]
    campaign = await shop.campaign()
    rules = [
        {"title": "in", "condition": ["and"], "effects": [["addToAudience", "Current", audience]]},
        {"title": "still", "condition": ["and"], "effects": [["showNotification", "Info", "Still here"]]},
    ]
    await shop.rules(campaign["id"], *rules)
    assert await session(shop, "ann") == (["addToAudience", "showNotification"], [(audience, "Doomed")])
    await shop.integrate("PUT", f"/v2/audiences/{audience}", {"name": "Renamed"})
    assert (await session(shop, "ann"))[1] == [(audience, "Renamed")]
    await shop.integrate("DELETE", f"/v2/audiences/{audience}")
    assert await session(shop, "ann") == (["error", "showNotification"], [])


async def session(shop: Shop, who: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The types of the effects of a session, and the audiences of its customer after it."""
    body = {"customerSession": {"profileId": who}, "responseContent": ["customerProfile"]}
    state = (await shop.integrate("PUT", "/v2/customer_sessions/one", body)).json()
    audiences = state["customerProfile"]["audienceMemberships"]
    return [each["effectType"] for each in state["effects"]], [(each["id"], each["name"]) for each in audiences]


async def test_who_joins_notes_it_in_the_audience(shop: Shop, database: Database) -> None:
    audience = await make(shop, "Noted")
    assert "lastUpdate" not in audience
    await move(shop, ("add", "ann", audience["id"]))
    (listed,) = (await shop.manage("GET", "/v1/audiences")).json()["data"]
    assert listed["lastUpdate"] >= audience["created"]
