"""Delete the coupons that pass a filter, as of the moment this was asked for; ten thousand a step."""

from datetime import datetime

import msgspec

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.storage.codes.coupon_files import renew_statistics
from largesse.storage.codes.coupon_jobs import DELETION, deletion_of
from largesse.storage.codes.coupons import delete_some


class Place(msgspec.Struct, frozen=True):
    """Where the job stands: behind the coupon with this id."""

    last: int = 0


async def run(db: Transaction, task: Task, now: datetime) -> Step:
    """Delete the next coupons."""
    wanted, place = deletion_of(task.what).wanted, msgspec.convert(task.progress, Place)
    chunk = await delete_some(
        db, task.account_id, task.application_id, wanted, after=place.last, as_of=task.created, now=now
    )
    if not chunk.chosen:
        await renew_statistics(db, task.done)
    return Step(done=chunk.deleted, progress=Place(chunk.last), is_over=not chunk.chosen)


JOB = Job(name=DELETION, run=run)
