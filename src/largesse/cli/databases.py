"""The database a command works on: an external one as it is, or the embedded one, started for the command."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import click

from largesse.cli.progress import working
from largesse.plumbing import clock
from largesse.plumbing.database import Database, EmbeddedServer, migrate
from largesse.plumbing.settings import Settings
from largesse.storage.shopping.sessions import make_event_partitions

WATCH_SECONDS = 2.0
"""How often we look whether the embedded server still runs: reading one small file."""


@contextmanager
def running_database(settings: Settings) -> Iterator[str]:
    """The URL of the settings' database. An embedded server is started, and stopped when the block ends.

    Raises `DataFolderInUse` when another program runs on the folder.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    server = EmbeddedServer()
    with working(f"Starting the database in {settings.data_path}"):
        url = server.start(settings.data_path)
    try:
        yield url
    finally:
        server.stop()


async def watch_database(settings: Settings) -> None:
    """Waits for ever, or raises `click.ClickException` when the embedded server has ended by itself.

    Without it there is nothing to serve: better to end, and be started again by whoever looks after us, than to refuse
    everything. An external database may come back, and its connections with it.
    """
    while settings.database_url is not None or EmbeddedServer.running_url(settings.data_path) is not None:
        await asyncio.sleep(WATCH_SECONDS)
    log_file = settings.data_path / "postgres.log"
    raise click.ClickException(f"The database server has ended by itself; {log_file} may say why.")


@contextmanager
def joined_database(settings: Settings) -> Iterator[str]:
    """Like `running_database`, but joins the server of a `largesse serve` that runs on the same folder."""
    url = None if settings.database_url is not None else EmbeddedServer.running_url(settings.data_path)
    if url is not None:
        yield url
        return
    with running_database(settings) as url:
        yield url


def bring_up_to_date(url: str) -> list[str]:
    """Applies the migrations that the database lacks, and makes room for the events to come; the migrations' names.

    Raises `MigrationRefused` and `Unavailable`.
    """
    with working("Bringing the database up to date"):
        return asyncio.run(_bring_up_to_date(url))


async def _bring_up_to_date(url: str) -> list[str]:
    applied = await migrate(url)
    database = await Database.open(url, connections_max=1)
    try:
        async with database.transaction() as db:
            await make_event_partitions(db, clock.now())
    finally:
        await database.close()
    return applied
