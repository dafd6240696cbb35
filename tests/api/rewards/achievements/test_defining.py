"""Achievements over HTTP: createAchievement, listAchievements, getAchievement, updateAchievement, deleteAchievement."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

STAMPS = {"name": "Stamps", "title": "Ten stamps", "description": "One for each cup", "target": 10}
SUNDAY = {"dayOfWeek": 7, "hour": 23, "minute": 59, "second": 59}
PAST, FUTURE = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


async def place_of(shop: Shop) -> str:
    """The path of a new campaign's achievements."""
    return f"{shop.path}/campaigns/{(await shop.campaign())['id']}/achievements"


async def test_an_achievement_is_defined_read_changed_and_deleted(shop: Shop) -> None:
    place = await place_of(shop)
    made = await shop.create(place, STAMPS)
    given = {"recurrencePolicy": "no_recurrence", "activationPolicy": "user_action", "status": "inprogress"}
    assert made.items() >= (STAMPS | given | {"hasProgress": False, "allowRollbackAfterCompletion": False}).items()
    assert (made["userId"], made["createdBy"]) == (shop.staff.user_id, "Ada")
    one = f"{place}/{made['id']}"
    assert (await shop.manage("GET", one)).json() == made
    change = {"name": "Other", "description": "", "period": "30D", "recurrencePolicy": "on_expiration"}
    changed = await shop.manage("PUT", one, change)
    assert (changed.status_code, changed.json()) == (200, made | change | {"name": "Stamps"})
    weekly = (await shop.manage("PUT", one, {"periodEndOverride": SUNDAY})).json()
    assert weekly["periodEndOverride"] == SUNDAY and "period" not in weekly
    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, {})).status_code == 404


async def test_achievements_are_listed_in_pages(shop: Shop) -> None:
    place = await place_of(shop)
    for name in ("One", "Two", "Three"):
        await shop.create(place, STAMPS | {"name": name, "title": f"{name} of all"})
    first = (await shop.manage("GET", place, query={"pageSize": 2})).json()
    assert (first["hasMore"], [each["name"] for each in first["data"]]) == (True, ["One", "Two"])
    last = (await shop.manage("GET", place, query={"pageSize": 2, "skip": 2})).json()
    assert (last["hasMore"], [each["name"] for each in last["data"]]) == (False, ["Three"])
    found = (await shop.manage("GET", place, query={"title": "two OF"})).json()
    assert [each["name"] for each in found["data"]] == ["Two"]
    for query, parameter in (({"pageSize": 51}, "pageSize"), ({"skip": -1}, "skip")):
        refused = await shop.manage("GET", place, query=query)
        assert (refused.status_code, pointers(refused)) == (400, [parameter])


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"endDate": PAST}, "expired"),
        ({"endDate": FUTURE}, "inprogress"),
        ({"activationPolicy": "fixed_schedule", "fixedStartDate": FUTURE}, "not_started"),
        ({"activationPolicy": "fixed_schedule", "fixedStartDate": PAST}, "inprogress"),
    ],
)
async def test_the_status_of_an_achievement(shop: Shop, settings: dict[str, Any], status: str) -> None:
    assert (await shop.create(await place_of(shop), STAMPS | settings))["status"] == status


