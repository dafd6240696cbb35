"""Plain data to frozen structs: camelCase keys to the engine's names, numbers to Decimals, and no binary float let
in."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

import msgspec

from largesse.engine.attributes import JSON, normalise

Shape = TypeVar("Shape", bound=msgspec.Struct)

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

# Maps whose keys are names that the shop has chosen, and are left as they are.
_NAMED = frozenset({"attributes", "additional_costs"})


def from_plain(data: Mapping[str, JSON], shape: type[Shape]) -> Shape:
    """A struct from plain data; raises ValueError (with the path of the fault) for another shape or a float."""
    return msgspec.convert(_renamed(data), shape, str_keys=True)


def _renamed(value: JSON) -> JSON:
    match value:
        case float():
            raise ValueError(f"{value} is a binary float; write it as a Decimal, an int or in JSON text")
        case Mapping():
            return dict(_entry(key, element) for key, element in value.items())
        case str() | datetime() | Decimal() | bool() | int() | None:
            return value
        case list() | tuple():
            return [_renamed(element) for element in value]
        case _:
            raise ValueError(f"{value!r} is not plain data")


def _entry(key: str, value: JSON) -> tuple[str, JSON]:
    name = _WORD.sub("_", key).lower()
    if name == "attributes":
        return name, normalise(value)
    if name in _NAMED and isinstance(value, Mapping):
        return name, {each: _renamed(element) for each, element in value.items()}
    return name, _renamed(value)
