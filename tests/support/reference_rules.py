"""A second, naive reading of the rule language: evaluates an expression node by node, with no types and no compiler.

The compiler is tested against it. It knows only what the generated programs use, and says what it does in the plainest
way: everything may fail at any time, nothing is known in advance.
"""

import decimal
from collections.abc import Callable
from decimal import Decimal

from largesse.language import ExpressionError, Value
from largesse.language.values import text_of
from tests.support.rules import COUPON, ITEM, SESSION, Coupon, Item, Session, Shop

Names = dict[str, Value]
Tree = object
"""JSON of an expression."""

_RECORDS = {Item: ITEM, Session: SESSION, Coupon: COUPON}
_EXACT = decimal.Context(prec=60, traps=[decimal.Inexact, decimal.InvalidOperation])
_QUOTIENT = decimal.Context(prec=16, traps=[decimal.InvalidOperation, decimal.DivisionByZero])


def evaluate(tree: Tree, frame: Shop, names: Names) -> Value:
    """The value of an expression; raises ExpressionError."""
    if isinstance(tree, int) and not isinstance(tree, bool):
        return Decimal(tree)
    if not isinstance(tree, list):
        return tree
    name, *arguments = tree
    lazy = _LAZY.get(name)
    if lazy is not None:
        return lazy(arguments, frame, names)
    values = [evaluate(argument, frame, names) for argument in arguments]
    return _EAGER[name](*values)


def _read(path: list[Tree], frame: Shop, names: Names) -> Value:
    first, *steps = map(str, path)
    value = names[first] if first in names else {"Session": frame.session, "Coupon": frame.coupon}[first]
    walked = first
    if value is None:
        raise ExpressionError(f"Unable to find `{walked}`")
    for step in steps:
        walked = f"{walked}.{step}"
        value = _field(value, step)
        if value is None:
            raise ExpressionError(f"Unable to find `{walked}`")
    return value


def _field(value: Value, name: str) -> Value:
    if isinstance(value, dict):
        return value.get(name)
    record = _RECORDS.get(type(value))
    return None if record is None else getattr(value, record.fields[name.lower()].attribute)


def _catch(arguments: list[Tree], frame: Shop, names: Names) -> Value:
    fallback, attempt = arguments
    try:
        return evaluate(attempt, frame, names)
    except ExpressionError:
        return evaluate(fallback, frame, names)


def _and(arguments: list[Tree], frame: Shop, names: Names) -> bool:
    return all(evaluate(argument, frame, names) is True for argument in arguments)


def _or(arguments: list[Tree], frame: Shop, names: Names) -> bool:
    return any(evaluate(argument, frame, names) is True for argument in arguments)


def _block(tree: Tree, frame: Shop, names: Names) -> Callable[[Value], Value]:
    assert isinstance(tree, list)
    (parameter,), body = tree
    return lambda value: evaluate(body, frame, {**names, parameter: value})


def _walk(of: Callable[[list[Value], Callable[[Value], Value]], Value]) -> Callable[[list[Tree], Shop, Names], Value]:
    def walk(arguments: list[Tree], frame: Shop, names: Names) -> Value:
        items = evaluate(arguments[0], frame, names)
        assert isinstance(items, list)
        return of(items, _block(arguments[1], frame, names))

    return walk


def _do(arguments: list[Tree], frame: Shop, names: Names) -> Value:
    return _block(arguments[1], frame, names)(evaluate(arguments[0], frame, names))


def _exact(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[..., Decimal]:
    def compute(first: Decimal, *others: Decimal) -> Decimal:
        for other in others:
            try:
                first = operation(first, other)
            except (decimal.DivisionByZero, decimal.InvalidOperation):
                raise ExpressionError("Division by zero") from None
            except decimal.Inexact:
                raise ExpressionError("The result needs more than 60 digits") from None
        return first

    return compute


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left == right
    return text_of(left) == text_of(right)


def _head(items: list[Value]) -> Value:
    return items[0] if items else None


def _total(items: list[Value], value_of: Callable[[Value], Value]) -> Decimal:
    result = Decimal(0)
    for item in items:
        value = value_of(item)
        assert isinstance(value, Decimal)
        result = _exact(_EXACT.add)(result, value)
    return result


_LAZY: dict[str, Callable[[list[Tree], Shop, Names], Value]] = {
    ".": _read,
    "catch": _catch,
    "and": _and,
    "or": _or,
    "do": _do,
    "filter": _walk(lambda items, holds: [item for item in items if holds(item)]),
    "map": _walk(lambda items, value_of: [value_of(item) for item in items]),
    "exists": _walk(lambda items, holds: any(holds(item) for item in items)),
    "every": _walk(lambda items, holds: all(holds(item) for item in items)),
    "sum": _walk(_total),
}

_EAGER: dict[str, Callable[..., Value]] = {
    "=": lambda first, *others: all(_equal(first, other) for other in others),
    "!=": lambda first, *others: not any(_equal(first, other) for other in others),
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    "between": lambda value, low, high: low < value < high,
    "not": lambda value: not value,
    "+": _exact(_EXACT.add),
    "-": _exact(_EXACT.subtract),
    "*": _exact(_EXACT.multiply),
    "/": _exact(_QUOTIENT.divide),
    "concat": lambda *texts: "".join(texts),
    "contains": lambda text, *needles: all(needle in text for needle in needles),
    "startsWith": lambda text, *needles: all(text.startswith(needle) for needle in needles),
    "toString": text_of,
    "count": lambda items: Decimal(len(items)),
    "isEmpty": lambda items: not items,
    "reverse": lambda items: items[::-1],
    "tail": lambda items: items[1:],
    "head": _head,
    "list": lambda *atoms: list(atoms),
}
