"""Lost races: what ran is undone, runs again on fresh facts, and ends with an answer."""

import msgspec
import pytest

from largesse.plumbing.context import Call
from largesse.plumbing.database import Database, Query
from largesse.plumbing.http.dispatch import RETRIES_MAX
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, ok
from largesse.plumbing.problems import Conflict
from tests.plumbing.http.toys import client_of

pytestmark = pytest.mark.anyio

MAKE_TABLE = Query("make_table", "CREATE TABLE IF NOT EXISTS tries (id int PRIMARY KEY)")
TRY = Query("try", "INSERT INTO tries VALUES ($1)")
COUNT = Query("count", "SELECT count(*) FROM tries")


def losing(times: int, moments: list[object]) -> AnyOperation:
    """An operation that writes a row and then loses its race this many times."""

    async def lose(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
        moments.append((call.now, call.request_id))
        await call.db.run(TRY, len(moments))
        if len(moments) <= times:
            raise Conflict("the facts changed")
        return ok({"rows": await call.db.value(COUNT)})

    return operation(lose)


def operation(run: object) -> AnyOperation:
    """A public operation at POST /v1/race."""
    row: AnyOperation = Operation(
        method="POST",
        path="/v1/race",
        operation_id="race",
        summary="Run a race",
        access=Access.PUBLIC,
        run=run,  # type: ignore[arg-type]
        path_params=NoPath,
        replies={200: dict[str, int]},
    )
    return row


@pytest.fixture
async def clean(database: Database) -> Database:
    """A database with an empty table."""
    async with database.transaction() as db:
        await db.run(MAKE_TABLE)
        await db.run(Query("clear", "DELETE FROM tries"))
    return database


@pytest.mark.parametrize("times", range(RETRIES_MAX + 1))
async def test_a_lost_race_is_run_again_with_nothing_left_of_it(clean: Database, times: int) -> None:
    moments: list[object] = []
    lines: list[bytes] = []
    async with client_of(clean, losing(times, moments), lines=lines) as client:
        answer = await client.post("/v1/race")
    assert answer.json() == {"rows": 1}
    assert len(moments) == times + 1
    assert len(set(moments)) == 1, "every run has the same moment and request id"
    assert msgspec.json.decode(lines[0]).get("attempts", 1) == times + 1


async def test_a_race_lost_too_often_ends_busy_with_nothing_stored(clean: Database) -> None:
    moments: list[object] = []
    async with client_of(clean, losing(99, moments)) as client:
        answer = await client.post("/v1/race")
        metrics = (await client.get("/metrics")).text
    assert (answer.status_code, answer.json()["StatusCode"]) == (409, 409)
    assert len(moments) == RETRIES_MAX + 1
    assert f'largesse_http_conflicts_total{{operation="race"}} {RETRIES_MAX}.0' in metrics
    async with clean.transaction() as db:
        assert await db.value(COUNT) == 0


async def test_a_row_that_stays_in_the_way_is_a_duplicate(clean: Database) -> None:
    async def insert(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
        await call.db.run(TRY, 1)
        return ok({"rows": 1})

    async with client_of(clean, operation(insert)) as client:
        first, second = await client.post("/v1/race"), await client.post("/v1/race")
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["message"] == "This exists already"


async def test_what_cannot_be_encoded_is_not_done(clean: Database) -> None:
    async def insert(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
        await call.db.run(TRY, 1)
        return ok(object())

    async with client_of(clean, operation(insert)) as client:
        answer = await client.post("/v1/race")
    assert answer.status_code == 500
    async with clean.transaction() as db:
        assert await db.value(COUNT) == 0


async def test_a_get_cannot_write(clean: Database) -> None:
    async def insert(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
        await call.db.run(TRY, 1)
        return ok({})

    reading: AnyOperation = Operation(
        method="GET",
        path="/v1/race",
        operation_id="watch",
        summary="Watch a race",
        access=Access.PUBLIC,
        run=insert,
        path_params=NoPath,
        replies={200: dict[str, int]},
    )
    async with client_of(clean, reading) as client:
        assert (await client.get("/v1/race")).status_code == 500
