"""The shell: an expression in, a value out, again and again.

An expression goes on over as many lines as its parentheses need; an empty line ends it as it is. Lines typed at a
terminal are kept for the next time.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from largesse.cli.eval.answers import Answer, Failures, Token, answer, understand
from largesse.cli.eval.shown import as_text, as_tree, with_carets
from largesse.cli.eval.world import World, read_json
from largesse.language import CORE, Json, unfinished
from largesse.language.types import type_text

HISTORY_LINES_MAX = 1_000
"""Lines kept for the next time: weeks of trying things out, in a file that opens at once."""

WELCOME = "The rule language. `:help` shows what can be typed here; Ctrl-D leaves."
HELP = """An expression: (+ 1 2), where the outer parentheses may be left out, or JSON: ["+", 1, 2]

  :let NAME EXPRESSION   give a value a name, read as (. NAME)
  :names                 the names in reach
  :why EXPRESSION        every part with its value
  :type EXPRESSION       what is known before it runs
  :functions [WORD]      functions whose name or meaning holds a word
  :quit                  leave"""


def run_shell(world: World) -> None:
    """Reads and answers until there is no more to read."""
    typing = sys.stdin.isatty()
    with _remembered(typing):
        if typing:
            click.echo(WELCOME)
        while (typed := _read(typing)) is not None:
            if typed.strip() in (":quit", ":q"):
                return
            if typed.strip():
                world = _obey(typed.strip(), world)


def source_of(text: str) -> Json:
    """What a person has typed: JSON when it looks like it, else text."""
    if text.startswith("["):
        with suppress(ValueError):
            return read_json(text)
    return text


def _read(typing: bool) -> str | None:
    """One expression or command; None at the end."""
    lines: list[str] = []
    while True:
        try:
            line = input(("... " if lines else "> ") if typing else "")
        except EOFError:
            return "\n".join(lines) if lines else None
        except KeyboardInterrupt:
            click.echo()
            lines = []
            continue
        lines.append(line)
        text = "\n".join(lines)
        if not line.strip() or not unfinished(text):
            return text


def _obey(typed: str, world: World) -> World:
    if not typed.startswith(":"):
        _say(typed, answer(source_of(typed), world))
        return world
    command, _, rest = typed.partition(" ")
    if command == ":let":
        return _let(rest.strip(), world)
    run = _COMMANDS.get(command)
    click.echo("There is no such command; `:help` lists them." if run is None else run(rest.strip(), world))
    return world


def _say(typed: str, answered: Answer | Failures) -> None:
    click.echo(as_text(answered.value) if isinstance(answered, Answer) else with_carets(typed, answered))


def _let(rest: str, world: World) -> World:
    name, _, text = rest.partition(" ")
    answered = answer(source_of(text.strip()), world)
    if isinstance(answered, Answer) and not isinstance(answered.value, Token):
        click.echo(f"{name} = {as_text(answered.value)}")
        return world.with_name(name, answered.value)
    _say(text.strip(), answered)
    return world


def _why(text: str, world: World) -> str:
    understood = understand(source_of(text), world)
    match understood:
        case Token():
            return as_text(understood)
        case tuple():
            return with_carets(text, understood)
        case _:
            return "\n".join(as_tree(understood.explain(world.frame())))


def _type(text: str, world: World) -> str:
    understood = understand(source_of(text), world)
    match understood:
        case Token():
            return "block"
        case tuple():
            return with_carets(text, understood)
        case _:
            return type_text(understood.type)


def _names(_text: str, world: World) -> str:
    return "\n".join(f"{name} = {as_text(value)}" for name, value in world.names.values()) or "There are none."


def _functions(word: str, _world: World) -> str:
    found = [each for each in CORE if word.lower() in f"{each.name} {each.doc}".lower()]
    return "\n".join(f"{each.signature}\n    {each.doc}" for each in found) or "No function says that of itself."


_COMMANDS: Mapping[str, Callable[[str, World], str]] = {
    ":help": lambda _text, _world: HELP,
    ":why": _why,
    ":type": _type,
    ":names": _names,
    ":functions": _functions,
}


@contextmanager
def _remembered(typing: bool) -> Iterator[None]:
    """Lets a person at a terminal edit lines and find those of earlier times, where Python was built with readline."""
    readline = _line_editor() if typing else None
    if readline is None:
        yield
        return
    file = Path(click.get_app_dir("largesse")) / "eval_history"
    with suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(HISTORY_LINES_MAX)
    try:
        yield
    finally:
        _keep(file, partial(readline.write_history_file, file))


def _line_editor() -> ModuleType | None:
    try:
        import readline  # noqa: PLC0415  # importing it already changes how a terminal reads
    except ImportError:
        return None
    return readline


def _keep(file: Path, write: Callable[[], Any]) -> None:
    """Write the history, readable by its owner only; a home that cannot be written to is no reason to fail."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        write()
