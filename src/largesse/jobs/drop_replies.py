"""Drop replies that were kept under idempotency keys for longer than their day, shop by shop."""

from datetime import datetime, timedelta

import msgspec

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.storage.jobs.sweeping import ShopKey
from largesse.storage.requests.idempotency import drop_replies


async def run(db: Transaction, task: Task, now: datetime) -> Step:
    """Drop some of the next shop that has any."""
    sweep = await drop_replies(db, msgspec.convert(task.progress, ShopKey), now)
    return Step(done=sweep.dropped, progress=sweep.place, is_over=sweep.is_over)


JOB = Job(name="drop_replies", run=run, every=timedelta(hours=1))
