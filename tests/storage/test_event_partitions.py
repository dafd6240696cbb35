"""Events lie in monthly partitions; one that comes before its month has a partition is kept and moved later."""

from datetime import UTC, datetime

import pytest

from largesse.plumbing.database import Database, Query, Transaction
from largesse.storage.shopping.sessions import make_event_partitions

pytestmark = pytest.mark.anyio

INSERT = Query(
    "insert",
    "INSERT INTO events (account_id, application_id, created, type, effects) VALUES (1, 1, $1, 'test', '[]')",
)
ENSURE = Query("ensure", "SELECT ensure_event_partitions($1, $2)")
PLACES = Query("places", "SELECT tableoid::regclass::text AS place FROM events ORDER BY created")

FAR = datetime(2090, 11, 15, tzinfo=UTC)


async def places(db: Transaction) -> list[str]:
    return [row["place"] for row in await db.rows(PLACES)]


async def test_this_month_and_the_next_two_are_ready(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    async with database.transaction() as db:
        await db.run(Query("now", "INSERT INTO events SELECT 1, 1, 1, now(), 'test', NULL, '', NULL, '{}', ''"))
        assert (await places(db))[0].startswith("events_2")
        await db.run(
            Query("now", "INSERT INTO events SELECT 1, 1, 2, now() + '2 months', 'test', NULL, '', NULL, '{}', ''")
        )
        assert "events_default" not in await places(db)
    await database.close()


async def test_the_default_partition_gives_up_its_rows(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    last_moment = datetime(2090, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    first_moment = datetime(2091, 1, 1, tzinfo=UTC)
    beyond = datetime(2091, 3, 1, tzinfo=UTC)
    async with database.transaction() as db:
        for moment in (FAR, last_moment, first_moment, beyond):
            await db.run(INSERT, moment)
        assert await places(db) == ["events_default"] * 4
        await db.run(ENSURE, FAR, 4)
        assert await places(db) == ["events_2090_11", "events_2090_12", "events_2091_01", "events_default"]
        await db.run(ENSURE, FAR, 5)
        assert (await places(db))[-1] == "events_2091_03"
    await database.close()


async def test_making_partitions_again_changes_nothing(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    tables = Query("tables", "SELECT count(*) FROM pg_class WHERE relname LIKE 'events%'")
    async with database.transaction() as db:
        await db.run(ENSURE, FAR, 2)
        before = await db.value(tables)
        await db.run(ENSURE, FAR, 2)
        assert await db.value(tables) == before
    await database.close()


async def test_a_partition_has_the_indexes_of_all_events(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    indexes = Query("indexes", "SELECT count(*) FROM pg_index WHERE indrelid = $1::text::regclass")
    async with database.transaction() as db:
        await db.run(ENSURE, FAR, 1)
        assert await db.value(indexes, "events_2090_11") == await db.value(indexes, "events")
        attached = "SELECT count(*) FROM pg_inherits WHERE inhrelid::regclass::text LIKE 'events_2090_11%'"
        assert await db.value(Query("attached", attached)) == 4
    await database.close()


async def test_a_server_that_starts_makes_room_for_what_comes(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    async with database.transaction() as db:
        await make_event_partitions(db, FAR)
        await db.run(INSERT, datetime(2091, 1, 31, tzinfo=UTC))
        assert await places(db) == ["events_2091_01"]
    await database.close()
