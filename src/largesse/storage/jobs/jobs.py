"""Jobs as rows: asked for in the transaction of a request, worked on step by step, kept for a while when done."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.queue.job import Step, Task

QUERIES = load_queries("largesse.storage.jobs", "jobs.sql")

# Long enough to ask what has become of a job of last month.
KEPT = timedelta(days=30)

# Of an error's text: enough for its trace, and no more than a page.
ERROR_CHARACTERS_MAX = 4_000

State = Literal["open", "completed", "failed"]


class StoredJob(Struct, frozen=True, kw_only=True):
    """A job as whoever asked for it may see it; `total` None: nobody has counted."""

    id: int
    application_id: int
    what: JSON
    state: State
    ending: str
    done: int
    total: int | None
    steps: int
    failures: int
    created_by: int
    created: datetime


async def enqueue_job(
    db: Transaction,
    account_id: int,
    application_id: int,
    kind: str,
    what: Struct,
    *,
    total: int | None,
    user_id: int,
    now: datetime,
) -> int:
    """Have something done once this transaction is committed; the number of the job. Application 0: of the account."""
    rows = await db.rows(QUERIES["enqueue_job"], account_id, application_id, kind, what, total, user_id, now)
    job_id: int = rows[0]["id"]
    return job_id


async def schedule_job(db: Transaction, kind: str, now: datetime) -> None:
    """Have the installation's job of a kind done again and again, if it is not already."""
    await db.run(QUERIES["schedule_job"], kind, now)


async def claim_job(db: Transaction, kinds: list[str], now: datetime) -> Task | None:
    """The job of these kinds that is due and has waited longest, nobody else's until this transaction ends; or None."""
    row = await db.row(QUERIES["claim_job"], now, kinds)
    return None if row is None else Task(**dict(row.items()))


async def advance_job(db: Transaction, task: Task, step: Step, now: datetime, again: datetime | None) -> None:
    """Note what a step has come to. A job that is over is due `again` then, or for good."""
    if step.is_over and again is not None:
        await db.run(QUERIES["repeat_job"], *_key(task), again)
        return
    state: State = "failed" if step.ending else "completed" if step.is_over else "open"
    finished = None if state == "open" else now
    arguments = (state, step.ending, step.progress, step.done, now, finished)
    await db.run(QUERIES["advance_job"], *_key(task), *arguments)


async def note_failed_step(
    db: Transaction, task: Task, error: str, now: datetime, due: datetime | None, ending: str
) -> None:
    """Note that a step failed and was undone: it is tried again when `due`; None gives the job up with this ending."""
    state: State = "open" if due is not None else "failed"
    finished = None if due is not None else now
    told = error[-ERROR_CHARACTERS_MAX:]
    await db.run(QUERIES["note_failed_step"], *_key(task), state, ending, due or now, finished, told)


async def find_job(db: Transaction, account_id: int, application_id: int, kind: str, job_id: int) -> StoredJob | None:
    """A job of an Application by its number, or None."""
    row = await db.row(QUERIES["find_job"], account_id, application_id, kind, job_id)
    return None if row is None else _stored(row)


async def find_job_of_batch(
    db: Transaction, account_id: int, application_id: int, kind: str, batch_id: str
) -> StoredJob | None:
    """A job of an Application by the batch it makes, or None."""
    row = await db.row(QUERIES["find_job_of_batch"], account_id, application_id, kind, batch_id)
    return None if row is None else _stored(row)


async def forget_jobs(db: Transaction, now: datetime) -> int:
    """Forget jobs that ended long ago; how many there were."""
    return await db.run(QUERIES["forget_jobs"], now - KEPT)


def _key(task: Task) -> tuple[int, int, int]:
    return (task.account_id, task.application_id, task.id)


def _stored(row: Record) -> StoredJob:
    return StoredJob(**{name: row[name] for name in StoredJob.__struct_fields__})
