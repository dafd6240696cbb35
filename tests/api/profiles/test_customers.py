"""Staff look through customers: getCustomerProfiles, getCustomerProfile, getCustomersByAttributes, and per Application
getApplicationCustomers, getApplicationCustomer, getApplicationCustomersByAttributes, getApplicationCustomerFriends.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.carts import profile_of

pytestmark = pytest.mark.anyio

WELCOME = {"title": "welcome", "condition": ["and", ["referralValid"]], "effects": [["setDiscount", "welcome", 1]]}


def names(told: dict[str, Any]) -> list[str]:
    """The integration ids of the customers of a page."""
    return [customer["integrationId"] for customer in told["data"]]


async def read(shop: Shop, path: str, **query: Any) -> Any:
    """What a GET answers."""
    answer = await shop.manage("GET", path, query=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def search(shop: Shop, path: str, body: dict[str, Any], **query: Any) -> Any:
    """What a search answers."""
    answer = await shop.manage("POST", path, body, query=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
async def known(shop: Shop) -> Shop:
    """A shop that knows ann, bob and cleo, of whom ann and cleo are gold."""
    await shop.create(
        "/v1/attributes",
        {"entity": "CustomerProfile", "name": "tier", "title": "tier", "type": "string", "description": ""}
        | {"suggestions": [], "editable": True},
    )
    for name, tier in (("ann", "gold"), ("bob", "silver"), ("cleo", "gold")):
        await shop.integrate("PUT", f"/v2/customer_profiles/{name}", {"attributes": {"tier": tier}})
    return shop


async def test_all_customers_are_listed_in_pages(known: Shop) -> None:
    first = await read(known, "/v1/customers/no_total", pageSize=2)
    assert (names(first), first["hasMore"]) == (["ann", "bob"], True)
    last = await read(known, "/v1/customers/no_total", pageSize=2, skip=2)
    assert (names(last), last["hasMore"]) == (["cleo"], False)
    assert names(await read(known, "/v1/customers/no_total", sandbox="true")) == []
    ann = await profile_of(known, "ann")
    assert first["data"][0] == ann == await read(known, f"/v1/customers/{ann['id']}")


async def test_customers_of_an_application_are_those_of_its_environment(known: Shop) -> None:
    path = f"{known.path}/customers"
    counted = await read(known, path, withTotalResultSize="true", pageSize=2)
    assert (names(counted), counted["totalResultSize"], "hasMore" in counted) == (["ann", "bob"], 3, False)
    plain = await read(known, path, pageSize=2)
    assert (plain["hasMore"], "totalResultSize" in plain) == (True, False)
    one = await read(known, path, integrationId="bob")
    assert (names(one), one["hasMore"]) == (["bob"], False)
    bob = one["data"][0]
    assert await read(known, f"{path}/{bob['id']}") == bob
    sandbox = {"name": "Trial", "timezone": "UTC", "currency": "EUR", "sandbox": True}
    trial = await known.create("/v1/applications", sandbox)
    trial_path = f"/v1/applications/{trial['id']}/customers"
    assert names(await read(known, trial_path)) == []
    assert (await known.manage("GET", f"{trial_path}/{bob['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["ann", "bob", "cleo"]),
        ({"attributes": {}}, ["ann", "bob", "cleo"]),
        ({"attributes": {"tier": "gold"}}, ["ann", "cleo"]),
        ({"attributes": {"tier": "gold", "other": 1}}, []),
        ({"integrationIDs": ["cleo", "bob", "nobody"]}, ["bob", "cleo"]),
        ({"integrationIDs": ["cleo", "bob"], "attributes": {"tier": "gold"}}, ["cleo"]),
    ],
    ids=str,
)
async def test_customers_are_searched(known: Shop, body: dict[str, Any], expected: list[str]) -> None:
    assert names(await search(known, "/v1/customer_search/no_total", body)) == expected
    found = await search(known, f"{known.path}/customer_search", body, withTotalResultSize="true")
    assert (names(found), found["totalResultSize"]) == (expected, len(expected))


async def test_customers_are_searched_by_our_ids(known: Shop) -> None:
    ann = await profile_of(known, "ann")
    for path in ("/v1/customer_search/no_total", f"{known.path}/customer_search"):
        assert names(await search(known, path, {"profileIDs": [ann["id"], 10**12]})) == ["ann"]


async def test_friends_are_told_with_their_sessions(known: Shop) -> None:
    campaign = await known.campaign()
    await known.rules(campaign["id"], WELCOME, activate=True)
    body = {"campaignId": campaign["id"], "advocateProfileIntegrationId": "ann", "usageLimit": 0}
    code = (await known.integrate("POST", "/v1/referrals", body)).json()["code"]
    for session_id, name in (("s1", "cleo"), ("s2", "bob")):
        session = {"profileId": name, "referralCode": code, "state": "closed"}
        await known.integrate("PUT", f"/v2/customer_sessions/{session_id}", {"customerSession": session})
    path = f"{known.path}/profile/ann/friends"
    told = await read(known, path)
    assert (told["hasMore"], [each["friendIntegrationId"] for each in told["data"]]) == (False, ["cleo", "bob"])
    first = told["data"][0]
    assert first.pop("created") <= told["data"][1]["created"]
    assert first == {
        "applicationId": known.application_id,
        "sessionId": "s1",
        "advocateIntegrationId": "ann",
        "friendIntegrationId": "cleo",
        "code": code,
    }
    counted = await read(known, path, withTotalResultSize="true", pageSize=1, sort="friendIntegrationId")
    assert (counted["totalResultSize"], counted["data"][0]["friendIntegrationId"]) == (2, "bob")
    assert (await read(known, f"{known.path}/profile/bob/friends"))["data"] == []
    (bob,) = (await read(known, f"{known.path}/customers", integrationId="bob"))["data"]
    assert bob["advocateIntegrationId"] == "ann"


async def test_refused(known: Shop, other_shop: Shop) -> None:
    ann = await profile_of(known, "ann")
    for asking, path in (
        (known, f"/v1/customers/{10**12}"),
        (known, f"{known.path}/customers/{10**12}"),
        (other_shop, f"/v1/customers/{ann['id']}"),
        (other_shop, f"{other_shop.path}/customers/{ann['id']}"),
        (other_shop, f"{known.path}/customers"),
        (other_shop, f"{known.path}/profile/ann/friends"),
    ):
        assert (await asking.manage("GET", path)).status_code == 404
    assert (await other_shop.manage("POST", f"{known.path}/customer_search", {})).status_code == 404
    assert names(await read(other_shop, "/v1/customers/no_total")) == []
    for path, query, where in (
        (f"{known.path}/profile/ann/friends", {"sort": "code"}, "sort"),
        (f"{known.path}/customers", {"pageSize": 0}, "pageSize"),
        ("/v1/customers/no_total", {"skip": -1}, "skip"),
    ):
        answer = await known.manage("GET", path, query=query)
        assert (answer.status_code, pointers(answer)) == (400, [where])
    answer = await known.manage("POST", "/v1/customer_search/no_total", {"profileIDs": ["ann"]})
    assert (answer.status_code, pointers(answer)) == (400, ["/profileIDs/0"])
