"""The worker, with jobs made up for it: steps, turns, failures, and the installation's own jobs."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest

from largesse.main import QUEUE
from largesse.plumbing.database import Database, Query, Transaction
from largesse.plumbing.problems import Unavailable
from largesse.plumbing.queue.job import Job, Step, Task, give_up
from largesse.plumbing.queue.worker import RETRY_PAUSE_MAX, Worker
from largesse.storage.jobs.jobs import enqueue_job

pytestmark = pytest.mark.anyio

NOW = datetime(2030, 1, 31, 12, 0, tzinfo=UTC)
MAKE_TABLE = Query("make_table", "CREATE TABLE IF NOT EXISTS strokes (account_id bigint, number bigint)")
STROKE = Query("stroke", "INSERT INTO strokes VALUES ($1, $2)")
STROKES = Query("strokes", "SELECT array_agg(number ORDER BY number) FROM strokes WHERE account_id = $1")
JOB_ROW = Query("job", "SELECT * FROM jobs WHERE account_id = $1 AND id = $2")
OWN_ROW = Query("own", "SELECT * FROM jobs WHERE account_id = 0 AND kind = $1")


class Wish(msgspec.Struct, frozen=True):
    """How many strokes are wanted, and which of them fails how often."""

    strokes: int
    failing: int = -1
    failures: int = 0


async def make_stroke(db: Transaction, task: Task, now: datetime) -> Step:
    """Writes a stroke and then fails, if it is to."""
    wish = msgspec.convert(task.what, Wish)
    await db.run(STROKE, task.account_id, task.done)
    if task.done == wish.failing and task.attempts < wish.failures:
        raise ValueError("a broken pen")
    return Step(done=1, progress={"last": task.done}, is_over=task.done + 1 == wish.strokes)


class Bench:
    """A worker on a clock of the test's own, with jobs of one account."""

    def __init__(self, database: Database, account_id: int, *jobs: Job) -> None:
        self.database = database
        self.account_id = account_id
        self.now = NOW
        self.lines: list[dict[str, object]] = []
        self.worker = Worker(
            database,
            jobs,
            QUEUE,
            write_line=lambda line: self.lines.append(msgspec.json.decode(line)),
            clock=lambda: self.now,
        )

    async def ask(self, kind: str, wish: Wish) -> int:
        """A new job."""
        self.now += timedelta(milliseconds=1)
        async with self.database.transaction() as db:
            await db.run(MAKE_TABLE)
            place = (self.account_id, 0, kind, wish)
            return await enqueue_job(db, *place, total=wish.strokes, user_id=0, now=self.now)

    async def step(self) -> bool:
        """One step, a moment after the last."""
        self.now += timedelta(milliseconds=1)
        return await self.worker.step()

    async def row(self, job_id: int) -> dict[str, object]:
        """A job as it is stored."""
        async with self.database.transaction() as db:
            row = await db.row(JOB_ROW, self.account_id, job_id)
        assert row is not None
        return dict(row.items())

    async def strokes(self) -> object:
        """What was written, in order."""
        async with self.database.transaction() as db:
            return await db.value(STROKES, self.account_id) or []


@pytest.fixture
def kind() -> str:
    """A kind of job that only this test's worker knows."""
    return f"make_stroke_{uuid4().hex}"


@pytest.fixture
def bench(database: Database, account_id: int, kind: str) -> Bench:
    """A worker on jobs that make strokes."""
    return Bench(database, account_id, Job(name=kind, run=make_stroke, retries=2))


async def test_a_job_is_done_step_by_step(bench: Bench, kind: str) -> None:
    job_id = await bench.ask(kind, Wish(2))
    assert await bench.step()
    row = await bench.row(job_id)
    assert (row["state"], row["done"], row["total"], row["progress"]) == ("open", 1, 2, {"last": 0})
    assert await bench.step()
    row = await bench.row(job_id)
    assert (row["state"], row["done"], row["steps"], row["finished"]) == ("completed", 2, 2, bench.now)
    assert not await bench.step()
    assert [(line["jobId"], line["done"]) for line in bench.lines] == [(job_id, 2)]


async def test_what_failed_is_undone_and_tried_again_after_a_pause(bench: Bench, kind: str) -> None:
    job_id = await bench.ask(kind, Wish(2, failing=1, failures=2))
    assert await bench.step()
    for pause_seconds in (0, 1, 2):
        bench.now += timedelta(seconds=pause_seconds)
        assert await bench.step()
        assert not await bench.step()
    row = await bench.row(job_id)
    assert (row["state"], row["done"], row["steps"], row["failures"]) == ("completed", 2, 4, 2)
    assert await bench.strokes() == [0, 1]
    assert ["a broken pen" in str(line.get("error")) for line in bench.lines] == [True, True, False]


