"""The installation's own jobs: what is too old goes, shop by shop, and what is not stays."""

from datetime import datetime, timedelta

import pytest

from largesse.plumbing import clock
from largesse.plumbing.database import Database, Query, Transaction
from largesse.storage.jobs import sweeping
from tests.support.jobs import work_off, worker_of

pytestmark = pytest.mark.anyio

REPLY = Query(
    "reply",
    "INSERT INTO idempotent_replies VALUES ($1, $2, decode(md5($3::text), 'hex'), '', 200, 'application/json', '', $4)",
)
DELETED = Query("deleted", "INSERT INTO deleted_coupons VALUES ($1, $2, $3::text::bigint, $4, '{}')")
FINISHED = Query(
    "finished",
    "INSERT INTO jobs (account_id, kind, what, state, created_by, created, due, finished) "
    "VALUES ($1, 'create_coupons', '{}', $2, 0, $3, $3, $4)",
)


async def count(db: Transaction, table: str, account_id: int) -> object:
    """How many rows an account has."""
    return await db.value(Query("count", f"SELECT count(*) FROM {table} WHERE account_id = $1"), account_id)


@pytest.mark.parametrize(
    ("table", "insert", "kept"),
    [("idempotent_replies", REPLY, timedelta(hours=24)), ("deleted_coupons", DELETED, timedelta(days=7))],
)
async def test_what_is_too_old_goes(
    fresh_database_url: str, monkeypatch: pytest.MonkeyPatch, table: str, insert: Query, kept: timedelta
) -> None:
    monkeypatch.setattr(sweeping, "ROWS_PER_SWEEP_MAX", 2)
    database = await Database.open(fresh_database_url)
    now = clock.now()
    async with database.transaction() as db:
        for account_id, application_id in ((1, 1), (1, 2), (3, 1)):
            for number in range(5):
                await db.run(insert, account_id, application_id, str(number), now - kept)
            await db.run(insert, account_id, application_id, "5", now - kept + timedelta(hours=1))
    await worker_of(database).schedule()
    assert await work_off(database) == []
    async with database.transaction() as db:
        assert [await count(db, table, account_id) for account_id in (1, 3)] == [2, 1]
    await work_off(database, ahead=timedelta(hours=25))
    async with database.transaction() as db:
        assert [await count(db, table, account_id) for account_id in (1, 3)] == [0, 0]
    await database.close()


async def test_jobs_that_ended_long_ago_are_forgotten(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    now = clock.now()
    async with database.transaction() as db:
        for state, finished in (("completed", 31), ("failed", 31), ("completed", 29)):
            moment: datetime = now - timedelta(days=finished)
            await db.run(FINISHED, 1, state, moment, moment)
    await worker_of(database).schedule()
    await work_off(database)
    async with database.transaction() as db:
        assert await count(db, "jobs", 1) == 1
    await database.close()


async def test_months_to_come_are_made_while_a_server_runs(fresh_database_url: str) -> None:
    database = await Database.open(fresh_database_url)
    await worker_of(database).schedule()
    await work_off(database, ahead=timedelta(days=365))
    partitions = Query("partitions", "SELECT count(*) FROM pg_class WHERE relname LIKE $1 AND relkind = 'r'")
    async with database.transaction() as db:
        wanted = f"events_{(clock.now() + timedelta(days=365)):%Y_%m}"
        assert await db.value(partitions, wanted) == 1
    await database.close()
