"""Where everything is put together: the one file that knows every ring.

A worker opens a database, finds callers in it, keeps compiled programs beside it, and serves the table of operations.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import click
from starlette.types import ASGIApp

from largesse.api.nouns import OPERATIONS
from largesse.api.resources import Resources
from largesse.cli.command_line import command_line
from largesse.plumbing.context import Caller
from largesse.plumbing.database import Database
from largesse.plumbing.http.auth import Scheme
from largesse.plumbing.http.dispatch import build_app
from largesse.plumbing.http.idempotency import Replies
from largesse.plumbing.settings import Settings
from largesse.plumbing.telemetry import Telemetry, write_nowhere, write_to_stderr
from largesse.storage.access.credentials import find_caller
from largesse.storage.idempotency import find_reply, keep_reply


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
    if settings.database_url is None:
        raise click.ClickException("A worker is started by `largesse serve`, which tells it the database.")
    database = await Database.open(settings.database_url)
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


main = command_line(open_application)
