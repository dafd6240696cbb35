"""Writing expressions as formulas, for those that have one: the inverse of `parse_formula`."""

import re
from decimal import Decimal
from typing import Final

from largesse.language.formula.read import parse_formula
from largesse.language.numbers import plain
from largesse.language.syntax import Call, Literal, Node

_NAME: Final = re.compile(r"[^\W\d]\w*")
_STEP: Final = re.compile(r"\w+")
_BRACKETED: Final = re.compile(r"[^\[\].]*[^\[\].\s][^\[\].]*")
_SUM, _PRODUCT, _FACTOR = range(3)
_BINDING: Final = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}


class _UnwritableError(Exception):
    """The expression has no formula."""


def format_formula(node: Node) -> str | None:
    """The formula that reads back to an equal expression, or None when there is none."""
    try:
        text = _written(node, _SUM)
    except _UnwritableError:
        return None
    read, found = parse_formula(text)
    return text if read == node and not found else None


def _written(node: Node, around: int) -> str:
    match node:
        case Literal(bool() as value):
            return "true" if value else "false"
        case Literal(Decimal() as value):
            return plain(value)
        case Literal(str() as value):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case Call("/", (Literal(Decimal() as value), Literal(Decimal() as hundred))) if hundred == 100 and value >= 0:
            return f"{plain(value)}%"
        case Call(".", names):
            return _path(names)
        case Call(name, arguments) if name in _BINDING and len(arguments) > 1:
            binding = _BINDING[name]
            first, *others = arguments
            parts = [_written(first, binding + _nests(first, name)), *(_written(each, binding + 1) for each in others)]
            text = f" {name} ".join(parts)
            return f"({text})" if binding < around else text
        case Call(name, arguments) if _NAME.fullmatch(name):
            return f"{name}({', '.join(_written(each, _SUM) for each in arguments)})"
        case _:
            raise _UnwritableError


def _nests(first: Node, name: str) -> int:
    """1 when a first operand of the same operator must keep its parentheses, or it would join the chain."""
    return 1 if isinstance(first, Call) and first.name == name else 0


def _path(names: tuple[Node, ...]) -> str:
    steps = [name.value for name in names if isinstance(name, Literal) and isinstance(name.value, str)]
    if len(steps) < len(names) or not steps:
        raise _UnwritableError
    if _NAME.fullmatch(steps[0]) and all(map(_STEP.fullmatch, steps)):
        return "$" + ".".join(steps)
    if all(_BRACKETED.fullmatch(step) and step == step.strip() for step in steps):
        return f"[{'.'.join(steps)}]"
    raise _UnwritableError
