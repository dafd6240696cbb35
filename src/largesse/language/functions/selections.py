"""Choosing elements by their place, and ordering them by whatever they hold. [C]"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from largesse.language.compile.inlining import never_fails
from largesse.language.environment import Example, Function, each_element
from largesse.language.errors import ExpressionError
from largesse.language.functions.lists import same_list
from largesse.language.json_form import Json
from largesse.language.kinds import Value
from largesse.language.values import text_of


def take(items: list[Value], count: Decimal) -> list[Value]:
    """The first elements, at most so many; a fraction is cut off."""
    if count < 0:
        raise ExpressionError(f"`take` cannot take {count} elements")
    return items[: int(count)]


def between_places(items: list[Value], start: Decimal, end: Decimal) -> list[Value]:
    """The elements from one index up to, and without, another, as far as there are any."""
    if start < 0 or end < 0:
        raise ExpressionError("`slice` counts from 0")
    return items[int(start) : int(end)]


def in_order(items: list[Value], key_of: Callable[[Value], Value], descending: bool) -> list[Value]:
    """The elements by what the block gives: truth values, numbers, times, texts, and last what has nothing to go by,
    in either direction. Equal ones keep their order."""
    keyed = [(key_of(item), item) for item in items]
    placed = sorted(
        ((_rank(key), item) for key, item in keyed if key is not None), key=lambda pair: pair[0], reverse=descending
    )
    return [*(item for _, item in placed), *(item for key, item in keyed if key is None)]


_Rank: TypeAlias = tuple[int, Decimal, str]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _rank(key: Value) -> _Rank:
    match key:
        case bool():
            return 0, Decimal(key), ""
        case Decimal() | int():
            return 1, Decimal(key), ""
        case datetime():
            return 2, Decimal((key - _EPOCH) // timedelta(microseconds=1)), ""
        case _:
            return 3, Decimal(0), text_of(key)


_ABC: Final[Json] = ["list", "a", "b", "c"]
_X: Final[Json] = [".", "x"]

SELECTIONS: Final = (
    Function(
        "take(List, Decimal)List",
        take,
        "The first elements, at most so many. A fraction is cut off.",
        (
            Example(["take", _ABC, 2], ["a", "b"]),
            Example(["take", _ABC, Decimal("9.9")], ["a", "b", "c"]),
            Example(["take", _ABC, -1], fails="cannot take"),
        ),
        result=same_list,
    ),
    Function(
        "slice(List, Decimal, Decimal)List",
        between_places,
        "The elements from one index up to, and without, another, counted from 0, as far as there are any.",
        (
            Example(["slice", _ABC, 1, 3], ["b", "c"]),
            Example(["slice", _ABC, 2, 9], ["c"]),
            Example(["slice", _ABC, -1, 1], fails="counts from 0"),
        ),
        result=same_list,
    ),
    Function(
        "sortBy(List, Token, Boolean)List",
        in_order,
        "The elements by what the block gives, true for descending order: numbers by size, times by their order, texts "
        "by text form. Elements for which it gives Null come last. Equal ones keep their order.",
        (
            Example(["sortBy", ["list", 10, 9, 9], [["x"], _X], False], [9, 9, 10]),
            Example(["sortBy", ["list", "b", "a"], [["x"], _X], True], ["b", "a"]),
            Example(["sortBy", ["list", 1, None, 2], [["x"], ["catch", None, _X]], True], [2, 1, None]),
        ),
        result=same_list,
        binds=each_element,
    ),
    Function(
        "isEmpty(String)Boolean",
        lambda text: not text,
        "Whether the text has no characters.",
        (Example(["isEmpty", ""], True), Example(["isEmpty", "a"], False)),
        inline=never_fails(lambda text: not text),
    ),
)
"""Selections, in the order of the reference."""
