"""`largesse eval`: one expression, a file of them, or a shell."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click

from largesse.cli.eval.answers import Answer, answer
from largesse.cli.eval.batch import replies
from largesse.cli.eval.shell import run_shell, source_of
from largesse.cli.eval.shown import as_text, with_carets
from largesse.cli.eval.world import World, WrongBindingError, read_json, world_of
from largesse.cli.options import NOW

HELP = """Evaluate expressions of the rule language, written as text or as JSON.

With EXPRESSION its value is printed, or what is wrong with it, with exit code 1. With --batch each line of a file is an
object {"expression": ..., "binding": {...}}, answered by a line {"kind": ..., "value": ...} or {"error": {"code",
"message", "span"}}. With neither, a shell asks for expressions; `:help` in it shows more.
"""


EXPRESSION = click.Argument(["expression"], required=False)
BINDING = click.Option(
    ["--binding"],
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file with the names the expressions may use.",
)
BATCH = click.Option(
    ["--batch"], type=click.File("rb"), help="A file with an object per line; - reads them from the standard input."
)


def run(*, expression: str | None, binding: Path | None, batch: BinaryIO | None, now: datetime) -> None:
    """Does one of the three."""
    if batch is not None:
        if expression is not None or binding is not None:
            raise click.UsageError("--batch brings its own expressions and bindings.")
        for reply in replies(batch, now):
            click.echo(reply)
        return
    world = _world(binding, now)
    if expression is None:
        run_shell(world)
        return
    answered = answer(source_of(expression), world)
    if not isinstance(answered, Answer):
        click.echo(with_carets(expression, answered), err=True)
        raise click.exceptions.Exit(1)
    click.echo(as_text(answered.value))


def _world(file: Path | None, now: datetime) -> World:
    try:
        return world_of({} if file is None else read_json(file.read_bytes()), now)
    except (WrongBindingError, ValueError) as error:
        raise click.ClickException(f"{file} is no binding: {error}.") from error


COMMAND = click.Command(
    "eval",
    callback=run,
    help=HELP,
    short_help="Evaluate expressions of the rule language.",
    params=[EXPRESSION, BINDING, BATCH, NOW],
)
