"""Expressions as text: the inverse of `parse`, on one line."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Final, assert_never

from largesse.language.numbers import plain
from largesse.language.parse import atom_of_word
from largesse.language.rfc3339 import format_time
from largesse.language.syntax import Atom, Call, Group, Literal, Node

_BARE: Final = re.compile(r"[^ \t\r\n()\"'\\]+")


def format_node(node: Node) -> str:
    """An expression in the text form; `parse` reads it back to an equal one."""
    match node:
        case Literal(value):
            return _atom(value)
        case Call(name, arguments):
            return f"({' '.join([_operator(name), *map(format_node, arguments)])})"
        case Group(members):
            return f"({' '.join(map(format_node, members))})"
        case _:
            assert_never(node)


def _atom(value: Atom) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime():
            return format_time(value)
        case str():
            return _quoted(value)
        case _:
            assert_never(value)


def _operator(name: str) -> str:
    bare = _BARE.fullmatch(name) is not None and isinstance(atom_of_word(name), str)
    return name if bare else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
