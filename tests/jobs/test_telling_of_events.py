"""Webhooks that rules call about events and updates of profiles: each is sent once, and a dry run sends nothing."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from largesse.jobs import deliver_messages
from largesse.plumbing.database import Database, Query
from largesse.plumbing.queue.job import Task
from tests.support.api import Shop, open_door, open_shop
from tests.support.outgoing.receiver import Receiver, receiving

pytestmark = pytest.mark.anyio

# What waits is due whatever the clock says.
LATER = datetime(2040, 5, 1, 12, tzinfo=UTC)
WAITING = Query("waiting", "SELECT id FROM outbox WHERE account_id = $1")
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
    created=LATER,
)
Sent = tuple[str, str, dict[str, Any], str, dict[str, str]]
V2: Sent = ("POST", "/v2/events", {"profileId": "ann", "type": "liked"}, "liked", {"silent": "no"})
V3: Sent = (
    "POST",
    "/v3/events",
    {"profileId": "ann", "type": "liked", "integrationId": "first"},
    "liked",
    {"silent": "no"},
)
PROFILE: Sent = ("PUT", "/v2/customer_profiles/ann", {}, "profileCreated", {"runRuleEngine": "true"})


async def open_telling_shop(client: httpx.AsyncClient, database: Database, receiver: Receiver, event: str) -> Shop:
    """A shop that calls the receiver whenever such an event comes."""
    shop = await open_shop(client, database)
    await shop.create("/v1/event_types", {"name": "liked", "title": "Liked"})
    who = {"type": "string", "title": "Who", "ui": {}}
    webhook = {"title": "Tell", "draft": False, "verb": "POST", "headers": [], "params": [who], "enabled": True}
    webhook |= {"url": f"{receiver.url}/${{$who}}", "applicationIds": [], "payload": "{}"}
    made = await shop.create("/v1/webhooks", webhook)
    campaign = await shop.campaign(limits=[{"action": "callApi", "limit": 5, "entities": []}])
    call = ["callApi", made["id"], ["kv", ["who", [".", "Profile", "IntegrationId"]]]]
    await shop.rules(campaign["id"], {"title": "tell", "condition": ["and", ["eventIs", event]], "effects": [call]})
    return shop


async def deliver(database: Database) -> None:
    """One round of the job."""
    async with database.transaction() as db:
        await deliver_messages.JOB.run(db, TASK, LATER)


async def waiting(database: Database, shop: Shop) -> int:
    """How much the outbox holds."""
    async with database.transaction() as db:
        return len(await db.rows(WAITING, shop.staff.account_id))


def effects_of(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [effect["effectType"] for effect in answer.json()["effects"]]


@pytest.mark.parametrize("sent", [V2, V3, PROFILE], ids=["v2", "v3", "profile"])
async def test_an_event_is_told_once_and_a_dry_run_never(database: Database, database_url: str, sent: Sent) -> None:
    method, path, body, event, query = sent
    async with open_door(database_url) as client, receiving(200) as receiver:
        shop = await open_telling_shop(client, database, receiver, event)
        dry = await shop.integrate(method, path, body, query=query | {"dry": "true"})
        assert effects_of(dry) == ["triggerWebhook"]
        await deliver(database)
        assert (await waiting(database, shop), receiver.received) == (0, [])
        assert effects_of(await shop.integrate(method, path, body, query=query)) == ["triggerWebhook"]
        assert (await waiting(database, shop), receiver.received) == (1, [])
        for _ in range(2):
            await deliver(database)
    assert [received.line for received in receiver.received] == ["POST /ann HTTP/1.1"]
    assert await waiting(database, shop) == 0


async def test_an_event_that_is_sent_twice_is_told_once(database: Database, database_url: str) -> None:
    method, path, body, event, query = V3
    async with open_door(database_url) as client, receiving(200) as receiver:
        shop = await open_telling_shop(client, database, receiver, event)
        answers = await asyncio.gather(*(shop.integrate(method, path, body, query=query) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
        await deliver(database)
    assert len(receiver.received) == 1


async def test_each_of_many_events_is_told_as_far_as_the_budget_goes(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client, receiving(200) as receiver:
        shop = await open_telling_shop(client, database, receiver, "liked")

        async def like(number: int) -> list[str]:
            body = {"profileId": f"customer-{number}", "type": "liked"}
            return effects_of(await shop.integrate("POST", "/v2/events", body, query={"silent": "no"}))

        told = await asyncio.gather(*(like(number) for number in range(9)))
        for _ in range(3):
            await deliver(database)
    wanted = sorted(f"POST /customer-{number} HTTP/1.1" for number, effects in enumerate(told) if effects)
    assert (sorted(received.line for received in receiver.received), len(wanted)) == (wanted, 5)
