"""Bundles: filled in list order, no item twice, as many as the lists allow; and what is refused."""

from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.applications import Application
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.programs import check_rules
from largesse.engine.shopping.bundles import SLOTS_MAX, assemble

APPLICATION = Application(1, 1, "shop")


class Thing(NamedTuple):
    """Something in a cart."""

    place: int


def things(*places: int) -> list[Thing]:
    """Things at these places."""
    return [Thing(place) for place in places]


def places(bundles: list[tuple[Thing, ...]]) -> list[list[int]]:
    """The places of the things in each bundle."""
    return [[thing.place for thing in bundle] for bundle in bundles]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([], []),
        ([(things(), 1)], []),
        ([(things(0, 1, 2), 1)], [[0], [1], [2]]),
        ([(things(0, 1, 2), 2)], [[0, 1]]),
        ([(things(0, 1), 1), (things(5), 1)], [[0, 5]]),
        ([(things(0, 1, 2, 3), 1), (things(0, 1, 2, 3), 1)], [[0, 1], [2, 3]]),
        ([(things(0, 1), 1), (things(0), 1)], []),
        ([(things(0), 1), (things(0, 1), 1)], [[0, 1]]),
    ],
)
def test_bundles(slots: list[tuple[list[Thing], int]], expected: list[list[int]]) -> None:
    assert places(assemble(slots)) == expected


PLACES = st.lists(st.integers(0, 12), unique=True, max_size=10)
SLOTS = st.lists(st.tuples(PLACES.map(lambda each: things(*each)), st.integers(1, 3)), min_size=1, max_size=4)


def one_by_one(slots: list[tuple[list[Thing], int]]) -> list[list[int]]:
    """The same in the simplest way: every bundle is sought from the beginning."""
    used: list[Thing] = []
    made: list[list[int]] = []
    while True:
        bundle: list[Thing] = []
        for source, wanted in slots:
            free = [thing for thing in source if thing not in used and thing not in bundle][:wanted]
            if len(free) < wanted:
                return made
            bundle += free
        used += bundle
        made.append([thing.place for thing in bundle])


@given(SLOTS)
def test_no_item_is_in_two_bundles_and_none_is_forgotten(slots: list[tuple[list[Thing], int]]) -> None:
    made = places(assemble(slots))
    flat = [place for bundle in made for place in bundle]
    assert len(set(flat)) == len(flat)
    assert all(len(bundle) == sum(wanted for _, wanted in slots) for bundle in made)
    assert made == one_by_one(slots)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3)), min_size=1, max_size=4))
def test_lists_that_share_nothing_give_all_that_the_scarcest_allows(sizes: list[tuple[int, int]]) -> None:
    slots = [(things(*range(100 * at, 100 * at + size)), wanted) for at, (size, wanted) in enumerate(sizes)]
    assert len(assemble(slots)) == min(size // wanted for size, wanted in sizes)


ITEMS = [".", "Session", "CartItems"]
PAIRS = [".", "Pairs"]
OFF = "setDiscountPerBundleItem"


def mistakes(bundle: Any, *effects: Any) -> list[str]:
    """The places of mistakes in a ruleset with one definition."""
    binding = {"name": "Pairs", "type": "bundle", "expression": bundle}
    rule = {"title": "r", "condition": [">", [".", "Count (Pairs)"], 0], "effects": list(effects)}
    found = check_rules([rule], [binding], Definitions(), APPLICATION)
    return [diagnostic.pointer for diagnostic in found or ()]


@pytest.mark.parametrize(
    ("bundle", "effects", "pointers"),
    [
        (["bundle", "P", ITEMS, 2], [[OFF, PAIRS, "x", 1]], []),
        (["Bundle", "P", ITEMS, 1, ["reverse", ITEMS], 1], [[OFF, ["targetItem", PAIRS, 0], "x", 1, "price"]], []),
        (["bundle", "P", ITEMS, 0], [], ["/bindings/0/expression"]),
        (["bundle", "P", ITEMS, ["/", 3, 2]], [], ["/bindings/0/expression"]),
        (["bundle", "P", ITEMS, 1, ITEMS], [], ["/bindings/0/expression"]),
        (["bundle", "P", ITEMS, 1, 1, ITEMS], [], ["/bindings/0/expression"]),
        (["bundle", "P", ["list", "a", "b"], 2], [], ["/bindings/0/expression"]),
        (["bundle", "P", *[ITEMS, 1] * (SLOTS_MAX + 1)], [], ["/bindings/0/expression"]),
        (["bundle", "P", ITEMS, 2], [[OFF, ITEMS, "x", 1]], ["/rules/0/effects/0"]),
        (["bundle", "P", ITEMS, 2], [[OFF, PAIRS, "x", 1, "all"]], ["/rules/0/effects/0"]),
        (["bundle", "P", ITEMS, 2], [["setDiscountPerItem", PAIRS, "x", 1]], ["/rules/0/effects/0"]),
        (["bundle", "P", ITEMS, 2], [[OFF, PAIRS, "x", [["i"], [".", "i", "Total"]]]], ["/rules/0/effects/0/3/1/2"]),
        (
            ["bundle", "P", ITEMS, 2],
            [["setDiscountPerBundleProRata", PAIRS, "x", [["b"], [".", "b", "Price"]]]],
            ["/rules/0/effects/0/3/1/2"],
        ),
    ],
)
def test_mistakes(bundle: Any, effects: list[Any], pointers: list[str]) -> None:
    assert mistakes(bundle, *effects) == pointers
