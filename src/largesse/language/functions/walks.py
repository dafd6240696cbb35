"""Functions that walk a list with a block: their blocks run inside the walk, without a call per element. [TL
corefn/list]"""

import ast
from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Final

from largesse.language.compile import code as py
from largesse.language.compile.code import Body, Code
from largesse.language.compile.inlining import list_and_block, risky
from largesse.language.compile.weave import Weaver
from largesse.language.environment import Example, Function, InlineRule, each_element
from largesse.language.functions.arithmetic import ADD
from largesse.language.functions.lists import same_list
from largesse.language.json_form import Json
from largesse.language.kinds import Kind, Value
from largesse.language.types import ANY, ListType, TokenType, Type
from largesse.language.values import text_of

_ZERO: Final = Decimal(0)


def filtered(items: list[Value], holds: Callable[[Value], bool]) -> list[Value]:
    """The elements for which the block holds, in their order."""
    return [item for item in items if holds(item)]


def mapped(items: list[Value], value_of: Callable[[Value], Value]) -> list[Value]:
    """The block's value for each element."""
    return [value_of(item) for item in items]


def exists(items: list[Value], holds: Callable[[Value], bool]) -> bool:
    """Whether the block holds for some element; stops at the first."""
    return any(holds(item) for item in items)


def every(items: list[Value], holds: Callable[[Value], bool]) -> bool:
    """Whether the block holds for each element; stops at the first for which it does not."""
    return all(holds(item) for item in items)


def total(items: list[Value], value_of: Callable[[Value], Decimal]) -> Decimal:
    """The sum of the block's values."""
    return reduce(ADD, map(value_of, items), _ZERO)


def by_number(items: list[Value], key_of: Callable[[Value], Value], descending: bool) -> list[Value]:
    """The elements by the number the block gives; what is not a number counts as 0. Equal ones keep their order."""

    def number(item: Value) -> Decimal | int:
        key = key_of(item)
        return key if isinstance(key, Decimal | int) and not isinstance(key, bool) else 0

    return sorted(items, key=number, reverse=descending)


def by_string(items: list[Value], key_of: Callable[[Value], Value], descending: bool) -> list[Value]:
    """The elements by the text form of what the block gives. Equal ones keep their order."""
    return sorted(items, key=lambda item: text_of(key_of(item)), reverse=descending)


def _comprehension(element: ast.expr, variable: str, items: ast.expr, conditions: list[ast.expr]) -> ast.expr:
    walk = ast.comprehension(ast.Name(variable, ast.Store()), items, conditions, 0)
    return ast.ListComp(element, [walk])


def _inline_filter(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    items, body = list_and_block(arguments)
    (variable,) = body.parameters
    condition = weaver.applied(body)
    if risky(items, body):
        return Code(_comprehension(py.name(variable), variable, weaver.strict(items), [condition]), ANY, fails=True)
    return Code(_comprehension(py.name(variable), variable, items.expression, [condition]), ANY, items.needs)


def _inline_map(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    items, body = list_and_block(arguments)
    (variable,) = body.parameters
    element = weaver.applied(body)
    if risky(items, body):
        return Code(_comprehension(element, variable, weaver.strict(items), []), ANY, fails=True)
    return Code(_comprehension(element, variable, items.expression, []), ANY, items.needs)


def _search(*, until: bool) -> InlineRule:
    """A loop that ends with `until` at the first element for which the block is `until`."""

    def inline(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
        items, body = list_and_block(arguments)
        (variable,) = body.parameters
        holds = weaver.strict(body.code)
        test = holds if until else ast.UnaryOp(ast.Not(), holds)
        inside = [*body.definitions, ast.If(test, [ast.Return(ast.Constant(until))], [])]
        walk = py.loop(variable, py.name("items"), inside)
        search = weaver.define("search", ("items",), [walk, ast.Return(ast.Constant(not until))])
        if risky(items, body):
            return Code(py.call(search, weaver.strict(items)), ANY, fails=True)
        return Code(py.call(search, items.expression), ANY, items.needs)

    return inline


def _inline_sum(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    items, body = list_and_block(arguments)
    (variable,) = body.parameters
    added = py.call(weaver.name(ADD), py.name("total"), weaver.strict(body.code))
    walk = py.loop(variable, py.name("items"), [*body.definitions, py.assign("total", added)])
    sum_ = weaver.define(
        "sum", ("items",), [py.assign("total", weaver.name(_ZERO)), walk, ast.Return(py.name("total"))]
    )
    return Code(py.call(sum_, weaver.strict(items)), ANY, fails=True)


def _mapped_type(types: tuple[Type, ...]) -> Type:
    block = types[1]
    return ListType(block.result if isinstance(block, TokenType) else ANY)


_NUMBERS: Final[Json] = ["list", 3, 1, 2]
_X: Final[Json] = [".", "x"]
_BIG: Final[Json] = [["x"], [">", _X, 1]]

WALKS: Final = (
    Function(
        "filter(List, Token)List",
        filtered,
        "The elements for which the block holds.",
        (Example(["filter", _NUMBERS, _BIG], [3, 2]), Example(["filter", ["list"], _BIG], [])),
        result=same_list,
        binds=each_element,
        body=Kind.BOOLEAN,
        inline=_inline_filter,
    ),
    Function(
        "map(List, Token)List",
        mapped,
        "The value of the block for each element.",
        (Example(["map", _NUMBERS, [["x"], ["*", _X, 2]]], [6, 2, 4]), Example(["map", _NUMBERS, "x", _X], [3, 1, 2])),
        result=_mapped_type,
        binds=each_element,
        named_body=True,
        inline=_inline_map,
    ),
    Function(
        "exists(List, Token)Boolean",
        exists,
        "Whether the block holds for some element.",
        (
            Example(["exists", _NUMBERS, _BIG], True),
            Example(["exists", ["list"], "x", True], False),
            Example(["exists", _NUMBERS, [["x"], [">", ["/", 1, ["-", _X, 1]], 0]]], True),
        ),
        binds=each_element,
        body=Kind.BOOLEAN,
        named_body=True,
        inline=_search(until=True),
    ),
    Function(
        "every(List, Token)Boolean",
        every,
        "Whether the block holds for each element; of no elements, it does.",
        (Example(["every", _NUMBERS, _BIG], False), Example(["every", ["list"], "x", False], True)),
        binds=each_element,
        body=Kind.BOOLEAN,
        named_body=True,
        inline=_search(until=False),
    ),
    Function(
        "sum(List, Token)Decimal",
        total,
        "The sum of the block's values.",
        (Example(["sum", _NUMBERS, "x", _X], 6), Example(["sum", ["list"], [["x"], _X]], 0)),
        binds=each_element,
        body=Kind.DECIMAL,
        named_body=True,
        inline=_inline_sum,
    ),
    Function(
        "sortByNumber(List, Token, Boolean)List",
        by_number,
        "The elements by the number the block gives, true for descending order. What is not a number counts as 0.",
        (
            Example(["sortByNumber", _NUMBERS, [["x"], _X], False], [1, 2, 3]),
            Example(["sortByNumber", ["list", 1, "x", -1], [["x"], _X], True], [1, "x", -1]),
        ),
        result=same_list,
        binds=each_element,
    ),
    Function(
        "sortByString(List, Token, Boolean)List",
        by_string,
        "The elements by the text form of what the block gives, true for descending order.",
        (Example(["sortByString", ["list", "b", 10, 9, "a"], [["x"], _X], False], [10, 9, "a", "b"]),),
        result=same_list,
        binds=each_element,
    ),
)
"""Functions that walk lists, in the order of the reference."""
