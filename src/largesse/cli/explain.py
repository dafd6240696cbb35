"""`largesse explain`: why a cart gets what it gets, without a server to ask."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click
import msgspec

import largesse
from largesse.cli.options import NOW
from largesse.engine.attributes import JSON
from largesse.engine.evaluation.why.story import lines
from largesse.engine.evaluation.why.told import SessionTold
from largesse.engine.formats.library import SessionRefusedError
from largesse.plumbing.http.codec import encode

HELP = """Say why a cart gets what it gets, and what would have to change for it to get more.

SHOP is a JSON file as `largesse.load` takes it: campaigns with their rulesets and coupons. SESSION is one with a
customer session, as it is sent to the server; its customer may be described in --profile.
"""


def run(*, shop: Path, session: Path, profile: Path | None, now: datetime, as_json: bool) -> None:
    """Prints the explanation, as lines or as JSON."""
    try:
        loaded = largesse.load(shop.read_bytes())
    except KeyError as error:
        raise click.ClickException(f"{shop} is no shop: it has no {error}.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise click.ClickException(f"{shop} is no shop: {error}.") from error
    sent = _read(session)
    sent = sent["customerSession"] if isinstance(sent, dict) and "customerSession" in sent else sent
    if not isinstance(sent, dict):
        raise click.ClickException(f"{session} is no session: it must be an object.")
    try:
        told = loaded.explain(sent, now=now, profile=None if profile is None else _read(profile))
    except (SessionRefusedError, ValueError, AttributeError) as error:
        raise click.ClickException(f"{session} is no session: {error}.") from error
    _show(told, as_json=as_json)


def _show(told: SessionTold, *, as_json: bool) -> None:
    if as_json:
        click.echo(encode({"codes": told.codes, "campaigns": told.campaigns}))
        return
    for line in lines(told):
        click.echo(line)


def _read(file: Path) -> JSON:
    try:
        read: JSON = msgspec.json.Decoder(float_hook=Decimal).decode(file.read_bytes())
    except (msgspec.DecodeError, RecursionError) as error:
        raise click.ClickException(f"{file} is not JSON: {error}.") from error
    return read


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
COMMAND = click.Command(
    "explain",
    callback=run,
    help=HELP,
    short_help="Say why a cart gets what it gets.",
    params=[
        click.Argument(["shop"], type=_FILE),
        click.Argument(["session"], type=_FILE),
        click.Option(["--profile"], type=_FILE, help="A JSON file with the customer profile."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print one object of JSON instead of lines."),
        NOW,
    ],
)
