"""The `admit` function: one inside a gate, two waiting, the next turned away, whatever process they come from."""

import asyncio
import subprocess
import sys
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest

from largesse.plumbing.database import Crowded, Database, Query, Transaction

pytestmark = pytest.mark.anyio

ADMIT = Query("admit", "SELECT admit($1, 3)")
WAITING = Query(
    "waiting",
    "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND NOT l.granted AND a.datname = current_database()",
)

OTHER_PROCESS = """
import asyncio, sys
from largesse.plumbing.database import Crowded, Database, Query

async def main(url, gate):
    database = await Database.open(url)
    try:
        async with database.transaction() as db:
            await db.row(Query("admit", "SELECT admit($1, 3)"), [gate])
            print("admitted")
    except Crowded as crowded:
        print("crowded", crowded.gate)
    await database.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def until_waiting(database: Database, number: int) -> None:
    waiting: object = None
    while waiting != number:
        # A transaction each: within one, PostgreSQL shows the same picture of its activity again and again.
        async with database.transaction() as db:
            waiting = await db.value(WAITING)
        await asyncio.sleep(0.01)


async def in_other_process(url: str, gate: str) -> str:
    command = [sys.executable, "-c", OTHER_PROCESS, url, gate]
    ended = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True, timeout=60)
    return ended.stdout.strip()


async def pass_through(database: Database, gate: str, passed: list[str], name: str) -> None:
    async with database.transaction() as db:
        await db.row(ADMIT, [gate])
        passed.append(name)


async def test_the_fourth_is_turned_away_whoever_asks(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    passed: list[str] = []
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks, database.transaction() as inside:
        await inside.row(ADMIT, ["session 1"])
        for number, name in enumerate(["second", "third"], start=1):
            tasks.create_task(pass_through(database, "session 1", passed, name))
            await until_waiting(database, number)
        assert await in_other_process(fresh_database_url, "session 1") == "crowded session 1"
        assert await in_other_process(fresh_database_url, "session 2") == "admitted"
        with pytest.raises(Crowded):
            await pass_through(database, "session 1", passed, "fourth")
        assert passed == []
    assert passed == ["second", "third"]
    assert await in_other_process(fresh_database_url, "session 1") == "admitted"
    await database.close()


async def test_a_full_second_gate_gives_the_first_one_back(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks, database.transaction() as inside:
        await inside.row(ADMIT, ["profile 1"])
        for number in (1, 2):
            tasks.create_task(pass_through(database, "profile 1", [], ""))
            await until_waiting(database, number)
        with pytest.raises(Crowded) as raised:
            async with database.transaction() as db:
                await db.row(ADMIT, ["session 1", "profile 1"])
        assert raised.value.gate == "profile 1"
        await pass_through(database, "session 1", [], "")
    await database.close()


async def test_whoever_waited_reads_what_the_one_before_left(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    read = Query("read", "SELECT n FROM tally")
    write = Query("write", "UPDATE tally SET n = $1")
    async with database.transaction() as db:
        await db.run(Query("create", "CREATE TABLE tally AS SELECT 0::numeric AS n"))

    async def add_one(db: Transaction) -> None:
        await db.row(ADMIT, ["tally"])
        found = await db.value(read)
        assert isinstance(found, Decimal)
        await asyncio.sleep(0)
        await db.run(write, found + 1)

    async def keep_trying(times: int) -> None:
        while times:
            try:
                async with database.transaction() as db:
                    await add_one(db)
            except Crowded:
                await asyncio.sleep(0.001)
                continue
            times -= 1

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        for _ in range(8):
            tasks.create_task(keep_trying(10))
    async with database.transaction() as db:
        assert await db.value(read) == 80
    await database.close()


async def test_different_gates_do_not_meet(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    async with asyncio.timeout(60), AsyncExitStack() as stack:
        for number in range(10):
            db = await stack.enter_async_context(database.transaction())
            await db.row(ADMIT, [f"session {number}", f"profile {number}"])
    await database.close()
