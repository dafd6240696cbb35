"""How far customers come, over HTTP: what sessions answer, getCustomerAchievements and
getCustomerAchievementHistory; for staff
getCustomerProfileAchievementProgress and exportAchievements.
"""

import csv
from io import StringIO
from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

PAST, FUTURE = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


async def achieve(shop: Shop, **settings: Any) -> int:
    """The id of an achievement of ten euros, of a campaign that starts it and brings everybody further."""
    campaign = await shop.campaign()
    given = {"name": "Euros", "title": "Ten euros", "description": "Spend", "target": 10}
    made = await shop.create(f"{shop.path}/campaigns/{campaign['id']}/achievements", given | settings)
    effects = [
        ["startAchievementProgress", made["id"]],
        ["increaseAchievementProgress", made["id"], [".", "Session", "Total"]],
    ]
    await shop.rules(campaign["id"], {"title": "spend", "condition": ["and"], "effects": effects}, activate=True)
    achievement_id: int = made["id"]
    return achievement_id


async def close(shop: Shop, session_id: str, price: float, who: str = "ann", state: str = "closed") -> Any:
    """The answer to a session over an amount."""
    session = {"profileId": who, "state": state, "cartItems": [{"sku": "x", "quantity": 1, "price": price}]}
    body = {"customerSession": session, "responseContent": ["achievements"]}
    answer = await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def test_effects_and_the_answer_tell_how_far_a_customer_is(shop: Shop) -> None:
    achievement_id = await achieve(shop, period="30D")
    answer = await close(shop, "s", 2.5)
    start, increase = (effect["props"] for effect in answer["effects"])
    tracker = start["progressTrackerId"]
    assert start.items() >= {"achievementId": achievement_id, "achievementName": "Euros", "target": 10}.items()
    assert start["startDate"] < start["endDate"]
    assert increase == {
        "achievementId": achievement_id,
        "achievementName": "Euros",
        "progressTrackerId": tracker,
        "delta": 2.5,
        "value": 2.5,
        "target": 10,
        "isJustCompleted": False,
    }
    (shown,) = answer["achievements"]
    assert shown.items() >= {"id": achievement_id, "name": "Euros", "isCappedByTarget": True}.items()
    assert shown["currentProgress"].items() >= {"status": "inprogress", "progress": 2.5}.items()
    tentative = await close(shop, "t", 1, state="open")
    assert tentative["achievements"] == answer["achievements"]
    assert [effect["props"]["progressTrackerId"] for effect in tentative["effects"]] == [tracker]


async def test_a_customer_s_achievements_are_listed_with_filters(shop: Shop) -> None:
    begun = await achieve(shop)
    campaign = await shop.campaign()
    place = f"{shop.path}/campaigns/{campaign['id']}/achievements"
    others = {
        "later": {"activationPolicy": "fixed_schedule", "fixedStartDate": FUTURE},
        "gone": {"endDate": PAST},
        "open": {},
    }
    ids = {
        name: (await shop.create(place, {"name": name, "title": name, "description": "", "target": 1} | settings))["id"]
        for name, settings in others.items()
    }
    await close(shop, "s", 3)
    path = "/v1/customer_profiles/ann/achievements"
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({}, [begun, ids["open"]]),
        ({"achievementStatus": "active,scheduled"}, [begun, ids["later"], ids["open"]]),
        ({"achievementStatus": "scheduled"}, [ids["later"]]),
        ({"currentProgressStatus": "not_started"}, [ids["open"]]),
        ({"currentProgressStatus": "inprogress,completed"}, [begun]),
        ({"achievementIds": f"{ids['open']},{ids['gone']}"}, [ids["open"]]),
        ({"campaignIds": str(campaign["id"])}, [ids["open"]]),
    ]
    for query, wanted in cases:
        listed = (await shop.integrate("GET", path, query=query)).json()
        assert ([each["id"] for each in listed["data"]], listed["totalResultSize"]) == (wanted, len(wanted)), query
    page = (await shop.integrate("GET", path, query={"pageSize": 1, "skip": 1})).json()
    assert ([each["id"] for each in page["data"]], page["totalResultSize"]) == ([ids["open"]], 2)
    (entry,) = (await shop.integrate("GET", path, query={"achievementIds": str(begun)})).json()["data"]
    assert entry.items() >= {"status": "active", "target": 10, "title": "Ten euros"}.items()
    assert entry["currentProgress"].items() >= {"status": "inprogress", "progress": 3}.items()


async def test_the_history_of_an_achievement(shop: Shop) -> None:
    achievement_id = await achieve(shop, recurrencePolicy="on_completion")
    await close(shop, "s", 25)
    path = f"/v1/customer_profiles/ann/achievements/{achievement_id}"
    history = (await shop.integrate("GET", path)).json()
    assert history["totalResultSize"] == 3
    assert [(each["status"], each["progress"]) for each in history["data"]] == [
        ("inprogress", 5),
        ("completed", 10),
        ("completed", 10),
    ]
    assert all("endDate" not in each for each in history["data"])
    cases = [
        ({"progressStatus": "completed"}, 2),
        ({"progressStatus": "inprogress,expired"}, 1),
        ({"startDate": FUTURE}, 0),
        ({"endDate": FUTURE}, 3),
    ]
    for query, count in cases:
        assert (await shop.integrate("GET", path, query=query)).json()["totalResultSize"] == count, query
    assert len((await shop.integrate("GET", path, query={"pageSize": 1, "skip": 2})).json()["data"]) == 1


