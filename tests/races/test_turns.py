"""Turns: of the requests for one session or one profile one runs and two wait, and the next is told to come back.

The test holds the turn itself, so that who waits does not depend on how fast anything is. Each request comes on a
connection of its own, which the kernel deals to either worker.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest

from tests.support.api import Shop
from tests.support.crowd import Answer, Shopper, all_at_once, cart, crowd
from tests.support.program import PATIENCE_SECONDS, POLL_SECONDS
from tests.support.server import Server

pytestmark = pytest.mark.anyio

WAITING = 3
TURNED_AWAY = 20
"""So many that they do not all reach one of the two workers."""

HOLD = "SELECT pg_advisory_lock(hashtextextended($1, 0))"
RELEASE = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
COUNT_WAITING = (
    "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
    "WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()"
)


@asynccontextmanager
async def turn_held(server: Server, gate: str) -> AsyncIterator[asyncpg.Connection]:
    """Nobody gets through this gate meanwhile."""
    connection = await asyncpg.connect(server.database_url)
    try:
        await connection.execute(HOLD, gate)
        yield connection
        await connection.execute(RELEASE, gate)
    finally:
        await connection.close()


async def until_waiting(connection: asyncpg.Connection, count: int) -> None:
    """Until so many requests wait for their turn."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await connection.fetchval(COUNT_WAITING) != count:
            await asyncio.sleep(POLL_SECONDS)


async def update(number: int, shopper: Shopper) -> Answer:
    """An update of one and the same session."""
    return await shopper.update("shared", cartItems=cart(number + 1))


async def update_another(number: int, shopper: Shopper) -> Answer:
    """An update of a session of one's own, for one and the same profile."""
    return await shopper.update(f"own-{number}", profileId="ann", cartItems=cart())


async def send_event(number: int, shopper: Shopper) -> Answer:
    """An event of one and the same profile."""
    return await shopper.track("v2", profileId="ann", type="liked")


@pytest.mark.parametrize(
    ("noun", "name", "send"),
    [("session", "shared", update), ("profile", "ann", update_another), ("profile", "ann", send_event)],
    ids=["one session", "one profile", "events of one profile"],
)
async def test_the_fourth_request_at_once_is_told_to_come_back(
    server: Server, shop: Shop, noun: str, name: str, send: Callable[[int, Shopper], Awaitable[Answer]]
) -> None:
    await shop.create("/v1/event_types", {"name": "liked", "title": "Liked"})
    whose = {"session": str(shop.application_id), "profile": "f"}[noun]
    gate = f"{noun} {shop.staff.account_id}/{whose}/{name}"
    async with crowd(server.url, shop.key, WAITING + TURNED_AWAY) as shoppers:
        waiters, late = shoppers[:WAITING], shoppers[WAITING:]
        async with turn_held(server, gate) as connection:
            waiting = asyncio.create_task(all_at_once(waiters, send))
            await until_waiting(connection, WAITING)
            turned_away = await all_at_once(late, lambda number, shopper: send(WAITING + number, shopper))
            assert [answer.status for answer in turned_away] == [409] * TURNED_AWAY
            message = f"Too many requests are updating this {noun} at the same time"
            assert all(answer.body == {"message": message, "errors": [], "StatusCode": 409} for answer in turned_away)
            dry = await late[0].update("shared", query="?dry=true", profileId="ann", cartItems=cart())
            assert dry.status == 200
            elsewhere = await late[0].update("elsewhere", profileId="bob", cartItems=cart())
            assert elsewhere.status == 200
        assert [answer.status for answer in await waiting] == [200] * WAITING
        assert (await send(0, late[0])).status == 200
        if noun == "session":
            assert (await late[0].look("shared")).body["customerSession"]["updateCount"] == WAITING + 1
