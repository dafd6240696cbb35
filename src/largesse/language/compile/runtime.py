"""What generated code calls while it runs, where types said too little before."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from largesse.language.compile.steps import charge
from largesse.language.environment import Function
from largesse.language.errors import ExpressionError
from largesse.language.frame import Frame
from largesse.language.kinds import Kind, Value, kind_of, kind_text
from largesse.language.rfc3339 import parse_time


def wanted(value: Value, kinds: Kind, what: str) -> Value:
    """The value when it has one of the kinds: a plain int as Decimal, a text that is a time as Time where only that
    fits."""
    kind = kind_of(value)
    if kind in kinds:
        return Decimal(value) if type(value) is int else value
    if kind is Kind.STRING and Kind.TIME in kinds:
        time = parse_time(str(value))
        if time is not None:
            return time
    raise ExpressionError(f"{what} must be {kind_text(kinds)}, not {kind_text(kind)}")


def wanted_decimal(value: Value, what: str) -> Value:
    """`wanted` for the most frequent kind, without looking at the others first."""
    return value if type(value) is Decimal else wanted(value, Kind.DECIMAL, what)


def wanted_string(value: Value, what: str) -> Value:
    """`wanted` for texts."""
    return value if type(value) is str else wanted(value, Kind.STRING, what)


def wanted_boolean(value: Value, what: str) -> Value:
    """`wanted` for truth values."""
    return value if type(value) is bool else wanted(value, Kind.BOOLEAN, what)


def truth(value: Value) -> bool:
    """What `and`, `or` and a condition make of a value: truth values as they are, collections count as true. [TL]"""
    if type(value) is bool:
        return value
    if value is None or isinstance(value, Decimal | str | int | datetime):
        raise ExpressionError(f"A condition must be Boolean, not {kind_text(kind_of(value))}")
    return True


def found(value: Value, path: str) -> Value:
    """The value read at a path, unless it is missing."""
    if value is None:
        raise ExpressionError(f"Unable to find `{path}`")
    return value


def looked_up(owner: Value, key: str, path: str) -> Value:
    """The value under a key of something that should be a map."""
    return found(owner.get(key) if isinstance(owner, dict) else None, path)


def read_variable(frame: Frame, path: tuple[str, ...]) -> Value:
    """What `set` wrote at a path; the empty path stands for something that was reported, and has no value."""
    if not path:
        raise ExpressionError("This cannot be evaluated")
    value: Value = frame.variables
    for name in path:
        value = looked_up(value, name, ".".join(path))
    return value


def assign_variable(frame: Frame, path: tuple[str, ...], value: Value) -> None:
    """Write at a path. Maps on the way are copied, never changed: others may hold them."""
    frame.variables = _with(frame, frame.variables, path, value)


def _with(frame: Frame, owner: Value, path: tuple[str, ...], value: Value) -> dict[str, Value]:
    name, *rest = path
    kept: dict[str, Value] = dict(owner) if isinstance(owner, dict) else {}
    charge(frame, len(kept))
    kept[name] = _with(frame, kept.get(name), tuple(rest), value) if rest else value
    return kept


def chooser(functions: tuple[Function, ...]) -> Callable[..., Value]:
    """One function that decides between overloads by the kinds of its arguments, in order. The frame comes first."""
    name = functions[0].name

    def choose(frame: Frame, *arguments: Value) -> Value:
        for function in functions:
            fitting = _fitting(function, arguments)
            if fitting is not None:
                return function.implementation(*((frame,) if function.needs_frame else ()), *fitting)
        kinds = ", ".join(kind_text(kind_of(argument)) for argument in arguments)
        raise ExpressionError(f"Found no function for {name}({kinds})")

    return choose


def _fitting(function: Function, arguments: tuple[Value, ...]) -> list[Value] | None:
    fitting: list[Value] = []
    for position, argument in enumerate(arguments):
        kinds = function.shape.parameter(position)
        if Kind.TOKEN not in kinds:
            try:
                argument = wanted(argument, kinds, "")  # noqa: PLW2901
            except ExpressionError:
                return None
        fitting.append(argument)
    return fitting
