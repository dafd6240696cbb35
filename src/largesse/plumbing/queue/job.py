"""A job: a function that does one step of something long, in one transaction, and says where it stands.

    async def run(db: Transaction, task: Task, now: datetime) -> Step:
        deleted = await delete_some(db, task.account_id, ...)
        return Step(done=deleted, is_over=deleted == 0)

    JOB = Job(name="delete_things", run=run)

A step takes seconds at most. What it wrote and how far the job has come are committed together, so that a process may
be killed at any moment: the next step begins where the last one that was committed ended.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from largesse.plumbing.database import Transaction

STEP_TIMEOUT_SECONDS = 60.0
"""Twice what one statement may take; a step that takes longer is too large."""

RETRIES_MAX = 10
"""Of one step: with pauses that double they last a quarter of an hour, and an outage is mostly over by then."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work, as the step at hand finds it.

    `what` is what was asked for and `progress` what the last step left for this one, both plain JSON. `done` of `total`
    is for people. `attempts` counts the failures of this step.
    Application 0 stands for the whole account, and account 0 for the installation.
    """

    account_id: int
    id: int
    application_id: int
    kind: str
    what: object
    progress: object
    done: int
    total: int | None
    attempts: int
    created: datetime


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What a step has come to: how much more is `done`, what the next one must know, and whether the job `is_over`.

    An `ending` tells in a few words why the job is over without being complete.
    """

    done: int = 0
    progress: object = {}
    is_over: bool = False
    ending: str = ""


Run = Callable[[Transaction, Task, datetime], Awaitable[Step]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A kind of work. One with `every` is the installation's own: nobody asks for it, it is due again so long after it
    was over. `name` is that of its module."""

    name: str
    run: Run
    every: timedelta | None = None
    timeout_seconds: float = STEP_TIMEOUT_SECONDS
    retries: int = RETRIES_MAX


def give_up(ending: str) -> Step:
    """The step that ends a job which cannot be completed."""
    return Step(is_over=True, ending=ending)
