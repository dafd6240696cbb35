"""Generated code: a piece of Python syntax and what is known about running it.

The compiler turns every expression into one Python expression. What makes the result fast is knowing when it can fail.
A piece of code either

* fails at will (`fails`), so that `catch` needs a try statement around it; or
* has a value whenever its `needs` are there: reads of optional fields that may be None. Then no exception is needed:
  `catch` becomes a test for None,
  and `catch(false, Item.Category = "x")` ends up as `item.category == "x"`.

Code is syntax (`ast`), never text: what users wrote can only become a constant.
"""

import ast
from dataclasses import dataclass, replace
from typing import Final

from largesse.language.types import Type

_LOAD: Final = ast.Load()


@dataclass(frozen=True, slots=True)
class Need:
    """A pure read which must not be None, and the path a message names when it is."""

    read: ast.expr
    path: str


@dataclass(frozen=True, slots=True)
class Code:
    """A generated expression.

    needs: what must be there before `expression` may run; empty when it fails. lenient: for truth values, an
    expression that is False where `expression` would lack something; found by `lenient` below when it is not given.
    """

    expression: ast.expr
    type: Type
    needs: tuple[Need, ...] = ()
    fails: bool = False
    lenient: ast.expr | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A generated block: its parameters' names, its code, and the local functions that code calls."""

    parameters: tuple[str, ...]
    code: Code
    definitions: tuple[ast.stmt, ...]


def present(need: Need) -> ast.expr:
    """Whether a need is there."""
    return ast.Compare(need.read, [ast.IsNot()], [ast.Constant(None)])


def lenient(code: Code) -> ast.expr | None:
    """A truth value that is False instead of lacking something, or None when the code may fail in other ways."""
    if code.lenient is not None:
        return code.lenient
    if code.fails:
        return None
    return every([*(present(need) for need in code.needs), code.expression])


def needs_of(codes: tuple[Code, ...]) -> tuple[Need, ...]:
    """The needs of several pieces that all run, each once."""
    return tuple({ast.unparse(need.read): need for code in codes for need in code.needs}.values())


def typed(code: Code, type_: Type) -> Code:
    """The same code, seen as another type."""
    return replace(code, type=type_)


def name(identifier: str) -> ast.expr:
    """A name that is read."""
    return ast.Name(identifier, _LOAD)


def attribute(owner: ast.expr, identifier: str) -> ast.expr:
    """`owner.identifier`."""
    return ast.Attribute(owner, identifier, _LOAD)


def call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    """`function(arguments)`."""
    return ast.Call(function, list(arguments), [])


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """`left operator right`."""
    return ast.Compare(left, [operator], [right])


def every(parts: list[ast.expr]) -> ast.expr:
    """`a and b and ...`; True when there is nothing."""
    return _joined(ast.And(), parts, empty=True)


def some(parts: list[ast.expr]) -> ast.expr:
    """`a or b or ...`; False when there is nothing."""
    return _joined(ast.Or(), parts, empty=False)


def _joined(operator: ast.boolop, parts: list[ast.expr], *, empty: bool) -> ast.expr:
    if not parts:
        return ast.Constant(empty)
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, parts)


def parameters(*names: str) -> ast.arguments:
    """The parameter list of a function."""
    return ast.arguments(
        posonlyargs=[], args=[ast.arg(each) for each in names], kwonlyargs=[], kw_defaults=[], defaults=[]
    )


def function(identifier: str, names: tuple[str, ...], body: list[ast.stmt]) -> ast.stmt:
    """`def identifier(names): body`."""
    return ast.FunctionDef(identifier, parameters(*names), body, [], lineno=1)


def assign(identifier: str, value: ast.expr) -> ast.stmt:
    """`identifier = value`."""
    return ast.Assign([ast.Name(identifier, ast.Store())], value, lineno=1)


def attempt(body: list[ast.stmt], failures: ast.expr, caught_as: str | None, rescue: list[ast.stmt]) -> ast.stmt:
    """`try: body` with one `except failures as caught_as: rescue`."""
    return ast.Try(body, [ast.ExceptHandler(failures, caught_as, rescue)], [], [])


def loop(identifier: str, walked: ast.expr, body: list[ast.stmt]) -> ast.stmt:
    """`for identifier in walked: body`."""
    return ast.For(ast.Name(identifier, ast.Store()), walked, body, [], lineno=1)
