"""Values as text and as JSON, and the two decimal contexts all arithmetic runs in."""

import decimal
from datetime import datetime
from decimal import Decimal
from typing import Final

from largesse.language.errors import ExpressionError
from largesse.language.json_form import Json
from largesse.language.kinds import Value
from largesse.language.limits import DIGITS_MAX, EXPONENT_MAX, QUOTIENT_DIGITS, VALUE_DEPTH_MAX, VALUES_MAX
from largesse.language.numbers import plain
from largesse.language.rfc3339 import format_time

EXACT: Final = decimal.Context(
    prec=DIGITS_MAX,
    Emax=EXPONENT_MAX,
    Emin=-EXPONENT_MAX,
    traps=[decimal.Inexact, decimal.Overflow, decimal.DivisionByZero, decimal.InvalidOperation],
)
"""Sums, differences, products and remainders: exact, or an exception. A digit is never lost in silence."""

QUOTIENT: Final = decimal.Context(
    prec=QUOTIENT_DIGITS,
    Emax=EXPONENT_MAX,
    Emin=-EXPONENT_MAX,
    rounding=decimal.ROUND_HALF_EVEN,
    traps=[decimal.Overflow, decimal.DivisionByZero, decimal.InvalidOperation],
)
"""Quotients: rounded once, to the digits the language promises. [TL]"""


def text_of(value: Value) -> str:
    """The text form of an atom, by which `=` compares and lists sort; raises ExpressionError for collections. [TL]"""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return plain(Decimal(value))
        case datetime():
            return format_time(value)
        case None:
            return "null"
        case _:
            raise ExpressionError("A list or map has no text form")


def json_of(value: Value) -> Json:
    """A value as JSON: whole numbers as int, times as text. Records have no JSON form here; they belong to the
    engine. Raises ExpressionError for what is too large to leave the language."""
    if isinstance(value, list | tuple | dict):
        refuse_large(value)
    return _json_of(value)


def refuse_large(value: Value) -> None:
    """Raise ExpressionError for a list or map that holds, or nests, more than may leave the language."""
    count, level = 0, [value]
    for _ in range(VALUE_DEPTH_MAX):
        inside: list[Value] = []
        for each in level:
            count += len(each) if isinstance(each, list | tuple | dict) else 0
            if count > VALUES_MAX:
                raise ExpressionError(f"A value may hold {VALUES_MAX:,} others")
            if isinstance(each, dict):
                inside += each.values()
            elif isinstance(each, list | tuple):
                inside += each
        level = inside
        if not level:
            return
    raise ExpressionError(f"A value may be nested {VALUE_DEPTH_MAX} deep")


def _json_of(value: Value) -> Json:
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            return int(value) if value == int(value) else Decimal(value)
        case datetime():
            return format_time(value)
        case list() | tuple():
            return [_json_of(element) for element in value]
        case dict():
            return {str(key): _json_of(element) for key, element in value.items()}
        case _:
            raise ExpressionError(f"A {type(value).__name__} has no JSON form")
