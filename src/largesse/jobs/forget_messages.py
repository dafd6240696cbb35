"""Forget what the log of sent messages has kept for its seven days."""

from datetime import datetime, timedelta

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.storage.outgoing.outbox import forget_log


async def run(db: Transaction, _task: Task, now: datetime) -> Step:
    """Drop all that is too old."""
    return Step(done=await forget_log(db, now), is_over=True)


JOB = Job(name="forget_messages", run=run, every=timedelta(hours=1))
