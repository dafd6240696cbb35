"""`largesse serve`: the server, on an embedded database or an external one, with as many workers as wanted."""

import asyncio
from functools import partial
from pathlib import Path

import click
import msgspec

from largesse.cli.databases import bring_up_to_date, running_database, watch_database
from largesse.cli.listening import listening, url_of
from largesse.cli.options import DATA, DATABASE_URL, HOST, PORT, WORKERS, choose_settings
from largesse.cli.plain_errors import plain_errors
from largesse.cli.stopping import stoppable
from largesse.cli.workers import run_workers
from largesse.plumbing.settings import Settings

HELP = """Run the server.

Without --database-url, a PostgreSQL server that comes along keeps everything in the data folder, starts and stops
with this command, and listens to nobody else. The database is brought up to date first.

Ctrl-C and SIGTERM let requests under way finish and stop everything in good order; a second one does not wait.
"""


def serve(
    *, host: str | None, port: int | None, workers: int | None, data: Path | None, database_url: str | None
) -> None:
    """Serves until told to stop."""
    settings = choose_settings(host=host, port=port, workers=workers, data=data, database_url=database_url)
    with (
        plain_errors(),
        stoppable(),
        listening(settings.host, settings.port, settings.workers) as listeners,
        running_database(settings) as url,
    ):
        bring_up_to_date(url)

        async def announce() -> None:
            click.echo(
                f"Largesse listens on {url_of(listeners[0])} ({_described(settings)}). Ctrl-C stops it.", err=True
            )

        served = msgspec.structs.replace(settings, database_url=url)
        asyncio.run(run_workers(listeners, served, when_ready=announce, watch=partial(watch_database, settings)))


def _described(settings: Settings) -> str:
    workers = "1 worker" if settings.workers == 1 else f"{settings.workers} workers"
    place = f"data in {settings.data_path}" if settings.database_url is None else "on an external database"
    return f"{workers}, {place}"


COMMAND = click.Command(
    "serve", callback=serve, help=HELP, short_help="Run the server.", params=[HOST, PORT, WORKERS, DATA, DATABASE_URL]
)
