"""The JSON form of expressions, which rulesets are stored and served in. [IA rule.condition; TL]

Reading collects diagnostics instead of stopping: an unreadable part becomes a Null literal, and the rest is still read
and checked.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias, assert_never

from largesse.language.diagnostics import Diagnostic, Mistake
from largesse.language.limits import DEPTH_MAX, DIGITS_MAX, EXPONENT_MAX, NAME_LENGTH_MAX, STRING_LENGTH_MAX
from largesse.language.numbers import within_limits
from largesse.language.rfc3339 import format_time
from largesse.language.syntax import Atom, Call, Group, Literal, Node, Place, encodable

Json: TypeAlias = bool | int | Decimal | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""JSON as it is decoded here: numbers are int or Decimal, never float."""


def from_json(json: Json, pointer: str = "", depth: int = 1) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Read an expression; `pointer` says where it stands. The node is complete exactly when there are no
    diagnostics."""
    found: list[Diagnostic] = []
    node = _read(json, pointer, depth, found)
    return node, tuple(found)


def _read(json: Json, pointer: str, depth: int, found: list[Diagnostic]) -> Node:
    place = Place(pointer)
    match json:
        case None | bool():
            return Literal(json, place)
        case int() | Decimal():
            return Literal(_number(json, pointer, found), place)
        case str():
            return Literal(_text(json, pointer, STRING_LENGTH_MAX, found), place)
        case Sequence():
            return _read_array(json, pointer, depth, found)
        case _:
            found.append(Diagnostic(Mistake.BAD_JSON, f"an expression cannot hold {_json_text(json)}", pointer))
            return Literal(None, place)


def _read_array(json: Sequence[Json], pointer: str, depth: int, found: list[Diagnostic]) -> Node:
    place = Place(pointer)
    if not json:
        found.append(Diagnostic(Mistake.BAD_JSON, "an expression cannot be an empty array", pointer))
        return Literal(None, place)
    if depth > DEPTH_MAX:
        found.append(Diagnostic(Mistake.TOO_DEEP, f"expressions may be nested {DEPTH_MAX} deep", pointer))
        return Literal(None, place)
    head = json[0]
    if isinstance(head, str):
        name = _text(head, f"{pointer}/0", NAME_LENGTH_MAX, found)
        arguments = (_read(each, f"{pointer}/{index}", depth + 1, found) for index, each in enumerate(json[1:], 1))
        return Call(name, tuple(arguments), place)
    members = (_read(each, f"{pointer}/{index}", depth + 1, found) for index, each in enumerate(json))
    return Group(tuple(members), place)


def _text(text: str, pointer: str, length_max: int, found: list[Diagnostic]) -> str:
    if len(text) > length_max:
        found.append(Diagnostic(Mistake.TOO_LARGE, f"a text may have {length_max:,} characters here", pointer))
    elif not encodable(text):
        found.append(Diagnostic(Mistake.BAD_JSON, "half a surrogate pair is no character", pointer))
    return text


def _number(json: int | Decimal, pointer: str, found: list[Diagnostic]) -> Decimal:
    number = Decimal(json)
    if not within_limits(number):
        message = f"a number may have {DIGITS_MAX} digits and an exponent of {EXPONENT_MAX}"
        found.append(Diagnostic(Mistake.TOO_LARGE, message, pointer))
        return Decimal(0)
    return number


def _json_text(json: object) -> str:
    return "an object" if isinstance(json, Mapping) else f"a {type(json).__name__}"


def to_json(node: Node) -> Json:
    """Write an expression as JSON. A time, which JSON lacks, becomes the call that reads it."""
    match node:
        case Literal(value):
            return _atom(value)
        case Call(name, arguments):
            return [name, *map(to_json, arguments)]
        case Group(members):
            return [to_json(member) for member in members]
        case _:
            assert_never(node)


def _atom(value: Atom) -> Json:
    match value:
        case datetime():
            return ["parseTime", format_time(value)]
        case Decimal() if value == value.to_integral_value():
            return int(value)
        case _:
            return value
