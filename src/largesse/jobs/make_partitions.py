"""Make room for the events of the months to come, so that a server need not be started for it."""

from datetime import datetime, timedelta

from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.storage.shopping.sessions import make_event_partitions


async def run(db: Transaction, task: Task, now: datetime) -> Step:
    """Costs nothing where the partitions exist."""
    await make_event_partitions(db, now)
    return Step(is_over=True)


JOB = Job(name="make_partitions", run=run, every=timedelta(days=1))
