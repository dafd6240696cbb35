"""Texts with formulas in them: "You saved {{$Session.Total / 10}}", "Hello [Profile.Attributes.Name]".

Between double braces stands any formula, between brackets a path of two names or more; other brackets are just
brackets.
"""

import re
from typing import Final

from largesse.language.diagnostics import Diagnostic
from largesse.language.formula.read import parse_formula
from largesse.language.formula.write import format_formula
from largesse.language.syntax import Call, Literal, Node, Place

_PART: Final = re.compile(r"\{\{(?P<braces>.*?)\}\}|(?P<brackets>\[[^\W\d][^\[\].{}]*(?:\.[^\[\].{}]+)+\])", re.DOTALL)
_WHOLE: Final = re.compile(r"\s*\{\{(?P<formula>(?:(?!\}\}).)*)\}\}\s*", re.DOTALL)


def parse_template(text: str, pointer: str = "") -> tuple[Node, tuple[Diagnostic, ...]]:
    """Read a text in which formulas may stand; the expression gives a text."""
    parts: list[Node] = []
    found: list[Diagnostic] = []
    end = 0
    for part in _PART.finditer(text):
        if part.start() > end:
            parts.append(Literal(text[end : part.start()], Place(pointer)))
        group = part.lastgroup or ""
        node, mistakes = parse_formula(part[group], pointer, part.start(group))
        found += mistakes
        parts.append(Call("toString", (node,), Place(pointer, part.span())))
        end = part.end()
    if end < len(text) or not parts:
        parts.append(Literal(text[end:], Place(pointer)))
    node = parts[0] if len(parts) == 1 else Call("concat", tuple(parts), Place(pointer))
    return node, tuple(found)


def format_template(node: Node) -> str | None:
    """The text that reads back to an equal expression, or None when there is none."""
    parts = node.arguments if isinstance(node, Call) and node.name == "concat" else (node,)
    texts = [_part(part) for part in parts]
    text = "".join(each for each in texts if each is not None)
    return text if None not in texts and parse_template(text) == (node, ()) else None


def _part(node: Node) -> str | None:
    match node:
        case Literal(str(text)):
            return text
        case Call("toString", (inner,)):
            formula = format_formula(inner)
            return None if formula is None else f"{{{{{formula}}}}}"
        case _:
            return None


def formula_in_braces(text: str) -> tuple[str, int] | None:
    """The formula of a text that is nothing but one formula in double braces, and where it starts; else None."""
    whole = _WHOLE.fullmatch(text)
    return None if whole is None else (whole["formula"], whole.start("formula"))
