"""trackEventV3 and getEventV3: events with an id, which go back to closed sessions."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.carts import profile_of

pytestmark = pytest.mark.anyio

PATH = "/v3/events"
EVENT: dict[str, Any] = {"profileId": "ann", "type": "delivered", "integrationId": "event-1"}
TOLD = {"silent": "no"}
TOTAL = [".", "AdvancedEventConnectedSession", "Total"]
RULE = {
    "title": "thanks",
    "condition": ["and", [">", TOTAL, 50], ["=", [".", "AdvancedEvent", "IntegrationId"], "event-1"]],
    "effects": [["showNotification", "Info", ["concat", [".", "Event", "SessionId"], ": ", ["toString", TOTAL]]]],
}


@pytest.fixture
async def delivering(shop: Shop) -> Shop:
    """A shop that sends events of the type delivered, with a closed session and an open one."""
    await shop.create("/v1/event_types", {"name": "delivered", "title": "Delivered"})
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], RULE)
    cart = [{"sku": "shoe", "quantity": 2, "price": 40}]
    for name, state in (("bought", "closed"), ("buying", "open")):
        body = {"customerSession": {"profileId": "ann", "cartItems": cart, "state": state}}
        await shop.integrate("PUT", f"/v2/customer_sessions/{name}", body)
    return shop


async def test_rules_see_the_session_that_an_event_goes_back_to(delivering: Shop) -> None:
    body = EVENT | {"connectedSessionId": "bought", "responseContent": ["advancedEvent", "customerProfile"]}
    answer = await delivering.integrate("POST", PATH, body, query=TOLD)
    assert answer.status_code == 200, answer.text
    state = answer.json()
    assert [effect["props"]["title"] for effect in state["effects"]] == ["bought: 80"]
    event = state["advancedEvent"]
    expected: dict[str, Any] = EVENT | {"connectedSessionId": "bought", "attributes": {}}
    assert {name: event[name] for name in expected} == expected
    assert state["customerProfile"] == await profile_of(delivering, "ann")
    read = await delivering.integrate("GET", f"{PATH}/event-1")
    assert (read.status_code, read.json()) == (200, event)


async def test_an_id_is_given_once(delivering: Shop, other_shop: Shop) -> None:
    assert (await delivering.integrate("POST", PATH, EVENT, query=TOLD | {"dry": "true"})).status_code == 200
    assert (await delivering.integrate("GET", f"{PATH}/event-1")).status_code == 404
    silent = await delivering.integrate("POST", PATH, EVENT | {"responseContent": ["customerProfile"]})
    assert (silent.status_code, silent.json()) == (200, {"effects": [], "createdCoupons": [], "createdReferrals": []})
    queries: list[dict[str, str]] = [{}, TOLD, {"dry": "true"}]
    for query in queries:
        again = await delivering.integrate("POST", PATH, EVENT | {"profileId": "bob"}, query=query)
        assert (again.status_code, pointers(again)) == (409, ["/integrationId"])
    assert (await profile_of(delivering, "bob"))["id"] == 0
    assert (await other_shop.integrate("GET", f"{PATH}/event-1")).status_code == 404


async def test_without_a_session_there_is_nothing_to_read_of_it(delivering: Shop) -> None:
    state = (await delivering.integrate("POST", PATH, EVENT, query=TOLD)).json()
    assert (state["effects"], "advancedEvent" in state) == ([], False)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"integrationId": ""}, ["/integrationId"]),
        ({"integrationId": "x" * 1001}, ["/integrationId"]),
        ({"connectedSessionId": "unknown"}, ["/connectedSessionId"]),
        ({"connectedSessionId": "buying"}, ["/connectedSessionId"]),
        ({"profileId": ""}, ["/profileId"]),
        ({"type": "returned"}, ["/type"]),
        ({"responseContent": ["event"]}, ["/responseContent/0"]),
    ],
    ids=lambda each: str(each)[:40],
)
async def test_refused_with_its_place(delivering: Shop, body: dict[str, Any], where: list[str]) -> None:
    answer = await delivering.integrate("POST", PATH, EVENT | body, query=TOLD)
    assert (answer.status_code, pointers(answer)) == (400, where)
