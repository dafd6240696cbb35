"""Deliver what waits in the outbox: calls of webhooks and notifications, many at once, each noted in the log.

A message is sent at least once: where the process dies between the receiver's answer and the commit, it is sent again,
under the same X-UUID.
"""

from datetime import datetime, timedelta

from largesse.plumbing import clock
from largesse.plumbing.database import Transaction
from largesse.plumbing.queue.job import Job, Step, Task
from largesse.plumbing.sending import send_all
from largesse.storage.outgoing.outbox import settle, take_due

MESSAGES_PER_STEP_MAX = 50
"""So few that a step is over within seconds even if all receivers are slow."""


async def run(db: Transaction, _task: Task, now: datetime) -> Step:
    """Send what is due, and note what came of it."""
    messages = await take_due(db, now, MESSAGES_PER_STEP_MAX)
    if not messages:
        return Step(is_over=True)
    answers = await send_all([message.letter for message in messages])
    answered = max(now, clock.now())
    for message, answer in zip(messages, answers, strict=True):
        await settle(db, message, answer, now, answered)
    return Step(done=len(messages), is_over=len(messages) < MESSAGES_PER_STEP_MAX)


JOB = Job(name="deliver_messages", run=run, every=timedelta(seconds=1))
