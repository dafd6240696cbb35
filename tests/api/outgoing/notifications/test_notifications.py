"""Notifications over HTTP: our own createApplicationNotification, getApplicationNotifications,
getApplicationNotification, updateApplicationNotification and deleteApplicationNotification; and what
campaignEvaluationTreeChangedNotification tells."""

import json
from typing import Any

import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

OUTBOX = Query("outbox", "SELECT * FROM outbox WHERE account_id = $1 ORDER BY created, id")
NEW: dict[str, Any] = {
    "type": "campaign",
    "policy": {"name": "Tell", "batchingEnabled": True, "batchSize": 5},
    "enabled": True,
    "webhook": {"url": "https://listener.example/x", "headers": ["X-Key: 1"], "enabled": True},
}


def path(shop: Shop) -> str:
    return f"{shop.path}/notifications"


async def told(database: Database, shop: Shop) -> list[Any]:
    async with database.transaction() as db:
        return await db.rows(OUTBOX, shop.staff.account_id)


async def test_a_notification_is_created_read_changed_and_deleted(shop: Shop, other_shop: Shop) -> None:
    made = await shop.manage("POST", path(shop), NEW)
    assert made.status_code == 201, made.text
    notification = made.json()
    assert (notification["type"], notification["policy"], notification["enabled"]) == ("campaign", NEW["policy"], True)
    assert notification["webhook"].items() >= NEW["webhook"].items()
    one = f"{path(shop)}/{notification['id']}"
    assert (await shop.manage("GET", one)).json() == notification
    assert (await shop.manage("GET", path(shop))).json() == {"totalResultSize": 1, "data": [notification]}
    change = {"policy": {"name": "Other"}, "webhook": {"url": "listener.example", "headers": []}, "enabled": False}
    changed = (await shop.manage("PUT", one, change)).json()
    assert (changed["policy"]["name"], changed["enabled"]) == ("Other", False)
    assert changed["webhook"]["url"] == "https://listener.example"
    for method, body in (("GET", None), ("PUT", change), ("DELETE", None)):
        assert (await other_shop.manage(method, one, body)).status_code == 404
    assert (await other_shop.manage("POST", path(shop), NEW)).status_code == 404
    assert (await shop.manage("DELETE", one)).status_code == 204
    assert (await shop.manage("DELETE", one)).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"type": "weather"}, "/type"),
        ({"policy": {"name": ""}}, "/policy/name"),
        ({"policy": {"name": "x", "batchSize": 6}}, "/policy/batchSize"),
        ({"webhook": {"url": "ftp://x", "headers": []}}, "/webhook/url"),
        ({"webhook": {"url": "https://x", "headers": ["a"]}}, "/webhook/headers/0"),
        ({"webhook": {"url": "https://x", "headers": ["a: b\nc: d"]}}, "/webhook/headers/0"),
    ],
)
async def test_what_is_refused(shop: Shop, change: Any, pointer: str) -> None:
    answer = await shop.manage("POST", path(shop), NEW | change)
    assert (answer.status_code, pointers(answer)) == (400, [pointer]), answer.text


