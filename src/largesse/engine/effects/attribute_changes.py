"""How an attribute's new value comes from its present one: the operators of the effects that update attributes."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from msgspec import structs

from largesse.engine.loyalty.durations import LATEST, parse_duration
from largesse.engine.money import QUOTIENTS
from largesse.language import ExpressionError, Value

_DAY_MICROSECONDS = timedelta(days=1) // timedelta(microseconds=1)


def changed(path: str, present: Value, operator: str, value: Value) -> Value:
    """The new value of the attribute at a path; `present` is None where it has none, which counts as 0."""
    if operator == "setTo":
        return value
    if operator in _MOVES:
        if not isinstance(present, datetime):
            raise ExpressionError(f"{operator} needs a time, and {path} is none")
        return _moved(present, value, _MOVES[operator])
    operation = _OPERATIONS.get(operator)
    if operation is None:
        raise ExpressionError(f'"{operator}" is not an operator; use one of {", ".join(OPERATORS)}')
    number = Decimal(0) if present is None else present
    if not isinstance(number, Decimal) or not isinstance(value, Decimal):
        raise ExpressionError(f"{operator} needs numbers, {path} is {number!r} and the value {value!r}")
    return operation(number, value)


def _divide(present: Decimal, value: Decimal) -> Decimal:
    if not value:
        raise ExpressionError("division by zero")
    return QUOTIENTS.divide(present, value)


def _moved(present: datetime, value: Value, sign: int) -> datetime:
    """A time so many days later or earlier, or so long a duration."""
    try:
        match value:
            case Decimal():
                return present + sign * timedelta(microseconds=int(value * _DAY_MICROSECONDS))
            case str() if (duration := parse_duration(value)) is not None:
                moved = structs.replace(duration, amount=sign * duration.amount).after(present, present.tzinfo or UTC)
                if moved < LATEST:
                    return moved.astimezone(present.tzinfo)
            case _:
                raise ExpressionError(f'{value!r} is no time span; write a number of days, or a duration such as "2h"')
    except OverflowError:
        pass
    raise ExpressionError("the time is beyond the calendar")


_OPERATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "increaseBy": lambda present, value: present + value,
    "decreaseBy": lambda present, value: present - value,
    "multiplyBy": lambda present, value: present * value,
    "divideBy": _divide,
}
_MOVES: Mapping[str, int] = {"laterBy": 1, "earlierBy": -1}

OPERATORS = ("setTo", *_OPERATIONS, *_MOVES)
