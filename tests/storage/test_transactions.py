"""Transactions commit or roll back, carry exact values, and speak of failures in our words."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import asyncpg
import pytest

from largesse.plumbing.database import Database, Query, UniqueViolation
from largesse.plumbing.problems import Conflict, Unavailable

pytestmark = pytest.mark.anyio

CREATE = Query("create", "CREATE TABLE things (id int PRIMARY KEY, n numeric, j jsonb)")
INSERT = Query("insert", "INSERT INTO things (id, n, j) VALUES ($1, $2, $3)")
COUNT = Query("count", "SELECT count(*) FROM things")
RAISE = Query("raise", "SELECT guard(false, 'coupon 17')")
TAKE = Query("take", "UPDATE things SET n = n - 1 WHERE id = $1 AND n >= 1")


@pytest.fixture
async def things(fresh_database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(fresh_database_url)
    async with database.transaction() as db:
        await db.run(CREATE)
        await db.run(INSERT, 1, Decimal(1), None)
    yield database
    await database.close()


async def count(database: Database) -> object:
    async with database.transaction(read_only=True) as db:
        return await db.value(COUNT)


async def test_a_block_that_ends_well_is_committed(things: Database) -> None:
    async with things.transaction() as db:
        assert await db.run(INSERT, 2, None, None) == 1
    assert await count(things) == 2


async def test_a_block_that_raises_is_rolled_back(things: Database) -> None:
    with pytest.raises(KeyError):
        async with things.transaction() as db:
            await db.run(INSERT, 2, None, None)
            raise KeyError
    assert await count(things) == 1


async def test_a_block_that_is_cancelled_is_rolled_back(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url, connections_max=1)
    started = asyncio.Event()

    async def stay() -> None:
        async with database.transaction() as db:
            await db.run(CREATE)
            started.set()
            await db.run(Query("sleep", "SELECT pg_sleep(60)"))

    task = asyncio.create_task(stay())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction() as db:
        assert await db.value(Query("there", "SELECT to_regclass('things')::text")) is None
    await database.close()


async def test_a_reader_cannot_write_and_sees_one_picture(things: Database) -> None:
    async with things.transaction(read_only=True) as reader:
        assert await reader.value(COUNT) == 1
        async with things.transaction() as writer:
            await writer.run(INSERT, 2, None, None)
        assert await reader.value(COUNT) == 1
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await reader.run(INSERT, 3, None, None)
    assert await count(things) == 2


@pytest.mark.parametrize("text", ["0.1", "10.00", "1E+15", "0.00000001", "123456789012345678901234567890.123456789"])
async def test_numbers_stay_exact(things: Database, text: str) -> None:
    number = Decimal(text)
    async with things.transaction() as db:
        await db.run(INSERT, 2, number, {"a": [number, True, None, "ü"], "b": 7})
        row = await db.row(Query("read", "SELECT n, j FROM things WHERE id = 2"))
    assert row is not None
    assert row["n"] == number
    read = row["j"]["a"][0]
    assert read == number
    assert not isinstance(read, float)
    assert row["j"]["b"] == 7
    assert row["j"]["a"][1:] == [True, None, "ü"]


async def test_many_rows_at_once(things: Database) -> None:
    async with things.transaction() as db:
        await db.many(INSERT, [(2, Decimal(2), None), (3, Decimal(3), None)])
        found = await db.rows(Query("all", "SELECT id FROM things ORDER BY id"))
    assert [row["id"] for row in found] == [1, 2, 3]


async def test_a_duplicate_names_its_constraint(things: Database) -> None:
    with pytest.raises(UniqueViolation) as raised:
        async with things.transaction() as db:
            await db.run(INSERT, 1, None, None)
    assert raised.value.constraint == "things_pkey"


async def test_a_guarded_statement_that_hits_nothing_is_a_conflict(things: Database) -> None:
    async with things.transaction() as db:
        await db.run_guarded(TAKE, 1)
    with pytest.raises(Conflict, match="take"):
        async with things.transaction() as db:
            await db.run_guarded(TAKE, 1)


async def test_a_guard_in_sql_is_a_conflict(things: Database) -> None:
    with pytest.raises(Conflict, match="coupon 17"):
        async with things.transaction() as db:
            await db.row(RAISE)


async def test_a_deadlock_is_a_conflict_for_one_of_two(things: Database) -> None:
    touch = Query("touch", "UPDATE things SET n = n WHERE id = $1")
    async with things.transaction() as db:
        await db.run(INSERT, 2, None, None)
    both_hold_one = asyncio.Barrier(2)

    async def touch_both(first: int, second: int) -> str:
        try:
            async with things.transaction() as db:
                await db.run(touch, first)
                await both_hold_one.wait()
                await db.run(touch, second)
        except Conflict:
            return "conflict"
        return "done"

    assert sorted(await asyncio.gather(touch_both(1, 2), touch_both(2, 1))) == ["conflict", "done"]


async def test_bugs_in_sql_stay_visible(things: Database) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        async with things.transaction() as db:
            await db.row(Query("wrong", "SELECT * FROM nowhere"))
    with pytest.raises(asyncpg.InterfaceError, match="expects 0 arguments"):
        async with things.transaction() as db:
            await db.row(COUNT, 1, 2)
    assert await count(things) == 1


async def test_a_lost_connection_is_unavailability_and_the_next_one_works(things: Database) -> None:
    end = Query("end", "SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(Unavailable):
        async with things.transaction() as db:
            await db.row(end)
    assert await count(things) == 1


async def test_a_statement_that_takes_too_long_is_unavailability(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url, statement_timeout_seconds=0.05)
    with pytest.raises(Unavailable):
        async with database.transaction() as db:
            await db.row(Query("sleep", "SELECT pg_sleep(60)"))
    await database.close()


async def test_nobody_there_is_said_to_be_so() -> None:
    with pytest.raises(Unavailable, match="Cannot open the database"):
        await Database.open("postgresql://nobody@127.0.0.1:1/none")
