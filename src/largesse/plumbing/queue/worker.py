"""The worker: takes the job that has waited longest, does one step of it, commits, and looks again.

There is no lease and no heartbeat. A step is one transaction, in which the job's row stays locked: other workers pass
it over, and when its process dies the database rolls the step back and lets the row go. After a step the job goes to
the end of the line, so a long one does not keep short ones waiting.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from largesse.plumbing import clock
from largesse.plumbing.database import Database, Transaction
from largesse.plumbing.problems import Unavailable
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.plumbing.telemetry import LineWriter

IDLE_SECONDS = 1.0
"""Between two looks at an empty queue: an index of a few entries, and nobody notices a second before an hour's work."""

OUTAGE_SECONDS = 5.0
"""Between two looks while the database does not answer."""

RETRY_PAUSE_MIN = timedelta(seconds=1)
"""Before a failed step is tried again for the first time; the pause doubles each time."""

RETRY_PAUSE_MAX = timedelta(minutes=5)
"""So that an outage of hours is noticed to be over in minutes."""

GIVEN_UP = "failed"


@dataclass(frozen=True, slots=True)
class Queue:
    """How jobs are stored: each function works in the transaction that it is given."""

    schedule: Callable[[Transaction, str, datetime], Awaitable[None]]
    claim: Callable[[Transaction, list[str], datetime], Awaitable[Task | None]]
    advance: Callable[[Transaction, Task, Step, datetime, datetime | None], Awaitable[None]]
    fail: Callable[[Transaction, Task, str, datetime, datetime | None, str], Awaitable[None]]


class JobLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The line in the log about a job that is over, or whose step failed. `error` is the trace of a failure."""

    time: datetime
    job: str
    job_id: int
    account_id: int
    done: int
    ending: str = ""
    error: str | None = None


class Worker:
    """Works on jobs of these kinds in one database. `write_line` takes the lines of the log."""

    def __init__(
        self,
        database: Database,
        jobs: Sequence[Job],
        queue: Queue,
        *,
        write_line: LineWriter,
        clock: clock.Clock = clock.now,
    ) -> None:
        self._database = database
        self._jobs: Mapping[str, Job] = {job.name: job for job in jobs}
        self._queue = queue
        self._write_line = write_line
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Works until told to stop; the step under way is finished."""
        while not stop.is_set():
            try:
                await self.schedule()
                while not stop.is_set():
                    if not await self.step():
                        await _pause(stop, IDLE_SECONDS)
            except Unavailable:
                await _pause(stop, OUTAGE_SECONDS)

    async def schedule(self) -> None:
        """Sees to it that the installation's own jobs are in the queue."""
        async with self._database.transaction() as db:
            for job in self._jobs.values():
                if job.every is not None:
                    await self._queue.schedule(db, job.name, self._clock())

    async def step(self) -> bool:
        """One step of one job; False when none is due. Raises `Unavailable` when the database does not answer."""
        claimed: list[Task] = []
        try:
            async with self._database.transaction() as db:
                return await self._step(db, claimed)
        except Unavailable:
            raise
        except Exception as error:
            if not claimed:
                raise
            await self._note_failure(claimed[0], error)
            return True

    async def _step(self, db: Transaction, claimed: list[Task]) -> bool:
        now = self._clock()
        task = await self._queue.claim(db, list(self._jobs), now)
        if task is None:
            return False
        claimed.append(task)
        job = self._jobs[task.kind]
        async with asyncio.timeout(job.timeout_seconds):
            step = await job.run(db, task, now)
        ended = self._clock()
        await self._queue.advance(db, task, step, ended, None if job.every is None else ended + job.every)
        if step.is_over and job.every is None:
            self._tell(task, ended, done=task.done + step.done, ending=step.ending)
        return True

    async def _note_failure(self, task: Task, error: Exception) -> None:
        job, now = self._jobs[task.kind], self._clock()
        pause = min(RETRY_PAUSE_MIN * 2**task.attempts, RETRY_PAUSE_MAX)
        is_given_up = task.attempts >= job.retries and job.every is None
        due, ending = (None, GIVEN_UP) if is_given_up else (now + pause, "")
        trace = "".join(traceback.format_exception(error))
        async with self._database.transaction() as db:
            await self._queue.fail(db, task, trace, now, due, ending)
        self._tell(task, now, done=task.done, ending=ending, error=trace)

    def _tell(self, task: Task, now: datetime, *, done: int, ending: str, error: str | None = None) -> None:
        line = JobLine(
            time=now,
            job=task.kind,
            job_id=task.id,
            account_id=task.account_id,
            done=done,
            ending=ending,
            error=error,
        )
        self._write_line(msgspec.json.encode(line) + b"\n")


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """Waits, but no longer than until told to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
