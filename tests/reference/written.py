"""How reference pages are put together."""

from collections.abc import Iterable

import msgspec

ENCODER = msgspec.json.Encoder(decimal_format="number")
NOTE = "<!-- Written by `make docs` from the code; change it there. -->"


def page(title: str, lead: str, sections: Iterable[str]) -> str:
    """A whole page."""
    return "\n\n".join([NOTE, f"# {title}", lead, *sections]) + "\n"


def as_json(value: object) -> str:
    """A value of an example as rules write it."""
    return msgspec.json.format(ENCODER.encode(value), indent=0).decode()


def plain(text: str) -> str:
    """A docstring on one line."""
    return " ".join(text.split())
