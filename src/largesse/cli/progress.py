"""Signs of life while something takes longer than a moment: on a terminal only, and never on standard output."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def working(on_what: str) -> Iterator[None]:
    """Shows a moving line that says `on_what` we are working until the block ends; nothing where no person looks on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(on_what):
        yield
