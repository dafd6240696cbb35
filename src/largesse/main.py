"""Where everything is put together: the one file that knows every ring.

A worker opens a database, finds callers in it, keeps compiled programs beside it, and serves the table of operations.
Another one works on jobs.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import click
from starlette.types import ASGIApp

from largesse.api.nouns import OPERATIONS
from largesse.api.resources import Resources
from largesse.cli.command_line import command_line
from largesse.cli.job_worker import Work
from largesse.jobs import JOBS
from largesse.plumbing.context import Caller
from largesse.plumbing.database import CONNECTIONS_MAX, Database
from largesse.plumbing.http.auth import Scheme
from largesse.plumbing.http.dispatch import build_app
from largesse.plumbing.http.idempotency import Replies
from largesse.plumbing.queue.worker import Queue, Worker
from largesse.plumbing.settings import Settings
from largesse.plumbing.telemetry import Telemetry, write_nowhere, write_to_stderr
from largesse.storage.access.credentials import find_caller
from largesse.storage.jobs.jobs import advance_job, claim_job, note_failed_step, schedule_job
from largesse.storage.requests.idempotency import find_reply, keep_reply

JOB_CONNECTIONS_MAX = 2
"""A worker does one step at a time, and notes in another transaction when one has failed."""

QUEUE = Queue(schedule=schedule_job, claim=claim_job, advance=advance_job, fail=note_failed_step)


class StoredCredentials:
    """Finds callers among the stored keys and tokens, in a transaction of its own: who calls is settled before the
    operation's begins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_caller(self, scheme: Scheme, secret: str, now: datetime) -> Caller | None:
        """The caller with this secret, or None."""
        async with self._database.transaction() as db:
            return await find_caller(db, scheme, secret, now)


@asynccontextmanager
async def open_application(settings: Settings) -> AsyncIterator[ASGIApp]:
    """The application of one worker, on the database that the settings name."""
    database = await _open_database(settings)
    try:
        yield build_app(
            OPERATIONS,
            database=database,
            resources=Resources(),
            authenticator=StoredCredentials(database),
            replies=Replies(find_reply, keep_reply),
            telemetry=Telemetry(write_to_stderr if settings.log_requests else write_nowhere),
        )
    finally:
        await database.close()


@asynccontextmanager
async def open_work(settings: Settings) -> AsyncIterator[Work]:
    """What the process for jobs does, on the database that the settings name."""
    database = await _open_database(settings, connections_max=JOB_CONNECTIONS_MAX)
    try:
        yield Worker(database, JOBS, QUEUE, write_line=write_to_stderr).run
    finally:
        await database.close()


async def _open_database(settings: Settings, *, connections_max: int = CONNECTIONS_MAX) -> Database:
    if settings.database_url is None:
        raise click.ClickException("A worker is started by `largesse serve`, which tells it the database.")
    return await Database.open(settings.database_url, connections_max=connections_max)


main = command_line(open_application, open_work)
