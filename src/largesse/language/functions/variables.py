"""Control: what decides whether and with what an expression is evaluated. Names, maps and templates are forms: see
check/forms.py."""

import ast
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from largesse.language.compile import code as py
from largesse.language.compile.code import Body, Code
from largesse.language.compile.inlining import eager
from largesse.language.compile.weave import Weaver
from largesse.language.environment import Example, Function, Known
from largesse.language.errors import FAILURES, ExpressionError
from largesse.language.kinds import Value, kind_of, kind_text
from largesse.language.types import ANY, BooleanType, TokenType, Type, join, kinds_of


def catch(fallback: Callable[[], Value], attempt: Callable[[], Value]) -> Value:
    """The attempt's value, or the fallback's when it fails."""
    try:
        return attempt()
    except FAILURES:
        return fallback()


def safe_read(fallback: Value, attempt: Callable[[], Value]) -> Value:
    """The attempt's value, or the fallback when it fails; both must be of one kind."""
    try:
        value = attempt()
    except FAILURES:
        return fallback
    if kind_of(value) != kind_of(fallback):
        raise ExpressionError(
            f"`.|` found {kind_text(kind_of(value))} where its fallback is {kind_text(kind_of(fallback))}"
        )
    return value


def _inline_catch(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    fallback, attempt = eager(arguments)
    if not attempt.fails:
        if not attempt.needs:
            return attempt
        if not _is_false(fallback):
            there = py.every([py.present(need) for need in attempt.needs])
            rescued = ast.IfExp(there, attempt.expression, weaver.strict(fallback))
            return Code(rescued, ANY, fails=fallback.fails or bool(fallback.needs))
    if _is_false(fallback) and isinstance(attempt.type, BooleanType):
        lenient = py.lenient(attempt)
        if lenient is not None:
            return Code(lenient, ANY)
    body: list[ast.stmt] = [ast.Return(weaver.strict(attempt))]
    rescue: list[ast.stmt] = [ast.Return(weaver.strict(fallback))]
    caught = weaver.define("catch", (), [py.attempt(body, weaver.name(FAILURES), None, rescue)])
    return Code(py.call(caught), ANY, fails=fallback.fails or bool(fallback.needs))


def _is_false(code: Code) -> bool:
    return isinstance(code.expression, ast.Constant) and code.expression.value is False


def _inline_safe_read(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    fallback, attempt = eager(arguments)
    if kinds_of(fallback.type) != kinds_of(attempt.type) or fallback.fails or fallback.needs:
        return None
    return _inline_catch(weaver, arguments)


def _refuse_other_kind(arguments: tuple[Known, ...]) -> str | None:
    fallback, attempt = (kinds_of(_of_lazy(each.type)) for each in arguments)
    if fallback & attempt:
        return None
    return f"`.|` reads {kind_text(attempt)}, but its fallback is {kind_text(fallback)}"


def _of_lazy(type_: Type) -> Type:
    return type_.result if isinstance(type_, TokenType) else type_


VARIABLES: Final = (
    Function(
        "catch(Any, Any)Any",
        catch,
        "The second argument's value, or the first's when the second fails. Reaching a limit is no such failure.",
        (
            Example(["catch", 0, ["/", 1, 0]], 0),
            Example(["catch", ["+", 1, 1], ["head", ["push", ["list"], ["/", 1, 0]]]], 2),
            Example(["catch", 0, ["/", 1, 4]], Decimal("0.25")),
            Example(["catch", ["/", 1, 0], ["/", 2, 0]], fails="Division by zero"),
        ),
        result=lambda types: join(_of_lazy(types[0]), _of_lazy(types[1])),
        inline=_inline_catch,
    ),
    Function(
        ".|(Atom|Collection, Token)Any",
        safe_read,
        "The second argument's value, or the first when the second fails. Both must be of one kind.",
        (
            Example([["set", "a", 5], [".|", 1, [".", "a"]]], 5),
            Example([["set", "a", 5], [".|", 1, [".", "a", "b"]]], 1),
            Example([["set", "a", "x"], [".|", 1, [".", "a"]]], fails="`.|` found String"),
        ),
        result=lambda types: types[0],
        inline=_inline_safe_read,
        refuses=_refuse_other_kind,
    ),
    Function(
        "noop()Null",
        lambda: None,
        "Does nothing: the usual fallback of an effect.",
        (Example(["noop"], None),),
    ),
    Function(
        "do(Atom|Collection, Token)Any",
        lambda value, body: body(value),
        "Gives a value to a block, so that it can be named and used more than once.",
        (
            Example(["do", ["+", 1, 2], [["x"], ["*", [".", "x"], [".", "x"]]]], 9),
            Example(["do", 2, "x", ["+", [".", "x"], 1]], 3),
            Example(["do", 2, ["x", ["+", [".", "x"], 1]]], 3),
        ),
        result=lambda types: _of_lazy(types[1]),
        binds=lambda types: (types[0],),
        named_body=True,
    ),
    Function(
        "identity(Atom|Collection)Any",
        lambda value: value,
        "Its argument: how a plain value is written where a call is expected.",
        (Example(["identity", 10], 10), Example(["identity", ["list", "a"]], ["a"])),
        result=lambda types: types[0],
        inline=lambda _, arguments: eager(arguments)[0],
    ),
)
"""Control functions, in the order of the reference."""
