"""Forget jobs that ended a month ago."""

from datetime import datetime, timedelta

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.storage.jobs.jobs import forget_jobs


async def run(db: Transaction, task: Task, now: datetime) -> Step:
    """All at once: jobs are few."""
    return Step(done=await forget_jobs(db, now), is_over=True)


JOB = Job(name="forget_jobs", run=run, every=timedelta(days=1))