@pytest.mark.parametrize(
    ("settings", "places"),
    [
        ({"name": "1st"}, ["/name"]),
        ({"name": "x"}, ["/name"]),
        ({"name": "größe"}, ["/name"]),
        ({"title": ""}, ["/title"]),
        ({"target": 0}, ["/target"]),
        ({"target": None}, ["/target"]),
        ({"period": "soon"}, ["/period"]),
        ({"period": "0D"}, ["/period"]),
        ({"period": "1h_U"}, ["/period"]),
        ({"period": "1D", "periodEndOverride": SUNDAY}, ["/periodEndOverride"]),
        (
            {"periodEndOverride": SUNDAY | {"hour": 24, "second": -1}},
            ["/periodEndOverride/hour", "/periodEndOverride/second"],
        ),
        ({"periodEndOverride": SUNDAY | {"dayOfWeek": 8}}, ["/periodEndOverride/dayOfWeek"]),
        ({"periodEndOverride": SUNDAY | {"dayOfMonth": 1}}, ["/periodEndOverride/dayOfWeek"]),
        (
            {"periodEndOverride": {"month": 2, "hour": 0, "minute": 0, "second": 0}},
            ["/periodEndOverride/dayOfMonth"],
        ),
        ({"recurrencePolicy": "on_expiration"}, ["/period"]),
        ({"recurrencePolicy": "sometimes"}, ["/recurrencePolicy"]),
        (
            {"recurrencePolicy": "on_completion", "allowRollbackAfterCompletion": True},
            ["/allowRollbackAfterCompletion"],
        ),
        ({"activationPolicy": "fixed_schedule"}, ["/fixedStartDate"]),
        ({"fixedStartDate": FUTURE}, ["/fixedStartDate"]),
        ({"activationPolicy": "fixed_schedule", "fixedStartDate": FUTURE, "endDate": PAST}, ["/endDate"]),
        ({"endDate": "tomorrow"}, ["/endDate"]),
    ],
)
async def test_a_wrong_achievement_is_refused_with_its_places(
    shop: Shop, settings: dict[str, Any], places: list[str]
) -> None:
    answer = await shop.manage("POST", await place_of(shop), STAMPS | settings)
    assert (answer.status_code, pointers(answer)) == (400, places)


async def test_names_and_titles_are_unique_in_an_application(shop: Shop, other_shop: Shop) -> None:
    place, elsewhere = await place_of(shop), await place_of(shop)
    await shop.create(place, STAMPS)
    cases = [({"title": "T"}, "/name"), ({"name": "STAMPS", "title": "T"}, "/name"), ({"name": "nn"}, "/title")]
    for change, pointer in cases:
        taken = await shop.manage("POST", elsewhere, STAMPS | change)
        assert (taken.status_code, pointers(taken)) == (409, [pointer])
    second = await shop.create(elsewhere, STAMPS | {"name": "nn", "title": "T"})
    taken = await shop.manage("PUT", f"{elsewhere}/{second['id']}", {"title": "Ten stamps"})
    assert (taken.status_code, pointers(taken)) == (409, ["/title"])
    assert (await other_shop.manage("POST", await place_of(other_shop), STAMPS)).status_code == 201


async def test_another_account_sees_none_of_them(shop: Shop, other_shop: Shop) -> None:
    place = await place_of(shop)
    one = f"{place}/{(await shop.create(place, STAMPS))['id']}"
    for method, path, body in (
        ("GET", place, None),
        ("POST", place, STAMPS),
        ("GET", one, None),
        ("PUT", one, {}),
        ("DELETE", one, None),
    ):
        assert (await other_shop.manage(method, path, body)).status_code == 404


async def test_what_progress_means_cannot_be_changed_under_it(shop: Shop) -> None:
    campaign = await shop.campaign()
    place = f"{shop.path}/campaigns/{campaign['id']}/achievements"
    made = await shop.create(place, STAMPS)
    rule = {"title": "a stamp", "condition": ["and"], "effects": [["increaseAchievementProgress", made["id"], 1]]}
    await shop.rules(campaign["id"], rule, activate=True)
    body = {"customerSession": {"profileId": "ann", "state": "closed"}}
    assert (await shop.integrate("PUT", "/v2/customer_sessions/s", body)).is_success
    one = f"{place}/{made['id']}"
    assert (await shop.manage("GET", one)).json()["hasProgress"] is True
    refused = await shop.manage("PUT", one, {"target": 3, "recurrencePolicy": "on_completion"})
    assert (refused.status_code, pointers(refused)) == (400, ["/target", "/recurrencePolicy"])
    assert (await shop.manage("PUT", one, {"target": 10, "title": "Stamps of ten"})).status_code == 200
    # Whoever may write an achievement may also do away with it, and with the progress in it.
    assert (await shop.manage("DELETE", one)).status_code == 204
    again = (await shop.integrate("PUT", "/v2/customer_sessions/t", {"customerSession": {"profileId": "ann"}})).json()
    assert [effect["effectType"] for effect in again["effects"]] == ["error"]
