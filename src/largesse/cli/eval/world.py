"""What an expression sees here: the core functions and the names of a binding, as given in JSON.

A binding is an object. Each of its keys is a name, and objects inside it are walked by their keys: with
`{"Session": {"Total": 10}}`, `(. Session Total)` is 10. Nothing is declared about these values, so their kinds are
looked at while the expression runs; null is nothing to be found.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, DecimalException

from largesse.language import ANY, CORE, Environment, Frame, Json, Root, Value, encodable, environment
from largesse.language.limits import NAME_LENGTH_MAX, STRING_LENGTH_MAX
from largesse.language.numbers import within_limits

BINDING_DEPTH_MAX = 100
"""Nesting of a binding: real carts need six; without an end, reading one could exhaust the stack."""


class WrongBindingError(ValueError):
    """The binding is not an object of values that the language knows; the message says where."""


class NamedFrame(Frame):
    """A frame whose roots are whatever was bound."""

    def __init__(self, now: datetime, values: Mapping[str, Value]) -> None:
        super().__init__(now)
        for attribute, value in values.items():
            setattr(self, attribute, value)


@dataclass(frozen=True, slots=True)
class World:
    """The names in reach, by lower-cased name: as it is spelled, and its value."""

    now: datetime
    names: Mapping[str, tuple[str, Value]]

    def environment(self) -> Environment:
        """What expressions may name."""
        roots = [Root(name, ANY, f"given{at}") for at, (name, value) in enumerate(self.names.values())]
        return environment(CORE, (*roots, Root("Now", ANY, "now")) if "now" not in self.names else roots)

    def frame(self) -> Frame:
        """A fresh frame with the values."""
        return NamedFrame(self.now, {f"given{at}": value for at, (_, value) in enumerate(self.names.values())})

    def with_name(self, name: str, value: Value) -> "World":
        """The same world with one more name, or another value for it."""
        return World(self.now, {**self.names, name.lower(): (name, value)})


def world_of(binding: Json, now: datetime) -> World:
    """The world of a binding; raises WrongBindingError."""
    if not isinstance(binding, Mapping):
        raise WrongBindingError("a binding must be an object")
    names: dict[str, tuple[str, Value]] = {}
    for name, value in binding.items():
        if name.lower() in names:
            raise WrongBindingError(f"`{name}` is bound twice: names are the same in any letter case")
        if len(name) > NAME_LENGTH_MAX or not encodable(name):
            raise WrongBindingError("a name must be a text of at most 1,000 characters")
        names[name.lower()] = (name, _value(value, name, 1))
    return World(now, names)


def read_json(text: str | bytes) -> Json:
    """JSON, as UTF-8, with exact numbers and no key twice in an object; raises ValueError for anything else."""
    written = text.decode("utf-8-sig") if isinstance(text, bytes) else text
    try:
        read: Json = json.loads(
            written, parse_int=Decimal, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object
        )
    except DecimalException as error:
        raise ValueError("a number has too large an exponent") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return read


def _object(pairs: list[tuple[str, Json]]) -> Json:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has one key twice")
    return made


def _no_number(word: str) -> Json:
    raise ValueError(f"{word} is no number")


def _value(value: Json, path: str, depth: int) -> Value:
    if depth > BINDING_DEPTH_MAX:
        raise WrongBindingError(f"a binding may be nested {BINDING_DEPTH_MAX} deep")
    match value:
        case None | bool():
            return value
        case int() | Decimal():
            number = Decimal(value)
            if not within_limits(number):
                raise WrongBindingError(f"`{path}` has too many digits")
            return number
        case str():
            if len(value) > STRING_LENGTH_MAX or not encodable(value):
                raise WrongBindingError(f"`{path}` must be a text of at most {STRING_LENGTH_MAX:,} characters")
            return value
        case Mapping():
            if not all(map(encodable, value)):
                raise WrongBindingError(f"a key in `{path}` holds half a surrogate pair, which is no character")
            return {key: _value(element, f"{path}.{key}", depth + 1) for key, element in value.items()}
        case _:
            return [_value(element, path, depth + 1) for element in value]
