"""Kinds: the coarse types of the language, used in signatures and checked again while a rule runs where they are not
known before. [TL token/kind.go]"""

import enum
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeAlias

Value: TypeAlias = object
"""What an expression evaluates to. Decimal (a plain int is tolerated), str, bool, datetime with an offset, None, list
or tuple, dict, or a record: any object of the engine, read through its RecordType. Python has no narrower name for
that than `object`."""


class Kind(enum.Flag):
    """A set of kinds; a value has exactly one, a parameter accepts any of a set."""

    DECIMAL = enum.auto()
    STRING = enum.auto()
    BOOLEAN = enum.auto()
    TIME = enum.auto()
    NULL = enum.auto()
    LIST = enum.auto()
    MAP = enum.auto()
    TOKEN = enum.auto()
    ATOM = DECIMAL | STRING | BOOLEAN | TIME | NULL
    COLLECTION = LIST | MAP
    ANY = ATOM | COLLECTION | TOKEN


_KIND_OF_CLASS: Final[dict[type, Kind]] = {
    Decimal: Kind.DECIMAL,
    int: Kind.DECIMAL,
    str: Kind.STRING,
    bool: Kind.BOOLEAN,
    datetime: Kind.TIME,
    type(None): Kind.NULL,
    list: Kind.LIST,
    tuple: Kind.LIST,
    dict: Kind.MAP,
}

_KIND_OF_ANCESTOR: Final = ((str, Kind.STRING), (int, Kind.DECIMAL), (list, Kind.LIST), (datetime, Kind.TIME))


def kind_of(value: Value) -> Kind:
    """The one kind of a value. A record of the engine counts as a map; subclasses (a string enumeration, say) count as
    what they extend."""
    kind = _KIND_OF_CLASS.get(type(value))
    if kind is not None:
        return kind
    for ancestor, kind in _KIND_OF_ANCESTOR:
        if isinstance(value, ancestor):
            return kind
    return Kind.MAP


def kind_text(kinds: Kind) -> str:
    """A set of kinds as signatures write it: `Decimal|String`, `Atom`, `Any`."""
    if kinds is Kind.ANY:
        return "Any"
    names: list[str] = []
    for group in (Kind.ATOM, Kind.COLLECTION):
        if group in kinds:
            names.append(str(group.name).title())
            kinds &= ~group
    names += [str(kind.name).title() for kind in kinds]
    return "|".join(names) or "nothing"
