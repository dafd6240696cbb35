"""Lists. No function changes a list: it makes another. Those that walk with a block are in walks.py. [TL
corefn/list]"""

import ast
from decimal import Decimal
from typing import Final

from largesse.language.compile.inlining import never_fails, operator
from largesse.language.environment import Example, Function, Known
from largesse.language.errors import ExpressionError
from largesse.language.kinds import Value
from largesse.language.limits import LIST_LENGTH_MAX
from largesse.language.sizes import size
from largesse.language.types import ANY, DECIMAL, NULL, ListType, Type, join
from largesse.language.values import text_of


def make_list(*atoms: Value) -> list[Value]:
    """A list of atoms."""
    return list(atoms)


def head(items: list[Value]) -> Value:
    """The first element, Null when there is none."""
    return items[0] if items else None


def item(items: list[Value], index: Decimal) -> Value:
    """The element at an index counted from 0; a fraction is cut off."""
    position = int(index)
    if not 0 <= position < len(items):
        raise ExpressionError("Out of bounds")
    return items[position]


def push(items: list[Value], *values: Value) -> list[Value]:
    """A copy with more elements at its end."""
    made = [*items, *values]
    if size(made) > LIST_LENGTH_MAX:
        raise ExpressionError(f"A list may have {LIST_LENGTH_MAX:,} elements")
    return made


def count(items: list[Value]) -> Decimal:
    """The number of elements."""
    return Decimal(len(items))


def backwards(items: list[Value]) -> list[Value]:
    """The elements in opposite order."""
    return list(reversed(items))


def numbers(items: list[Value]) -> list[Decimal]:
    """The numbers among the elements; raises ExpressionError when there are none."""
    found = [Decimal(each) for each in items if isinstance(each, Decimal | int) and not isinstance(each, bool)]
    if not found:
        raise ExpressionError("There are no numbers in the list")
    return found


def sort(items: list[Value], descending: bool = False) -> list[Value]:
    """The elements by text form."""
    return sorted(items, key=text_of, reverse=descending)


def element_type(type_: Type) -> Type:
    """The type of a list's elements."""
    return type_.element if isinstance(type_, ListType) else ANY


def list_of(types: tuple[Type, ...]) -> Type:
    """The ResultRule of a list made of the arguments."""
    if not types:
        return ListType(ANY)
    element = types[0]
    for type_ in types[1:]:
        element = join(element, type_)
    return ListType(element)


def same_list(types: tuple[Type, ...]) -> Type:
    """The ResultRule of functions that choose or reorder elements of their first argument."""
    return ListType(element_type(types[0]))


def _pushed(types: tuple[Type, ...]) -> Type:
    return list_of((element_type(types[0]), *types[1:]))


def _refuse_long(arguments: tuple[Known, ...]) -> str | None:
    return f"a list may have {LIST_LENGTH_MAX:,} elements" if len(arguments) > LIST_LENGTH_MAX else None


_ABC: Final = ["list", "a", "b", "c"]
_PUSH_DOC: Final = "A copy of the list with the other arguments at its end."

LISTS: Final = (
    Function(
        "list(Atom...)List",
        make_list,
        "A list of atoms.",
        (Example(_ABC, ["a", "b", "c"]), Example(["list"], [])),
        result=list_of,
        refuses=_refuse_long,
        inline=never_fails(make_list),
    ),
    Function(
        "head(List)Any",
        head,
        "The first element, Null when there is none.",
        (Example(["head", _ABC], "a"), Example(["head", ["list"]], None)),
        result=lambda types: join(element_type(types[0]), NULL),
        inline=never_fails(head),
    ),
    Function(
        "tail(List)List",
        lambda items: items[1:],
        "All elements but the first.",
        (Example(["tail", _ABC], ["b", "c"]), Example(["tail", ["list"]], [])),
        result=same_list,
        inline=never_fails(lambda items: items[1:]),
    ),
    Function(
        "drop(List)List",
        lambda items: items[:-1],
        "All elements but the last.",
        (Example(["drop", _ABC], ["a", "b"]), Example(["drop", ["list"]], [])),
        result=same_list,
        inline=never_fails(lambda items: items[:-1]),
    ),
    Function(
        "item(List, Decimal)Any",
        item,
        "The element at an index counted from 0.",
        (
            Example(["item", _ABC, 0], "a"),
            Example(["item", _ABC, 3], fails="Out of bounds"),
            Example(["item", _ABC, -1], fails="Out of bounds"),
        ),
        result=lambda types: element_type(types[0]),
    ),
    Function(
        "push(List, Atom|Collection, Atom|Collection...)List",
        push,
        _PUSH_DOC,
        (Example(["push", ["list", 1], 2, "x"], [1, 2, "x"]), Example(["push", ["list"], _ABC], [["a", "b", "c"]])),
        result=_pushed,
        looks_through=True,
    ),
    Function(
        "append(List, Atom|Collection, Atom|Collection...)List",
        push,
        _PUSH_DOC,
        (Example(["append", ["list", 1], 2], [1, 2]),),
        result=_pushed,
        looks_through=True,
    ),
    Function(
        "count(List)Decimal",
        count,
        "The number of elements.",
        (Example(["count", _ABC], 3),),
        inline=never_fails(count),
    ),
    Function(
        "reverse(List)List",
        backwards,
        "The elements in opposite order.",
        (Example(["reverse", _ABC], ["c", "b", "a"]),),
        result=same_list,
        inline=never_fails(backwards),
    ),
    Function(
        "isEmpty(List)Boolean",
        lambda items: not items,
        "Whether there are no elements.",
        (Example(["isEmpty", ["list"]], True), Example(["isEmpty", _ABC], False)),
        inline=operator(lambda items: ast.UnaryOp(ast.Not(), items), 1),
    ),
    Function(
        "min(List)Decimal",
        lambda items: min(numbers(items)),
        "The least number in the list; other elements are passed over.",
        (Example(["min", ["list", 3, "x", 2]], 2), Example(["min", ["list"]], fails="no numbers")),
        result=DECIMAL,
    ),
    Function(
        "max(List)Decimal",
        lambda items: max(numbers(items)),
        "The greatest number in the list; other elements are passed over.",
        (Example(["max", ["list", 3, "x", 2]], 3), Example(["max", ["list", "x"]], fails="no numbers")),
        result=DECIMAL,
    ),
    Function(
        "sort(List)List",
        sort,
        "The elements by text form, so that 10 comes before 9.",
        (
            Example(["sort", ["list", "World", 2, "Hello", 1]], [1, 2, "Hello", "World"]),
            Example(["sort", ["list", 9, 10]], [10, 9]),
        ),
        result=same_list,
    ),
    Function(
        "sort(List, Boolean)List",
        sort,
        "The elements by text form; true for descending order.",
        (Example(["sort", _ABC, True], ["c", "b", "a"]),),
        result=same_list,
    ),
)
"""Functions on lists, in the order of the reference."""
