"""What a compiled expression reads and calls: how the engine knows, before a rule runs, what must be known.

`fields` names every field by its record and spelling ("Session.Total", "Item.Category", "Item.Attributes.color"),
wherever the record came from.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reads:
    """Names used. roots: as declared ("Session"); fields: record and field; functions: lower-cased."""

    roots: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()

    def __or__(self, other: "Reads") -> "Reads":
        return Reads(self.roots | other.roots, self.fields | other.fields, self.functions | other.functions)


NOTHING_READ: Final = Reads()
