"""Jobs done at once, in the process of a test."""

from datetime import datetime, timedelta

import msgspec

from largesse.jobs import JOBS
from largesse.main import QUEUE
from largesse.plumbing import clock
from largesse.plumbing.database import Database
from largesse.plumbing.queue.worker import Worker


def worker_of(
    database: Database, lines: list[dict[str, object]] | None = None, ahead: timedelta = timedelta(0)
) -> Worker:
    """A worker on all jobs there are, whose clock may be ahead; the lines of its log go to `lines`."""

    def write(line: bytes) -> None:
        if lines is not None:
            lines.append(msgspec.json.decode(line))

    def later() -> datetime:
        return clock.now() + ahead

    return Worker(database, JOBS, QUEUE, write_line=write, clock=later)


async def work_off(database: Database, ahead: timedelta = timedelta(0)) -> list[dict[str, object]]:
    """Does everything that is due; the lines of the log."""
    lines: list[dict[str, object]] = []
    worker = worker_of(database, lines, ahead)
    while await worker.step():
        pass
    return lines
