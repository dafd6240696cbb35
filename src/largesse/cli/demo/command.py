"""`largesse demo`: makes the shop on the first start, shows how to get in, and serves it until told to stop."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import msgspec

from largesse.cli.databases import bring_up_to_date, running_database, watch_database
from largesse.cli.demo import credentials
from largesse.cli.demo.admin import ensure_admin
from largesse.cli.demo.build import build_shop
from largesse.cli.demo.client import Client
from largesse.cli.demo.credentials import Credentials, Draft
from largesse.cli.demo.example import try_example
from largesse.cli.listening import listening, url_of
from largesse.cli.options import PORT, choose_settings
from largesse.cli.plain_errors import plain_errors
from largesse.cli.progress import working
from largesse.cli.stopping import stoppable
from largesse.cli.workers import run_workers
from largesse.plumbing import clock

FOLDER_DEFAULT = "largesse-demo"

HELP = f"""Run a small shop with everything in it: campaigns, a thousand coupons, customers.

The first start makes the shop; later ones on the same folder find it as it was left, with the same keys. They are kept
in {credentials.FILE_NAME} in that folder, readable by its owner only. Ctrl-C stops the shop; delete the folder to begin
anew.
"""

DATA = click.Option(
    ["--data"],
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER_DEFAULT,
    help=f"Folder of the demo's database, made when missing.  [default: ./{FOLDER_DEFAULT}]",
)
AS_JSON = click.Option(
    ["--json", "as_json"],
    is_flag=True,
    help="Print one line of JSON with the URL and the credentials once the shop answers, and nothing else.",
)


def demo(*, data: Path, port: int | None, as_json: bool) -> None:
    """Serves the demo until told to stop."""
    # A line per request would drown the few lines that a person came for.
    settings = choose_settings(data=data, port=port, workers=1, log_requests=False)
    with (
        plain_errors(),
        stoppable(),
        listening(settings.host, settings.port, count=1) as listeners,
        running_database(settings) as database_url,
    ):
        bring_up_to_date(database_url)
        known = credentials.read(settings.data_path)
        if not isinstance(known, Credentials):
            known = ensure_admin(database_url, settings.data_path, known, clock.now())
        show = _show_json if as_json else _show_welcome
        url = url_of(listeners[0])

        async def open_shop() -> None:
            await asyncio.to_thread(_open_shop, url, settings.data_path, known, show)

        served = msgspec.structs.replace(settings, database_url=database_url)
        asyncio.run(run_workers(listeners, served, when_ready=open_shop, watch=partial(watch_database, settings)))


def _open_shop(
    url: str, folder: Path, known: Credentials | Draft, show: Callable[[str, Path, Credentials], None]
) -> None:
    if isinstance(known, Draft):
        with working("Furnishing the shop"), Client(url) as client:
            known = build_shop(client, known, clock.now())
        credentials.write(folder, known)
    show(url, folder, known)


def _show_json(url: str, _folder: Path, opened: Credentials) -> None:
    line = {"url": url, **msgspec.to_builtins(opened)}
    click.echo(msgspec.json.encode(line).decode())


def _show_welcome(url: str, folder: Path, opened: Credentials) -> None:
    with Client(url) as client:
        example = try_example(client, url, opened.integration_key)
    click.echo(
        f"""
Largesse demo: the shop Hazel & Hearth, at {url}

  interactive reference  {url}/docs
  Application            {opened.application_id}
  integration key        {opened.integration_key}
  management key         {opened.management_key}
  admin                  {opened.admin_email}, password {opened.admin_password}
  data                   {folder}

A cart with two cushions, a coupon and shipping; paste this into another terminal:

{example.command}

It answers:

{example.answer}

Ctrl-C stops the demo. The same command starts it again, with the same shop and the same keys."""
    )


COMMAND = click.Command(
    "demo",
    callback=demo,
    help=HELP,
    short_help="Run a small shop with everything in it.",
    params=[DATA, PORT, AS_JSON],
)
