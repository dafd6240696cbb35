"""What a compiled expression reads and calls: how the engine knows, before a rule runs, what must be known.

`fields` names every field by its record and spelling ("Session.Total", "Item.Category", "Item.Attributes.color"),
wherever the record came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reads:
    """Names used. roots: as declared ("Session"); fields: record and field; functions: lower-cased."""

    roots: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()


NOTHING_READ: Final = Reads()


def together(parts: Iterable[Reads]) -> Reads:
    """What several expressions read between them."""
    each = tuple(parts)
    return Reads(
        frozenset().union(*(part.roots for part in each)),
        frozenset().union(*(part.fields for part in each)),
        frozenset().union(*(part.functions for part in each)),
    )
