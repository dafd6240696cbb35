"""`largesse migrate`: brings a database up to date without serving, for deployments that do it as a step of its own."""

from pathlib import Path

import click

from largesse.cli.databases import bring_up_to_date, joined_database
from largesse.cli.options import DATA, DATABASE_URL, choose_settings
from largesse.cli.plain_errors import plain_errors
from largesse.cli.stopping import stoppable

HELP = """Bring the database up to date.

`serve` does the same when it starts; this is for those who want it done before. It is safe to run at any time and from
several machines at once, and refuses a database that a newer version of Largesse has written.
"""


def migrate(*, data: Path | None, database_url: str | None) -> None:
    """Applies what is missing and says what that was."""
    settings = choose_settings(data=data, database_url=database_url)
    with plain_errors(), stoppable(), joined_database(settings) as url:
        applied = bring_up_to_date(url)
    for name in applied:
        click.echo(f"applied {name}")
    if not applied:
        click.echo("The database is up to date.")


COMMAND = click.Command(
    "migrate", callback=migrate, help=HELP, short_help="Bring the database up to date.", params=[DATA, DATABASE_URL]
)
