"""How reference pages are put together."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from types import NoneType
from typing import Final, Literal, get_args, get_origin

import msgspec
from msgspec import Struct, UnsetType

ENCODER = msgspec.json.Encoder(decimal_format="number")
NOTE = "<!-- Written by `make docs` from the code; change it there. -->"


def page(title: str, lead: str, sections: Iterable[str]) -> str:
    """A whole page."""
    return "\n\n".join([NOTE, f"# {title}", lead, *sections]) + "\n"


def as_json(value: object) -> str:
    """A value of an example as rules write it."""
    return msgspec.json.format(ENCODER.encode(value), indent=0).decode()


def as_json_lines(value: object) -> str:
    """A larger value, on several lines."""
    return msgspec.json.format(ENCODER.encode(value), indent=2).decode()


def plain(text: str) -> str:
    """A docstring on one line."""
    return " ".join(text.split())


_NAMES: Final[Mapping[object, str]] = {
    bool: "boolean",
    int: "integer",
    Decimal: "number",
    str: "text",
    datetime: "time (RFC 3339)",
    NoneType: "null",
}


def json_type(annotation: object) -> str:
    """A type as JSON has it, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in _NAMES:
        return _NAMES[annotation]
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in arguments)
    if origin in (tuple, list):
        return f"list of {json_type(arguments[0])}"
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, Struct)):
        return "object"
    if arguments:
        told = dict.fromkeys(json_type(each) for each in arguments if each is not UnsetType)
        return "anything" if len(told) > 3 else " or ".join(told)
    return "anything"