async def test_a_job_is_given_up_after_so_many_failures(bench: Bench, kind: str) -> None:
    job_id = await bench.ask(kind, Wish(2, failing=1, failures=99))
    for _ in range(4):
        bench.now += RETRY_PAUSE_MAX
        assert await bench.step()
    bench.now += RETRY_PAUSE_MAX
    assert not await bench.step()
    row = await bench.row(job_id)
    assert (row["state"], row["ending"], row["done"], row["failures"]) == ("failed", "failed", 1, 3)
    assert "a broken pen" in str(row["last_error"])
    assert await bench.strokes() == [0]


async def test_a_job_may_say_that_it_cannot_be_done(database: Database, account_id: int, kind: str) -> None:
    async def refuse(db: Transaction, task: Task, now: datetime) -> Step:
        return give_up("no paper")

    bench = Bench(database, account_id, Job(name=kind, run=refuse))
    job_id = await bench.ask(kind, Wish(1))
    assert await bench.step()
    row = await bench.row(job_id)
    assert (row["state"], row["ending"], row["failures"]) == ("failed", "no paper", 0)


async def test_jobs_take_turns(bench: Bench, kind: str) -> None:
    long = await bench.ask(kind, Wish(5))
    short = await bench.ask(kind, Wish(1))
    for _ in range(2):
        assert await bench.step()
    assert ((await bench.row(long))["done"], (await bench.row(short))["state"]) == (1, "completed")


async def test_two_workers_never_do_the_same_step(database: Database, account_id: int, kind: str) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def wait(db: Transaction, task: Task, now: datetime) -> Step:
        inside.set()
        await go_on.wait()
        return Step(done=1, is_over=True)

    bench = Bench(database, account_id, Job(name=kind, run=wait))
    job_id = await bench.ask(kind, Wish(1))
    first = asyncio.create_task(bench.step())
    await inside.wait()
    assert not await bench.step()
    go_on.set()
    assert await first
    assert (await bench.row(job_id))["steps"] == 1


async def test_a_step_that_takes_too_long_is_undone(database: Database, account_id: int, kind: str) -> None:
    async def hang(db: Transaction, task: Task, now: datetime) -> Step:
        await db.run(STROKE, task.account_id, 1)
        await asyncio.Event().wait()
        return Step()

    bench = Bench(database, account_id, Job(name=kind, run=hang, timeout_seconds=0.01))
    job_id = await bench.ask(kind, Wish(1))
    assert await bench.step()
    assert ((await bench.row(job_id))["failures"], await bench.strokes()) == (1, [])


async def test_the_installations_own_job_is_due_again_and_again(database: Database, account_id: int, kind: str) -> None:
    runs: list[object] = []

    async def tidy(db: Transaction, task: Task, now: datetime) -> Step:
        runs.append(task.progress)
        return Step(done=1, progress={"half": True}, is_over=task.progress != {})

    bench = Bench(database, account_id, Job(name=kind, run=tidy, every=timedelta(hours=1)))
    for _ in range(2):
        await bench.worker.schedule()
    for pause in (timedelta(0), timedelta(minutes=59), timedelta(minutes=2)):
        bench.now += pause
        while await bench.step():
            pass
    assert runs == [{}, {"half": True}] * 2
    async with database.transaction() as db:
        row = await db.row(OWN_ROW, kind)
        assert row is not None and (row["state"], row["done"], row["progress"]) == ("open", 0, {})
        await db.run(Query("tidy", "DELETE FROM jobs WHERE account_id = 0 AND kind = $1"), kind)


async def test_a_worker_works_until_it_is_told_to_stop(bench: Bench, kind: str) -> None:
    await bench.ask(kind, Wish(3))
    stop = asyncio.Event()

    async def stop_when_done() -> None:
        while not bench.lines:
            await asyncio.sleep(0)
        stop.set()

    async with asyncio.timeout(60):
        await asyncio.gather(bench.worker.run(stop), stop_when_done())
    assert await bench.strokes() == [0, 1, 2]


async def test_a_worker_outlasts_a_database_that_does_not_answer(
    bench: Bench, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("largesse.plumbing.queue.worker.OUTAGE_SECONDS", 0.01)
    outages = iter([Unavailable("gone"), Unavailable("gone")])
    claim = QUEUE.claim

    async def fail_at_first(db: Transaction, kinds: list[str], now: datetime) -> Task | None:
        for outage in outages:
            raise outage
        return await claim(db, kinds, now)

    await bench.ask(kind, Wish(1))
    stop = asyncio.Event()
    queue = type(QUEUE)(schedule=QUEUE.schedule, claim=fail_at_first, advance=QUEUE.advance, fail=QUEUE.fail)

    def stop_now(line: bytes) -> None:
        stop.set()

    worker = Worker(
        bench.database,
        [Job(name=kind, run=make_stroke)],
        queue,
        write_line=stop_now,
        clock=lambda: NOW + timedelta(days=1),
    )
    async with asyncio.timeout(60):
        await worker.run(stop)
    assert await bench.strokes() == [0]
