"""`largesse create-admin`: the first person of an account, who can then sign in and make everything else."""

import asyncio
from pathlib import Path

import click

from largesse.cli.admins import EmailTaken, NewAdmin, create_admin
from largesse.cli.databases import bring_up_to_date, joined_database
from largesse.cli.options import DATA, DATABASE_URL, choose_settings
from largesse.cli.plain_errors import plain_errors
from largesse.cli.stopping import stoppable
from largesse.plumbing import clock
from largesse.plumbing.secrets import PASSWORD_CHARACTERS_MAX

PASSWORD_CHARACTERS_MIN = 10
"""Short passwords are guessed whatever else they contain."""

HELP = """Create an administrator, who can sign in with POST /v1/sessions and make everything else.

With --account the administrator joins an account that exists; without it a new account is made for --company. A server
that runs on the same data folder may keep running.
"""


def _check_email(_context: click.Context, _parameter: click.Parameter, email: str) -> str:
    name, _, domain = email.strip().rpartition("@")
    if not name or not domain or any(character.isspace() for character in email.strip()):
        raise click.BadParameter("that is not an e-mail address.")
    return email.strip()


def _check_password(_context: click.Context, _parameter: click.Parameter, password: str) -> str:
    if not PASSWORD_CHARACTERS_MIN <= len(password) <= PASSWORD_CHARACTERS_MAX:
        raise click.BadParameter(
            f"use {PASSWORD_CHARACTERS_MIN} characters or more, and not more than {PASSWORD_CHARACTERS_MAX}."
        )
    return password


EMAIL = click.Option(["--email"], prompt="E-mail", callback=_check_email, help="What the person signs in with.")
PASSWORD = click.Option(
    ["--password"],
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    callback=_check_password,
    help="Asked for when not given, which keeps it out of the shell's history.",
)
NAME = click.Option(["--name"], default="", help="The person's name.")
ACCOUNT = click.Option(["--account"], type=int, help="Id of the account to join.")
COMPANY = click.Option(["--company"], default="My company", show_default=True, help="Name of the new account.")


def run(
    *,
    email: str,
    password: str,
    name: str,
    account: int | None,
    company: str,
    data: Path | None,
    database_url: str | None,
) -> None:
    """Creates the administrator and says in which account."""
    settings = choose_settings(data=data, database_url=database_url)
    admin = NewAdmin(email=email, password=password, name=name, account_id=account, company=company)
    with plain_errors(), stoppable(), joined_database(settings) as url:
        bring_up_to_date(url)
        try:
            account_id = asyncio.run(create_admin(url, admin, clock.now()))
        except EmailTaken as error:
            raise click.ClickException(f"{error}.") from error
    click.echo(f"{email} is an administrator of account {account_id}.")


COMMAND = click.Command(
    "create-admin",
    callback=run,
    help=HELP,
    short_help="Create an administrator.",
    params=[EMAIL, PASSWORD, NAME, ACCOUNT, COMPANY, DATA, DATABASE_URL],
)
