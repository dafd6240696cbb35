"""The options that commands share, and how they become settings.

Every option can also be given as a `LARGESSE_*` variable; an option wins over a variable.
"""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from largesse.language import parse_time
from largesse.plumbing import clock
from largesse.plumbing.settings import Settings, WrongSetting, from_environment

DATA_FOLDER_DEFAULT = Settings().data_dir

HOST = click.Option(["--host"], help=f"Address to listen on.  [default: {Settings().host}]")
PORT = click.Option(
    ["--port"], type=int, help=f"Port to listen on; 0 takes any free one.  [default: {Settings().port}]"
)
WORKERS = click.Option(["--workers"], type=int, help="Processes that serve, all on one database.  [default: 1]")
DATA = click.Option(
    ["--data"],
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder of the embedded database, made when missing.  [default: ./{DATA_FOLDER_DEFAULT}]",
)
DATABASE_URL = click.Option(
    ["--database-url"],
    metavar="URL",
    help="A PostgreSQL server (15 or newer) to use instead of the embedded one, as postgresql://user@host/database.",
)


def _time(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime:
    if text is None:
        return clock.now()
    time = parse_time(text)
    if time is None:
        raise click.BadParameter("write a time as 2026-03-01T12:00:00Z.")
    return time


NOW = click.Option(["--now"], callback=_time, help="The moment to evaluate at, as RFC 3339.  [default: now]")


def choose_settings(*, data: Path | None = None, database_url: str | None = None, **options: object) -> Settings:
    """The settings a command runs under: its options over the environment over the defaults.

    Raises `click.UsageError` for both kinds of database at once, and for a value that a setting cannot have.
    """
    if data is not None and database_url is not None:
        raise click.UsageError("--data and --database-url name two databases; give one of them.")
    data_dir = None if data is None else str(data)
    try:
        settings = from_environment(data_dir=data_dir, database_url=database_url, **options)
    except WrongSetting as error:
        raise click.UsageError(f"{error}.") from error
    if data is not None:
        # The variable of an external database must not outweigh a folder named on the command line.
        settings = msgspec.structs.replace(settings, database_url=None)
    return settings
