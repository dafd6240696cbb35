"""Making Python functions of checked expressions: the only place where generated code comes to life.

What such a function sees is the namespace its weaver collected, with empty `__builtins__`; what users wrote is in it
only as constants.
"""

import ast
from collections.abc import Callable
from typing import NoReturn, cast

from largesse.language.check.checked import Checked
from largesse.language.compile import code as py
from largesse.language.compile.emit import Emitter, Readers
from largesse.language.compile.runtime import truth
from largesse.language.compile.weave import FRAME, Weaver
from largesse.language.errors import FAILURES, ExpressionError, as_expression_error
from largesse.language.frame import Frame
from largesse.language.kinds import Kind, Value
from largesse.language.ruleset import HOLDS
from largesse.language.types import kinds_of


def value_function(checked: Checked, readers: Readers) -> Callable[[Frame], Value]:
    """A function that gives the value of an expression, or raises ExpressionError."""
    emitter = Emitter(readers)
    value: list[ast.stmt] = [ast.Return(emitter.strict(checked))]
    return cast(
        "Callable[[Frame], Value]", bring_to_life(emitter.weaver, "value", ("frame",), _guarded(emitter.weaver, value))
    )


def check_function(conditions: tuple[Checked, ...], readers: Readers) -> Callable[[Frame], int]:
    """A function that gives the index of the first condition that does not hold, or HOLDS."""
    emitter = Emitter(readers)
    weaver = emitter.weaver
    body: list[ast.stmt] = []
    for index, condition in enumerate(conditions):
        with weaver.inside() as definitions:
            fails = ast.UnaryOp(ast.Not(), _condition(emitter, condition))
        body += [_at(index), *definitions, ast.If(fails, [ast.Return(ast.Constant(index))], [])]
    body.append(ast.Return(ast.Constant(HOLDS)))
    return cast("Callable[[Frame], int]", bring_to_life(weaver, "check", ("frame",), _guarded(weaver, body)))


def act_function(effects: tuple[Checked, ...], readers: Readers) -> Callable[[Frame], None]:
    """A function that runs effects in order and tells the frame which of them fail."""
    emitter = Emitter(readers)
    weaver = emitter.weaver
    body: list[ast.stmt] = []
    for index, effect in enumerate(effects):
        with weaver.inside() as definitions:
            run = ast.Expr(emitter.strict(effect))
        error = py.call(weaver.name(as_expression_error), py.name("failure"))
        told = ast.Expr(py.call(py.attribute(FRAME, "effect_failed"), ast.Constant(index), error))
        body += [_at(index), py.attempt([*definitions, run], weaver.name(FAILURES), "failure", [told])]
    return cast("Callable[[Frame], None]", bring_to_life(weaver, "act", ("frame",), body or [ast.Pass()]))


def _condition(emitter: Emitter, condition: Checked) -> ast.expr:
    value = emitter.strict(condition)
    if kinds_of(condition.type) == Kind.BOOLEAN:
        return value
    return py.call(emitter.weaver.name(truth), value)


def _at(index: int) -> ast.stmt:
    position = ast.Attribute(FRAME, "position", ast.Store())
    return ast.Assign([position], ast.Constant(index), lineno=1)


def _guarded(weaver: Weaver, body: list[ast.stmt]) -> list[ast.stmt]:
    """The body, with failures of arithmetic in the language's own words."""
    retold = py.call(weaver.name(_retell), py.name("failure"))
    definitions, weaver.definitions = weaver.definitions, []
    return [py.attempt([*definitions, *body], weaver.name(FAILURES), "failure", [ast.Expr(retold)])]


def _retell(failure: ExpressionError) -> NoReturn:
    raise as_expression_error(failure)


def bring_to_life(weaver: Weaver, name: str, parameters: tuple[str, ...], body: list[ast.stmt]) -> object:
    """A Python function with this body, and beside it what the weaver holds."""
    module = ast.Module([*weaver.beside, py.function(name, parameters, body)], [])
    ast.fix_missing_locations(module)
    exec(compile(module, f"<rule {name}>", "exec"), weaver.namespace)  # noqa: S102  # the whole point of this module
    return weaver.namespace[name]
