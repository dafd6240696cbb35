"""Bundles: items of a cart that belong together, as many times as the cart has them.

A definition names lists of items and how many of each a bundle takes. Bundles are filled one after the other: slot by
slot, in list order, passing over what is in a bundle already. Source: rule language, section 11.
"""

from collections.abc import Hashable, Sequence
from typing import Protocol, TypeVar

# More lists than anybody sells together; each of them is walked once.
SLOTS_MAX = 20


class Placed(Protocol):
    """Something with a place of its own: an item of a cart."""

    @property
    def place(self) -> Hashable:
        """What tells it from all others."""


Item = TypeVar("Item", bound=Placed)


def assemble(slots: Sequence[tuple[Sequence[Item], int]]) -> list[tuple[Item, ...]]:
    """All bundles that can be filled from (list, number of items), each with its items in the order of the slots.

    No item is in two of them, although it may be in several lists. Numbers are at least 1.
    """
    taken: set[Hashable] = set()
    next_places = [0] * len(slots)
    bundles: list[tuple[Item, ...]] = []
    while slots:
        items: list[Item] = []
        for number, (source, wanted) in enumerate(slots):
            place, missing = next_places[number], wanted
            while missing and place < len(source):
                item = source[place]
                place += 1
                if item.place not in taken:
                    taken.add(item.place)
                    items.append(item)
                    missing -= 1
            next_places[number] = place
            if missing:
                return bundles
        bundles.append(tuple(items))
    return bundles
