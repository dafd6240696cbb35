"""Path and query parameters: texts to the fields of a struct.

A noun writes a struct whose fields are the parameters, camelCase on the wire like all others; required ones have no
default. The field's type says how its text is read:

* `int`, `Decimal`, `bool` (`true` or `false`), `str`, enums, `datetime`
* a time without an offset is UTC, and without a time part begins its day: 2030-01-31 is 2030-01-31T00:00:00Z
* `list[T]` is a parameter that may be repeated; with `COMMA_SEPARATED` its elements share one text

Unknown parameters are ignored. What is wrong is refused with the name of the parameter.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Generic, Literal, TypeVar
from urllib.parse import parse_qsl, unquote

import msgspec
from msgspec import inspect

from largesse.plumbing.http.bodies.blame import allowed_values, describe, read_complaint
from largesse.plumbing.http.bodies.numbers import is_oversized
from largesse.plumbing.problems import Invalid, at_parameter

S = TypeVar("S")

QUERY_BYTES_MAX = 8 * 1024
"""What proxies in front usually let through; a longer filter belongs into a body."""

QUERY_PARAMETERS_MAX = 200
"""Far more than any operation has, repeated ones included."""

PATH_PARAMETER_CHARACTERS_MAX = 1000
"""The longest published identifier [IA integrationId]."""

COMMA_MARK = "x-comma-separated"
COMMA_SEPARATED = msgspec.Meta(extra_json_schema={COMMA_MARK: True})
"""Marks a list parameter whose elements stand in one text, separated by commas ("explode: false")."""

Kind = Literal["integer", "number", "boolean", "time", "text"]

_INTEGER = re.compile(r"[+-]?\d{1,15}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACE_FOR_PLUS = re.compile(r" (?=\d{2}:\d{2}$)")

_WANTED: dict[Kind, str] = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "time": "a time in the form of RFC 3339, such as 2030-12-31T23:59:59Z",
    "text": "a string",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name on the wire, how its text is read, and whether it is a list."""

    name: str
    kind: Kind
    is_list: bool
    is_comma_separated: bool


class ParameterReader(Generic[S]):
    """Reads the path or the query parameters of one operation. Made once, when the program starts."""

    __slots__ = ("_parameters", "_struct")

    def __init__(self, struct: type[S]) -> None:
        self._struct = struct
        self._parameters = parameters_of(struct)

    def read_query(self, query: bytes) -> S:
        """The struct of a raw query string. Raises `Invalid` naming the first parameter that is wrong."""
        given: dict[str, list[str]] = {}
        for name, text in _split_query(query):
            given.setdefault(name, []).append(text)
        return self._convert({p.name: _read(p, given[p.name]) for p in self._parameters if p.name in given})

    def read_path(self, segments: Mapping[str, str]) -> S:
        """The struct of raw path segments by parameter name. Raises `Invalid` naming the first that is wrong."""
        return self._convert({p.name: _read(p, [_decode_segment(p.name, segments[p.name])]) for p in self._parameters})

    def _convert(self, values: Mapping[str, object]) -> S:
        try:
            return msgspec.convert(values, self._struct)
        except msgspec.ValidationError as error:
            reason, steps = read_complaint(str(error))
            missing = re.match(r"Object missing required field `([^`]+)`", reason)
            if missing is not None:
                raise _refusal("Required", f"{missing[1]} is required", missing[1]) from None
            name = str(steps[0]) if steps else ""
            title, details = describe(reason, name or "The query", allowed_values(self._struct, steps))
            raise _refusal(title, details, name) from None


def parameters_of(struct: type) -> tuple[Parameter, ...]:
    """The parameters a struct stands for. Raises `TypeError` for a field whose type no text can be read into."""
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{struct!r} is not a struct of parameters")
    return tuple(_parameter(field.encode_name, field.type) for field in info.fields)


def _parameter(name: str, node: inspect.Type, *, is_comma_separated: bool = False) -> Parameter:
    match node:
        case inspect.Metadata(type=inner, extra_json_schema=extra):
            marked = is_comma_separated or COMMA_MARK in (extra or {})
            return _parameter(name, inner, is_comma_separated=marked)
        case inspect.UnionType(types=members):
            telling = [member for member in members if not isinstance(member, inspect.NoneType)]
            if len(telling) == 1:
                return _parameter(name, telling[0], is_comma_separated=is_comma_separated)
        case inspect.ListType(item_type=item):
            return Parameter(name, _parameter(name, item).kind, is_list=True, is_comma_separated=is_comma_separated)
        case inspect.IntType():
            return Parameter(name, "integer", is_list=False, is_comma_separated=False)
        case inspect.DecimalType():
            return Parameter(name, "number", is_list=False, is_comma_separated=False)
        case inspect.BoolType():
            return Parameter(name, "boolean", is_list=False, is_comma_separated=False)
        case inspect.DateTimeType():
            return Parameter(name, "time", is_list=False, is_comma_separated=False)
        case inspect.StrType() | inspect.EnumType() | inspect.LiteralType():
            return Parameter(name, "text", is_list=False, is_comma_separated=False)
        case _:
            pass
    raise TypeError(f"the parameter {name} has a type that cannot be read from a text: {node}")


def _read(parameter: Parameter, texts: Sequence[str]) -> object:
    if not parameter.is_list:
        return _value(parameter, texts[-1])
    if parameter.is_comma_separated:
        texts = [part for text in texts for part in text.split(",") if part]
    return [_value(parameter, text) for text in texts]


def _value(parameter: Parameter, text: str) -> object:
    """The value of one text. Written out per kind because a text is the one place where everything arrives as `str`."""
    match parameter.kind:
        case "text":
            if "\x00" in text:
                raise _refusal("Invalid value", f"{parameter.name} holds a NUL character", parameter.name)
            return text
        case "integer" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _NUMBER.fullmatch(text) and not is_oversized(text):
            return Decimal(text)
        case "boolean" if text in ("true", "false"):
            return text == "true"
        case "time" if (time := read_time(text)) is not None:
            return time
        case _:
            wanted = _WANTED[parameter.kind]
            raise _refusal("Invalid type", f"{parameter.name} must be {wanted}", parameter.name)


def read_time(text: str) -> datetime | None:
    """A moment in UTC from a text in the form of RFC 3339, or None. See the module for what may be missing."""
    if _DATE.fullmatch(text):
        text += "T00:00:00Z"
    # A plus sign that was sent without escaping arrives as a space, and only an offset can be meant.
    text = _SPACE_FOR_PLUS.sub("+", text)
    try:
        moment = msgspec.convert(text, datetime)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        return None


def _split_query(query: bytes) -> list[tuple[str, str]]:
    if len(query) > QUERY_BYTES_MAX:
        raise Invalid(f"The query is longer than {QUERY_BYTES_MAX} bytes")
    try:
        text = query.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=QUERY_PARAMETERS_MAX)
    except ValueError as error:
        raise Invalid(f"The query cannot be read: {error}") from None


def _decode_segment(name: str, segment: str) -> str:
    try:
        text = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise _refusal("Invalid value", f"{name} is not UTF-8", name) from None
    if len(text) > PATH_PARAMETER_CHARACTERS_MAX:
        raise _refusal("Too long", f"{name} must have at most {PATH_PARAMETER_CHARACTERS_MAX} characters", name)
    return text


def _refusal(title: str, details: str, parameter: str) -> Invalid:
    return Invalid(errors=(at_parameter(title, details, parameter),))
