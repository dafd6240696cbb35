"""deliver_messages and forget_messages: what is in the outbox is sent, tried again while that may help, and logged."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.jobs import deliver_messages, forget_messages
from largesse.plumbing.database import Database, Query
from largesse.plumbing.queue.job import Step, Task
from largesse.storage.access.accounts import create_account
from largesse.storage.changes import save
from largesse.storage.outgoing.authentications import AuthenticationSettings, basic_headers, create_authentication
from largesse.storage.outgoing.outbox import RETRIED
from largesse.storage.scope import Scope
from tests.support.api import open_door, open_shop
from tests.support.outgoing.receiver import receiving

pytestmark = pytest.mark.anyio

# After anything the clock of this machine says, so that the moments below are the ones that count.
NOW = datetime(2040, 5, 1, 12, tzinfo=UTC)
LOG = Query("log", "SELECT * FROM message_log WHERE account_id = $1 ORDER BY attempt")
WAITING = Query("waiting", "SELECT * FROM outbox WHERE account_id = $1")
TASK = Task(
    account_id=0,
    id=1,
    application_id=0,
    kind="deliver_messages",
    what={},
    progress={},
    done=0,
    total=None,
    attempts=0,
    created=NOW,
)


@pytest.fixture
async def scope(database: Database) -> Scope:
    async with database.transaction() as db:
        return Scope(await create_account(db, "Sample Shops", NOW), 2)


def call(url: str, **changes: Any) -> CallWebhook:
    given: dict[str, Any] = {
        "message_id": str(uuid4()),
        "webhook_id": 7,
        "title": "Tell",
        "campaign_id": 3,
        "verb": "POST",
        "url": url,
        "headers": (("X-Order", "ä"), ("Content-Type", "application/json")),
        "body": '{"a": "ä"}',
    }
    return CallWebhook(**given | changes)


async def put(database: Database, scope: Scope, *calls: CallWebhook) -> None:
    async with database.transaction() as db:
        await save(db, scope, calls, NOW)


async def deliver(database: Database, seconds: float = 0) -> Step:
    async with database.transaction() as db:
        return await deliver_messages.JOB.run(db, TASK, NOW + timedelta(seconds=seconds))


async def rows(database: Database, query: Query, scope: Scope) -> list[Any]:
    async with database.transaction() as db:
        return await db.rows(query, scope.account_id)


async def test_a_call_is_sent_as_it_was_filled_in_and_logged(database: Database, scope: Scope) -> None:
    async with receiving(200) as receiver:
        sent = call(f"{receiver.url}/orders/%C3%A4?x=1")
        await put(database, scope, sent)
        assert (await deliver(database)).is_over
    (received,) = receiver.received
    assert received.line == "POST /orders/%C3%A4?x=1 HTTP/1.1"
    assert received.headers["x-uuid"] == sent.message_id
    assert received.headers["content-type"] == "application/json"
    assert received.body == '{"a": "ä"}'
    (entry,) = await rows(database, LOG, scope)
    assert (entry["message_id"], entry["attempt"], entry["status"]) == (UUID(sent.message_id), 1, 200)
    assert (entry["kind"], entry["source_id"], entry["source_name"], entry["campaign_id"]) == ("webhook", 7, "Tell", 3)
    assert (entry["response"], entry["requested"], entry["responded"]) == (b"heard", NOW, NOW)
    assert entry["request"].decode().startswith(f"POST {sent.url}\nX-Order: ä\n")
    assert await rows(database, WAITING, scope) == []


@pytest.mark.parametrize("status", [301, 400, 404])
async def test_what_is_refused_is_dropped(database: Database, scope: Scope, status: int) -> None:
    async with receiving(status) as receiver:
        await put(database, scope, call(receiver.url))
        await deliver(database)
        await deliver(database, 5)
    assert len(receiver.received) == 1
    assert [entry["status"] for entry in await rows(database, LOG, scope)] == [status]
    assert await rows(database, WAITING, scope) == []


async def test_what_fails_is_tried_again_after_growing_pauses(database: Database, scope: Scope) -> None:
    async with receiving(500, 503, 429, 200) as receiver:
        await put(database, scope, call(receiver.url))
        for seconds, count in ((0, 1), (0.5, 1), (1, 2), (2.9, 2), (3, 3), (6.9, 3), (7, 4), (1000, 4)):
            await deliver(database, seconds)
            assert len(receiver.received) == count, seconds
    assert len({received.headers["x-uuid"] for received in receiver.received}) == 1
    assert [entry["status"] for entry in await rows(database, LOG, scope)] == [500, 503, 429, 200]


async def test_it_is_given_up_after_ten_minutes(database: Database, scope: Scope) -> None:
    async with receiving(500) as receiver:
        await put(database, scope, call(receiver.url))
        seconds = 0.0
        for attempt in range(20):
            await deliver(database, seconds)
            seconds += 2**attempt
    # 1 + 2 + 4 + ... seconds: the tenth attempt would be 511 s after the first, the eleventh more than ten minutes.
    assert len(receiver.received) == 10
    assert timedelta(minutes=10) == RETRIED
    assert await rows(database, WAITING, scope) == []


async def test_nobody_listens(database: Database, scope: Scope) -> None:
    async with receiving(200) as receiver:
        pass
    await put(database, scope, call(receiver.url), call("https://exa mple/"))
    await deliver(database)
    log = await rows(database, LOG, scope)
    assert [(entry["status"], entry["responded"]) for entry in log] == [(None, None)] * 2
    assert all(entry["response"] for entry in log)
    assert [waiting["attempts"] for waiting in await rows(database, WAITING, scope)] == [1, 1]


async def test_what_is_sent_meanwhile_is_nobody_elses(database: Database, scope: Scope) -> None:
    async with receiving(200) as receiver:
        await put(database, scope, call(receiver.url))
        async with database.transaction() as db:
            await deliver_messages.JOB.run(db, TASK, NOW)
            await deliver(database)
            assert len(receiver.received) == 1
    assert len(await rows(database, LOG, scope)) == 1


async def test_secrets_are_sent_and_not_logged(database: Database, scope: Scope) -> None:
    settings = AuthenticationSettings(name="A", type="basic", username="u", headers=basic_headers("u", "secret"))
    async with database.transaction() as db:
        authentication = await create_authentication(db, scope.account_id, settings, "Ada", NOW)
    async with receiving(200) as receiver:
        headers = (("authorization", "of the author"),)
        await put(database, scope, call(receiver.url, headers=headers, authentication_id=authentication.id))
        await deliver(database)
    assert receiver.received[0].headers["authorization"] == "Basic dTpzZWNyZXQ="
    (entry,) = await rows(database, LOG, scope)
    assert b"dTpzZWNyZXQ=" not in entry["request"]


async def test_the_log_is_forgotten_after_seven_days(database: Database, scope: Scope) -> None:
    async with receiving(200) as receiver:
        await put(database, scope, call(receiver.url))
        await deliver(database)
    for days, left in ((7, 1), (8, 0)):
        async with database.transaction() as db:
            assert (await forget_messages.JOB.run(db, TASK, NOW + timedelta(days=days))).is_over
        assert len(await rows(database, LOG, scope)) == left


async def test_a_closed_session_is_told_once_and_a_dry_run_never(database: Database, database_url: str) -> None:
    order = {"type": "string", "title": "Order ID", "ui": {}}
    async with open_door(database_url) as client, receiving(200) as receiver:
        shop = await open_shop(client, database)
        webhook = {"title": "Tell", "draft": False, "verb": "PUT", "headers": [], "params": [order], "enabled": True}
        webhook |= {"url": f"{receiver.url}/${{$order_id}}", "applicationIds": []}
        made = await shop.create("/v1/webhooks", webhook | {"payload": '{"total": ${$Session.Total}}'})
        campaign = await shop.campaign()
        call = ["callApi", made["id"], ["kv", ["order_id", [".", "Session", "IntegrationId"]]]]
        await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": [call]})
        session = {"cartItems": [{"sku": "a", "price": 12.5, "quantity": 1}]}
        for state, query in (("open", {}), ("closed", {"dry": "true"}), ("closed", {})):
            await deliver(database, -1)
            assert receiver.received == []
            body = {"customerSession": session | {"state": state}}
            answer = await shop.integrate("PUT", "/v2/customer_sessions/s1", body, query=query)
            assert [effect["effectType"] for effect in answer.json()["effects"]] == ["triggerWebhook"]
        await deliver(database, -1)
        await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": {"state": "cancelled"}})
        await deliver(database, -1)
    (received,) = receiver.received
    assert (received.line, received.body) == ("PUT /s1 HTTP/1.1", '{"total": 12.5}')
