"""Parameters: the typed values that a rule hands to a custom effect or a webhook. Source: semantics, section 25."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.language import ExpressionError, parse_time

ParameterType = Literal["string", "boolean", "number", "time", "(list string)", "(list number)"]

_SINGLE: Mapping[ParameterType, ParameterType] = {"(list string)": "string", "(list number)": "number"}


class Parameter(Struct, frozen=True):
    """One parameter: its type, its title and, where the receiver calls it something else, a key."""

    type: ParameterType
    title: str
    key: str | None = None


def names_of(parameters: Sequence[Parameter]) -> tuple[str, ...]:
    """The names rules use, in order: the title in lower case, spaces as underscores; `param_<index>` where that is
    blank or taken. [MA TriggerWebhookBlock]"""
    names: list[str] = []
    for index, parameter in enumerate(parameters):
        name = parameter.title.strip().lower().replace(" ", "_")
        names.append(f"param_{index}" if not name or name in names else name)
    return tuple(names)


def spellings(parameters: Sequence[Parameter]) -> dict[str, str]:
    """Every way to write a parameter (its name, its title, its key), and the name that is meant."""
    names = names_of(parameters)
    meant = {name: name for name in names}
    for name, parameter in zip(names, parameters, strict=True):
        for spelling in (parameter.title, parameter.key):
            if spelling:
                meant.setdefault(spelling, name)
    return meant


def fits(kind: ParameterType, value: JSON) -> bool:
    """Whether a value is of a parameter's type; a time may be written as text."""
    single = _SINGLE.get(kind)
    if single is not None:
        return isinstance(value, list | tuple) and all(fits(single, each) for each in value)
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, Decimal | int) and not isinstance(value, bool)
        case "time":
            return isinstance(value, datetime) or (isinstance(value, str) and parse_time(value) is not None)
        case _:
            return isinstance(value, str)


def values_of(parameters: Sequence[Parameter], given: Mapping[str, JSON], references: Iterable[str]) -> dict[str, JSON]:
    """The values by the parameters' names, and by reference what a rule has read for a template.

    Raises ExpressionError where one is missing or not of its type.
    """
    meant = spellings(parameters)
    values = {meant.get(name, name): value for name, value in given.items()}
    for name, parameter in zip(names_of(parameters), parameters, strict=True):
        if name not in values:
            raise ExpressionError(f'there is no value for the parameter "{name}"')
        if not fits(parameter.type, values[name]):
            raise ExpressionError(f'the parameter "{name}" must be a {parameter.type}')
    for reference in references:
        if reference not in values:
            raise ExpressionError(f"there is no value for ${{${reference}}}")
    return values