async def test_who_is_not_known_has_achieved_nothing(shop: Shop, other_shop: Shop) -> None:
    achievement_id = await achieve(shop)
    path = "/v1/customer_profiles/nobody/achievements"
    assert (await shop.integrate("GET", path)).status_code == 404
    await close(shop, "s", 1)
    assert (await shop.integrate("GET", "/v1/customer_profiles/ann/achievements/0")).status_code == 404
    foreign = f"/v1/customer_profiles/ann/achievements/{achievement_id}"
    assert (await other_shop.integrate("GET", foreign)).status_code == 404
    refused = await shop.integrate("GET", "/v1/customer_profiles/ann/achievements", query={"achievementStatus": "old"})
    assert (refused.status_code, pointers(refused)) == (400, ["achievementStatus"])
    skipped = await shop.integrate("GET", foreign, query={"skip": -1})
    assert (skipped.status_code, pointers(skipped)) == (400, ["skip"])


async def test_so_many_iterations_at_once_are_none(shop: Shop) -> None:
    await achieve(shop, recurrencePolicy="on_completion", target=0.01)
    answer = await close(shop, "s", 2)
    assert "completes an achievement more than 100 times" in answer["effects"][-1]["props"]["message"]


async def test_staff_see_how_far_a_customer_is(shop: Shop, other_shop: Shop) -> None:
    achievement_id = await achieve(shop, period="30D")
    await achieve(shop, name="Other", title="Another one")
    await close(shop, "s", 2.5)
    path = f"{shop.path}/achievement_progress/ann"
    listed = (await shop.manage("GET", path, query={"pageSize": 1})).json()
    (first,) = listed["data"]
    assert listed["hasMore"] and first["achievementId"] == achievement_id
    assert first.items() >= {"name": "Euros", "target": 10, "status": "inprogress", "progress": 2.5}.items()
    assert (
        first.items()
        >= {"achievementRecurrencePolicy": "no_recurrence", "achievementActivationPolicy": "user_action"}.items()
    )
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"skip": 1}, ["Other"]),
        ({"title": "EURO"}, ["Euros"]),
        ({"achievementId": achievement_id}, ["Euros"]),
        ({"achievementId": 0}, []),
    ]
    for query, names in cases:
        found = (await shop.manage("GET", path, query=query)).json()["data"]
        assert [each["name"] for each in found] == names, query
    nobody = (await shop.manage("GET", f"{shop.path}/achievement_progress/nobody")).json()
    assert nobody == {"hasMore": False, "data": []}
    refused = await shop.manage("GET", path, query={"skip": -1})
    assert (refused.status_code, pointers(refused)) == (400, ["skip"])
    assert (await other_shop.manage("GET", path)).status_code == 404


async def test_everybody_s_progress_goes_into_a_file(shop: Shop) -> None:
    achievement_id = await achieve(shop, recurrencePolicy="on_completion")
    campaign_id = (await shop.manage("GET", f"{shop.path}/campaigns")).json()["data"][0]["id"]
    await close(shop, "s", 12.5)
    await close(shop, "t", 1, who="bob")
    place = f"{shop.path}/campaigns/{campaign_id}/achievements"
    answer = await shop.manage("GET", f"{place}/{achievement_id}/export")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "application/csv")
    rows = [tuple(row.values())[:5] for row in csv.DictReader(StringIO(answer.text))]
    assert rows == [
        ("ann", "Ten euros", "10", "10", "completed"),
        ("ann", "Ten euros", "10", "2.5", "inprogress"),
        ("bob", "Ten euros", "10", "1", "inprogress"),
    ]
    assert (await shop.manage("GET", f"{place}/0/export")).status_code == 404


async def test_explaining_a_closed_session_does_not_count_its_own_progress(shop: Shop) -> None:
    campaign = await shop.campaign(limits=[{"action": "setDiscount", "limit": 5, "entities": []}])
    body = {"name": "One", "title": "One", "description": "", "target": 1}
    made = await shop.create(f"{shop.path}/campaigns/{campaign['id']}/achievements", body)
    step = {"title": "step", "condition": ["and"], "effects": [["increaseAchievementProgress", made["id"], 1]]}
    done = {
        "title": "done",
        "condition": ["and", ["checkAchievement", made["id"], "justCompleted"]],
        "effects": [["setDiscount", "five", 5]],
    }
    await shop.rules(campaign["id"], step, done, activate=True)
    assert [effect["effectType"] for effect in (await close(shop, "s", 10))["effects"]][-1] == "setDiscount"
    session_id = (await shop.integrate("GET", "/v2/customer_sessions/s")).json()["customerSession"]["id"]
    told = (await shop.manage("GET", f"{shop.path}/sessions/{session_id}/explain")).json()
    assert [rule["fired"] for each in told["campaigns"] for rule in each["rules"]] == [True, True]
