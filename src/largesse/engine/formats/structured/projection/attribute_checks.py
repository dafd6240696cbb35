"""Comparisons as checkAttribute blocks: which operator an expression is, and its fields."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.projection.values import (
    NoBlockError,
    attribute_json,
    list_json,
    number_json,
    value_json,
)
from largesse.language import Call, Group, Literal, Node, to_json

Fields: TypeAlias = dict[str, JSON]

_SCALAR: Mapping[str, str] = {
    "=": "equals",
    "!=": "not(equals)",
    "<": "lessThan",
    "<=": "lessThanOrEqual",
    ">": "greaterThan",
    ">=": "greaterThanOrEqual",
    "contains": "contains",
    "notContains": "not(contains)",
    "startsWith": "startsWith",
    "endsWith": "endsWith",
    "after": "after",
    "before": "before",
}
_LISTS = ("containsOneOf", "containsNoneOf", "containsAllOf")
_COUNTED = ("containsAtLeast", "containsExactly")
_SET = Group((Call("x"), Literal(True)))


def check_fields(node: Node) -> Fields:
    """The operator of a comparison and the fields it needs; raises NoBlockError for anything else."""
    match node:
        case Call("=", (attribute, Literal(bool() as value))):
            return _fields("isTrue" if value else "isFalse", attribute)
        case Call("and", (Call(">=", (attribute, low)), Call("<=", (same, high)))) if attribute == same:
            return _fields("between", attribute, min=value_json(low), max=value_json(high))
        case Call("~", (pattern, attribute)):
            return _fields("matchesRegexp", attribute, value=value_json(pattern))
        case Call("catch", (Literal(False), Call("do", (attribute, body)))) if body == _SET:
            return _fields("exists", attribute)
        case Call("isEmpty", (attribute,)):
            return _fields("empty", attribute)
        case Call("not", (Call("isEmpty" | "catch" | "oneOf" | "within" | "inCollection") as inner,)):
            fields = check_fields(inner)
            return fields | {"operator": f"not({fields['operator']})"}
        case Call("after" | "before" as name, (Call("wallClock", (attribute,)), Call("wallClock", (value,)))):
            return _fields(name, attribute, value=value_json(value), timezone_insensitive=True)
        case Call(name, (attribute, value)) if name in _SCALAR:
            return _fields(_SCALAR[name], attribute, value=value_json(value))
        case _:
            return _list_fields(node)


def _list_fields(node: Node) -> Fields:
    match node:
        case Call("inCollection", (attribute, Literal(Decimal() | str()) as named)):
            return _fields("inCollection", attribute, value=to_json(named))
        case Call("oneOf", (attribute, values)):
            return _fields("oneOf", attribute, value=list_json(values))
        case Call("within", (attribute, start, end, Literal(bool() as first), Literal(bool() as last), Literal(clock))):
            return _fields(
                "within",
                attribute,
                start=value_json(start),
                end=value_json(end),
                start_inclusive=first,
                end_inclusive=last,
                timezone_insensitive=clock,
            )
        case Call(name, (attribute, values)) if name in _LISTS:
            return _fields(name, attribute, values=list_json(values))
        case Call(name, (attribute, values, count)) if name in _COUNTED:
            return _fields(name, attribute, values=list_json(values), count=number_json(count))
        case _:
            raise NoBlockError


def _fields(operator: str, attribute: Node, **others: JSON) -> Fields:
    return {"operator": operator, "attribute": attribute_json(attribute), **others}
