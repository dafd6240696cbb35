"""Create millions of coupons: ten thousand codes a step, each step whole or not at all."""

from datetime import datetime

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task, give_up
from largesse.storage.codes.coupon_files import renew_statistics
from largesse.storage.codes.coupon_jobs import CREATION, PATTERN_FULL, creation_of
from largesse.storage.codes.coupons import create_some, find_coupon_campaign

CAMPAIGN_GONE = "The campaign was deleted"


async def run(db: Transaction, task: Task, now: datetime) -> Step:
    """Store the next codes. All coupons of the job count as created when it was asked for."""
    creation = creation_of(task.what)
    place = (task.account_id, task.application_id, creation.campaign_id)
    if await find_coupon_campaign(db, *place, keep=True) is None:
        return give_up(CAMPAIGN_GONE)
    harvest = await create_some(
        db,
        *place,
        pattern=creation.pattern,
        count=creation.count - task.done,
        terms=creation.terms,
        batch_id=creation.batch_id,
        now=task.created,
    )
    if harvest.is_used_up:
        return Step(done=harvest.stored, is_over=True, ending=PATTERN_FULL)
    is_over = task.done + harvest.stored >= creation.count
    if is_over:
        await renew_statistics(db, creation.count)
    return Step(done=harvest.stored, is_over=is_over)


JOB = Job(name=CREATION, run=run)
