"""Requests under an `Idempotency-Key`: run once, answered alike for a day, refused when the key is used for others."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from largesse.plumbing.context import Call, Caller
from largesse.plumbing.database import Database, Query
from largesse.plumbing.http.exchange import Answer
from largesse.plumbing.http.idempotency import (
    KEPT,
    KEY_CHARACTERS_MAX,
    Replies,
    attempt_of,
    keep,
    keep_refusal,
    replay,
)
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.http.table import BadTable, lay_out
from largesse.plumbing.problems import Busy, Conflict, NotFound, Problem, TooManyRequests
from largesse.storage.requests.idempotency import DROPPED_PER_REPLY, find_reply, keep_reply
from tests.plumbing.http.toys import CALLERS, NOW, SAY_HELLO, SHOP_KEY, Cart, CartPath, CartQuery, KeyRing, client_of
from tests.plumbing.http.toys import shop as shop_header

pytestmark = pytest.mark.anyio

LATER = NOW + KEPT - timedelta(seconds=1)
TOO_LATE = NOW + KEPT

PLACE = "/v2/deeds/d1"
CART = {"cartItems": [{"sku": "a", "quantity": 1}]}

MAKE_TABLE = Query("make_table", "CREATE TABLE IF NOT EXISTS deeds (name text)")
DO = Query("do", "INSERT INTO deeds VALUES ($1)")
COUNT = Query("count", "SELECT count(*) FROM deeds WHERE name = $1")
KEPT_ROWS = Query("kept_rows", "SELECT count(*) FROM idempotent_replies WHERE account_id = $1 AND application_id = 70")


class Deeds:
    """An operation that writes a row and answers with how many there are; it may be told to do otherwise."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.name = uuid4().hex
        self.runs = 0
        self.then: Callable[[int], Problem | Conflict | None] = lambda runs: None
        self.wait: asyncio.Event | None = None
        self.begun = asyncio.Event()

    async def run(self, call: Call[object], request: Request[CartPath, CartQuery, Cart]) -> Reply:
        """Writes a row."""
        self.runs += 1
        await call.db.run(DO, self.name)
        self.begun.set()
        if self.wait is not None:
            await self.wait.wait()
        if (problem := self.then(self.runs)) is not None:
            raise problem
        return ok({"rows": await call.db.value(COUNT, self.name), "request": call.request_id})

    @property
    def operation(self) -> AnyOperation:
        """Its row."""
        return Operation(
            method="PUT",
            path="/v2/deeds/{cartId}",
            operation_id="doDeed",
            summary="Do it",
            access=Access.INTEGRATION,
            run=self.run,
            path_params=CartPath,
            query=CartQuery,
            body=Cart,
            replies={200: dict[str, object]},
            replayable=True,
        )

    async def rows(self) -> object:
        """How often it was done."""
        async with self.database.transaction() as db:
            return await db.value(COUNT, self.name)

    async def send(
        self,
        key: str | None,
        *,
        place: str = PLACE,
        now: datetime = NOW,
        body: object = CART,
        caller: Caller | None = None,
    ) -> httpx.Response:
        """One request, by a shop of account 1 unless told otherwise."""
        ring = KeyRing({**CALLERS, **({} if caller is None else {("ApiKey-v1", SHOP_KEY): caller})})
        headers = shop_header() | ({} if key is None else {"Idempotency-Key": key})
        async with client_of(self.database, self.operation, now=now, key_ring=ring) as client:
            return await client.put(place, json=body, headers=headers)


@pytest.fixture
async def deeds(database: Database) -> Deeds:
    """Nothing done yet."""
    async with database.transaction() as db:
        await db.run(MAKE_TABLE)
    return Deeds(database)


def key() -> str:
    """A key nobody has used."""
    return str(uuid4())


async def test_a_request_sent_again_is_answered_alike_and_not_carried_out(deeds: Deeds) -> None:
    name = key()
    answers = [await deeds.send(name), await deeds.send(name), await deeds.send(name, now=LATER)]
    assert {(answer.status_code, answer.content, answer.headers["content-type"]) for answer in answers} == {
        (200, answers[0].content, "application/json")
    }
    assert answers[0].json()["rows"] == 1
    assert await deeds.rows() == 1


async def test_without_a_key_every_request_is_carried_out(deeds: Deeds) -> None:
    assert [(await deeds.send(None)).json()["rows"] for _ in range(2)] == [1, 2]


async def test_a_key_is_forgotten_after_a_day(deeds: Deeds) -> None:
    name = key()
    assert [(await deeds.send(name, now=now)).json()["rows"] for now in (NOW, TOO_LATE, TOO_LATE)] == [1, 2, 2]


@pytest.mark.parametrize(
    "other",
    [
        {"place": "/v2/deeds/d2"},
        {"caller": Caller(kind="application", account_id=1, application_id=8)},
        {"caller": Caller(kind="application", account_id=2, application_id=7)},
    ],
    ids=["path", "Application", "account"],
)
async def test_a_key_means_nothing_elsewhere(deeds: Deeds, other: dict[str, object]) -> None:
    name = key()
    await deeds.send(name)
    assert (await deeds.send(name, **other)).json()["rows"] == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [{"body": {"cartItems": []}}, {"place": f"{PLACE}?dry=true"}],
    ids=["another body", "another query"],
)
async def test_a_key_used_for_another_request_is_refused(deeds: Deeds, other: dict[str, object]) -> None:
    name = key()
    first = await deeds.send(name)
    refused = await deeds.send(name, **other)  # type: ignore[arg-type]
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["source"] == {"parameter": "Idempotency-Key"}
    assert (await deeds.send(name)).content == first.content, "the refusal must not take the place of the reply"
    assert await deeds.rows() == 1


