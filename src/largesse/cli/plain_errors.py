"""What stands in the way of a command, said in one sentence instead of a traceback.

Only failures that have a cause outside the program are turned into sentences; a bug keeps its traceback.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from largesse.plumbing.database import EmbeddedServerFailed, MigrationRefused
from largesse.plumbing.problems import Problem

EXPECTED = (EmbeddedServerFailed, MigrationRefused, Problem)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Ends the command with exit code 1 and one sentence for every failure a person can do something about."""
    try:
        yield
    except EXPECTED as error:
        raise click.ClickException(_sentence(str(error))) from error


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) or "\n" in text else f"{text}."
