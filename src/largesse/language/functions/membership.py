"""Whether values are among others. Values are equal as `=` has it, and each distinct one counts once. [C]"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from largesse.language.environment import Example, Function
from largesse.language.json_form import Json
from largesse.language.kinds import Value
from largesse.language.values import text_of


def _keys(values: Iterable[Value]) -> frozenset[str]:
    """What `=` compares by: equal numbers have one text form, so the text form is enough."""
    return frozenset(map(text_of, values))


def one_of(value: Value, values: list[Value]) -> bool:
    """Whether a value equals an element."""
    wanted = text_of(value)
    return any(text_of(each) == wanted for each in values)


def hits(items: list[Value], wanted: list[Value]) -> int:
    """How many distinct wanted values are among the elements."""
    return len(_keys(items) & _keys(wanted))


def contains_one_of(items: list[Value], wanted: list[Value]) -> bool:
    """Whether at least one wanted value is among the elements."""
    return not _keys(items).isdisjoint(_keys(wanted))


def contains_none_of(items: list[Value], wanted: list[Value]) -> bool:
    """Whether no wanted value is among the elements."""
    return _keys(items).isdisjoint(_keys(wanted))


def contains_all_of(items: list[Value], wanted: list[Value]) -> bool:
    """Whether every wanted value is among the elements."""
    return _keys(wanted) <= _keys(items)


def contains_at_least(items: list[Value], wanted: list[Value], count: Decimal) -> bool:
    """Whether so many wanted values, or more, are among the elements."""
    return hits(items, wanted) >= count


def contains_exactly(items: list[Value], wanted: list[Value], count: Decimal) -> bool:
    """Whether so many wanted values, and no more, are among the elements."""
    return hits(items, wanted) == count


_COLORS: Final[Json] = ["list", "red", "green", "red"]

MEMBERSHIP: Final = (
    Function(
        "oneOf(Atom, List)Boolean",
        one_of,
        "Whether a value equals an element of the list.",
        (Example(["oneOf", "red", _COLORS], True), Example(["oneOf", 1, ["list", "1", 2]], True)),
    ),
    Function(
        "containsOneOf(List, List)Boolean",
        contains_one_of,
        "Whether the first list holds at least one value of the second.",
        (Example(["containsOneOf", _COLORS, ["list", "blue", "green"]], True),),
    ),
    Function(
        "containsNoneOf(List, List)Boolean",
        contains_none_of,
        "Whether the first list holds no value of the second.",
        (Example(["containsNoneOf", _COLORS, ["list", "blue", "green"]], False),),
    ),
    Function(
        "containsAllOf(List, List)Boolean",
        contains_all_of,
        "Whether the first list holds every value of the second.",
        (Example(["containsAllOf", _COLORS, ["list", "green", "red"]], True),),
    ),
    Function(
        "containsAtLeast(List, List, Decimal)Boolean",
        contains_at_least,
        "Whether the first list holds so many values of the second, or more. Each value counts once.",
        (Example(["containsAtLeast", _COLORS, ["list", "red", "blue"], 2], False),),
    ),
    Function(
        "containsExactly(List, List, Decimal)Boolean",
        contains_exactly,
        "Whether the first list holds exactly so many values of the second. Each value counts once.",
        (Example(["containsExactly", _COLORS, ["list", "red", "blue"], 1], True),),
    ),
)
"""Membership, in the order of the reference."""