@pytest.mark.parametrize(("length", "status"), [(0, 400), (1, 200), (KEY_CHARACTERS_MAX, 200), (256, 400)])
async def test_how_long_a_key_may_be(deeds: Deeds, length: int, status: int) -> None:
    answer = await deeds.send(uuid4().hex.ljust(length, "k")[:length])
    assert answer.status_code == status
    assert await deeds.rows() == (status == 200)


async def test_a_lasting_refusal_is_kept_and_leaves_nothing_else(deeds: Deeds) -> None:
    deeds.then = lambda runs: NotFound("There is no such cart") if runs == 1 else None
    name = key()
    first, second = await deeds.send(name), await deeds.send(name)
    assert (first.status_code, second.status_code) == (404, 404)
    assert second.content == first.content
    assert (deeds.runs, await deeds.rows()) == (1, 0)


@pytest.mark.parametrize("problem", [Busy(), TooManyRequests(), Problem()], ids=["409", "429", "500"])
async def test_a_passing_refusal_may_be_tried_again(deeds: Deeds, problem: Problem) -> None:
    deeds.then = lambda runs: problem if runs == 1 else None
    name = key()
    assert (await deeds.send(name)).status_code == problem.status
    assert (await deeds.send(name)).json()["rows"] == 1


async def test_a_lost_race_is_run_again_under_its_key(deeds: Deeds) -> None:
    deeds.then = lambda runs: Conflict("meanwhile") if runs == 1 else None
    name = key()
    assert [(await deeds.send(name)).json()["rows"] for _ in range(2)] == [1, 1]
    assert deeds.runs == 2


async def test_a_body_that_cannot_be_read_does_not_use_the_key(deeds: Deeds) -> None:
    name = key()
    assert (await deeds.send(name, body={"cartItems": 1})).status_code == 400
    assert (await deeds.send(name)).status_code == 200


async def test_while_the_first_runs_the_second_is_told_to_come_back(deeds: Deeds) -> None:
    name = key()
    deeds.wait = asyncio.Event()
    first = asyncio.create_task(deeds.send(name))
    await deeds.begun.wait()
    second = await deeds.send(name)
    assert (second.status_code, second.json()["message"]) == (
        409,
        "A request with this Idempotency-Key is still running",
    )
    deeds.wait.set()
    assert (await first).json()["rows"] == 1
    assert (await deeds.send(name)).content == (await first).content
    assert deeds.runs == 1


async def test_the_reply_goes_with_the_writes(deeds: Deeds, account_id: int) -> None:
    """A transaction that does not commit keeps no reply either: whoever asks again is the first."""
    attempt = attempt_of(Caller(kind="application", account_id=account_id, application_id=7), key(), ["it"], b"", b"")
    assert attempt is not None
    with pytest.raises(ConnectionError):
        async with deeds.database.transaction() as db:
            await db.run(DO, deeds.name)
            await keep_reply(db, attempt, Answer(200, b"done"), NOW, NOW - KEPT)
            raise ConnectionError("the end of this process")
    async with deeds.database.transaction() as db:
        assert (await find_reply(db, attempt, NOW - KEPT)).answer is None
    assert await deeds.rows() == 0


async def test_old_replies_go_a_few_at_a_time(deeds: Deeds, account_id: int) -> None:
    caller = Caller(kind="application", account_id=account_id, application_id=70)
    days_before = 3 * DROPPED_PER_REPLY
    for _ in range(days_before):
        await deeds.send(key(), caller=caller)
    left = []
    for _ in range(4):
        await deeds.send(key(), caller=caller, now=TOO_LATE)
        async with deeds.database.transaction() as db:
            left.append(await db.value(KEPT_ROWS, account_id))
    step = DROPPED_PER_REPLY - 1
    assert left == [days_before - step, days_before - 2 * step, days_before - 3 * step, 4]


def test_what_only_reads_cannot_be_replayable() -> None:
    fields = {name: getattr(SAY_HELLO, name) for name in SAY_HELLO.__slots__}
    with pytest.raises(BadTable, match="sayHello"):
        lay_out([Operation(**{**fields, "replayable": True})], [])


async def test_a_refusal_gives_way_to_whoever_runs_meanwhile(deeds: Deeds, account_id: int) -> None:
    caller = Caller(kind="application", account_id=account_id, application_id=71)
    attempt = attempt_of(caller, key(), ["it"], b"", b"")
    assert attempt is not None
    replies = Replies(find_reply, keep_reply)
    async with deeds.database.transaction() as running:
        assert await replay(replies, running, attempt, NOW) is None
        async with deeds.database.transaction() as late:
            await keep_refusal(replies, late, attempt, Answer(404, b"too late"), NOW)
        await keep(replies, running, attempt, Answer(200, b"done"), NOW)
    async with deeds.database.transaction() as db:
        await keep_refusal(replies, db, attempt, Answer(404, b"later still"), NOW)
        assert (await find_reply(db, attempt, NOW - KEPT)).answer == Answer(200, b"done")