async def test_every_change_of_the_tree_is_told(shop: Shop, database: Database) -> None:
    before = await shop.campaign(name="Earlier")
    assert await told(database, shop) == []
    notification = await shop.create(path(shop), NEW)
    groups = f"{shop.path}/evaluation_groups"
    base = (await shop.manage("GET", f"{shop.path}/evaluation_tree")).json()
    group: dict[str, Any] = {"name": "G", "parentId": base["set"]["groupId"], "locked": False}
    group |= {"evaluationMode": "listOrder", "evaluationScope": "session"}
    made = await shop.create(groups, group)
    await shop.manage("PUT", f"{groups}/{made['id']}", group | {"name": "H"})
    campaign = await shop.campaign(name="Later", evaluationGroupId=made["id"])
    settings = {"name": "Later", "tags": [], "features": [], "limits": []}
    one = f"{shop.path}/campaigns/{campaign['id']}"
    assert (await shop.manage("PUT", one, settings)).status_code == 200
    moved = await shop.manage("PUT", one, settings | {"evaluationGroupId": base["set"]["groupId"]})
    assert moved.status_code == 200, moved.text
    tree = (await shop.manage("GET", f"{shop.path}/evaluation_tree")).json()
    arranged = await shop.manage("PUT", f"{shop.path}/evaluation_tree", tree)
    assert arranged.status_code == 200, arranged.text
    assert (await shop.manage("DELETE", one)).status_code == 204
    assert (await shop.manage("DELETE", f"{groups}/{made['id']}")).status_code == 204
    assert (await shop.manage("DELETE", f"{groups}/{made['id']}")).status_code == 404

    rows = await told(database, shop)
    assert {(row["kind"], row["source_id"], row["change_type"], row["url"]) for row in rows} == {
        ("notification", notification["id"], "CampaignEvaluationTreeChanged", "https://listener.example/x")
    }
    assert rows[0]["headers"] == {"Content-Type": "application/json", "X-Key": "1"}
    messages = sorted((json.loads(row["body"]) for row in rows), key=lambda each: version(each, "evaluationTree"))
    first = version(messages[0], "oldEvaluationTree")
    assert [version(each, "evaluationTree") for each in messages] == [first + step for step in range(1, 8)]
    assert [version(each, "oldEvaluationTree") for each in messages] == [first + step for step in range(7)]
    assert messages[0]["Data"][0]["oldEvaluationTree"]["set"]["elements"] == [
        {"type": "CAMPAIGN", "campaignId": before["id"]}
    ]
    assert messages[0]["Data"][0]["evaluationTree"]["set"]["elements"][1]["name"] == "G"
    for message in messages:
        check(message, PUBLISHED["CampaignEvaluationTreeChangedMessage"])


async def test_nobody_is_told_who_does_not_want_to_be(shop: Shop, database: Database) -> None:
    await shop.create(path(shop), NEW | {"enabled": False})
    await shop.create(path(shop), NEW | {"webhook": NEW["webhook"] | {"enabled": False}})
    await shop.campaign()
    assert await told(database, shop) == []


async def test_nothing_is_told_of_what_was_refused(shop: Shop, database: Database) -> None:
    await shop.create(path(shop), NEW)
    wrong = {"name": "G", "parentId": 1, "locked": False, "evaluationMode": "listOrder", "evaluationScope": "session"}
    assert (await shop.manage("POST", f"{shop.path}/evaluation_groups", wrong | {"parentId": 10**9})).status_code == 400
    assert await told(database, shop) == []


def version(message: dict[str, Any], which: str) -> int:
    found: int = message["Data"][0][which]["version"]
    return found


# The shapes of notifications.yaml: what each property is, and all that is allowed in a node of the tree. The prose
# and the log of messages name this NotificationType; the enumeration beside it, shared with other messages, does not.
PUBLISHED: dict[str, dict[str, Any]] = {
    "CampaignEvaluationTreeChangedMessage": {
        "NotificationType": {"CampaignEvaluationTreeChanged"},
        "TotalResultSize": int,
        "Data": ["CampaignEvaluationTreeChangedNotification"],
    },
    "CampaignEvaluationTreeChangedNotification": {
        "event": {"campaign_evaluation_tree_changed"},
        "applicationId": int,
        "oldEvaluationTree": "CampaignSet",
        "evaluationTree": "CampaignSet",
    },
    "CampaignSet": {"applicationId": int, "id": int, "version": int, "set": "CampaignSetBranchNode", "updatedBy": str},
    "CampaignSetBranchNode": {
        "type": {"SET"},
        "name": str,
        "operator": {"ALL", "FIRST"},
        "elements": ["CampaignSetNode"],
        "groupId": int,
        "locked": bool,
        "description": str,
        "evaluationMode": {"stackable", "listOrder", "lowestDiscount", "highestDiscount"},
        "evaluationScope": {"cartItem", "session"},
    },
    "CampaignSetLeafNode": {"type": {"CAMPAIGN"}, "campaignId": int},
}


def check(value: Any, shape: dict[str, Any]) -> None:
    """Whether a value has all that its published shape names (who changed a tree may be unknown), and nothing else."""
    assert value.keys() | {"updatedBy"} >= shape.keys() >= value.keys()
    for name, each in value.items():
        _check_one(each, shape[name])


def _check_one(value: Any, kind: Any) -> None:
    match kind:
        case set():
            assert value in kind
        case [inner]:
            for each in value:
                _check_one(each, inner)
        case "CampaignSetNode":
            check(value, PUBLISHED["CampaignSetBranchNode" if value["type"] == "SET" else "CampaignSetLeafNode"])
        case str():
            check(value, PUBLISHED[kind])
        case _:
            assert type(value) is kind
