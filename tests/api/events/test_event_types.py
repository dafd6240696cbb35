"""Types of events over HTTP: our own createEventType, and getEventTypes and getApplicationEventTypes."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/event_types"
SURVEY = {"name": "surveyCompleted", "title": "Survey completed", "description": "To the end"}


async def test_types_are_defined_and_listed(shop: Shop, other_shop: Shop) -> None:
    made = await shop.create(PATH, SURVEY)
    assert made.items() >= SURVEY.items()
    await shop.create(PATH, {"name": "liked", "title": "Liked"})
    await other_shop.create(PATH, SURVEY)
    listed = (await shop.manage("GET", PATH, query={"sort": "-name", "pageSize": 1})).json()
    assert (listed["totalResultSize"], listed["data"]) == (2, [made])
    named = (await shop.manage("GET", PATH, query={"name": "liked"})).json()
    assert [each["title"] for each in named["data"]] == ["Liked"]
    assert (await shop.manage("GET", PATH, query={"sort": "description"})).status_code == 400


async def test_a_name_is_taken_once_and_never_built_in(shop: Shop) -> None:
    await shop.create(PATH, SURVEY)
    taken = await shop.manage("POST", PATH, SURVEY)
    assert (taken.status_code, pointers(taken)) == (409, ["/name"])
    refused = await shop.manage("POST", PATH, SURVEY | {"name": "talon_session_closed"})
    assert (refused.status_code, pointers(refused)) == (400, ["/name"])


async def test_an_attribute_of_a_type_defines_the_type(shop: Shop) -> None:
    attribute = {"entity": "Event", "eventType": "pageViewed", "type": "string", "description": ""}
    for name in ("page", "referrer"):
        body: dict[str, Any] = attribute | {"name": name, "title": name, "suggestions": [], "editable": True}
        await shop.create("/v1/attributes", body)
    listed = (await shop.manage("GET", PATH)).json()["data"]
    assert [(each["name"], each["title"]) for each in listed] == [("pageViewed", "pageViewed")]


async def test_the_types_that_were_recorded(shop: Shop) -> None:
    await shop.create(PATH, SURVEY)
    path = f"{shop.path}/event_types"
    assert (await shop.manage("GET", path)).json() == {"totalResultSize": 0, "data": []}
    await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": {}})
    await shop.integrate("POST", "/v2/events", {"profileId": "ann", "type": "surveyCompleted"})
    names = ["surveyCompleted", "talon_session_created"]
    assert (await shop.manage("GET", path)).json() == {"totalResultSize": 2, "data": names}
    down = (await shop.manage("GET", path, query={"sort": "-type", "pageSize": 1})).json()
    assert down == {"totalResultSize": 2, "data": names[1:]}
    assert (await shop.manage("GET", "/v1/applications/999999999/event_types")).status_code == 404
