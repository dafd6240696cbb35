"""Forget coupons that were deleted so long ago that no export shows them, shop by shop."""

from datetime import datetime, timedelta

import msgspec

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.storage.codes.deleted_coupons import forget_deleted
from largesse.storage.jobs.sweeping import ShopKey


async def run(db: Transaction, task: Task, now: datetime) -> Step:
    """Forget some of the next shop that has any."""
    sweep = await forget_deleted(db, msgspec.convert(task.progress, ShopKey), now)
    return Step(done=sweep.dropped, progress=sweep.place, is_over=sweep.is_over)


JOB = Job(name="forget_coupons", run=run, every=timedelta(hours=24))
