"""Values as blocks write them: attributes ("$Session.Total"), formulas ("{{ ... }}"), texts with formulas, JSON."""

import re
from collections.abc import Mapping
from decimal import Decimal

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.notes import NOTHING, Notes
from largesse.language import (
    Call,
    Mistake,
    Node,
    formula_in_braces,
    from_json,
    parse_formula,
    parse_template,
)

PATH = re.compile(r"\$[^\W\d]\w*(?:\.\w+)+")
"""A text that is compared with, and is an attribute rather than itself."""


def attribute_node(json: JSON, notes: Notes, pointer: str) -> Node:
    """What is compared: a path, a formula, or an expression as an array."""
    if isinstance(json, str) and json:
        return formula_node(json, notes, pointer)
    if isinstance(json, list | tuple):
        return notes.taken(from_json(json, pointer))
    notes.mistake("an attribute is a path such as $Session.Total, or a formula", pointer, Mistake.BAD_JSON)
    return NOTHING


def formula_node(text: str, notes: Notes, pointer: str) -> Node:
    """A formula, in double braces or without."""
    inside, offset = formula_in_braces(text) or (text, 0)
    return notes.taken(parse_formula(inside, pointer, offset))


def number_node(json: JSON, notes: Notes, pointer: str) -> Node:
    """A number, or a formula for one."""
    if isinstance(json, str):
        return formula_node(json, notes, pointer)
    if isinstance(json, int | Decimal) and not isinstance(json, bool):
        return notes.taken(from_json(json, pointer))
    notes.mistake("expected a number or a formula", pointer, Mistake.BAD_JSON)
    return NOTHING


def text_node(text: str, notes: Notes, pointer: str) -> Node:
    """A text in which formulas may stand."""
    return notes.taken(parse_template(text, pointer))


def value_node(json: JSON, notes: Notes, pointer: str) -> Node:
    """What something is compared with or set to: plain JSON, an attribute, a formula, or a list of these."""
    if isinstance(json, list | tuple):
        return list_node(json, notes, pointer)
    if isinstance(json, str) and formula_in_braces(json):
        return formula_node(json, notes, pointer)
    if isinstance(json, str) and PATH.fullmatch(json):
        return formula_node(json, notes, pointer)
    if json is None or isinstance(json, Mapping):
        notes.mistake("expected a text, a number, a truth value, or a list of these", pointer, Mistake.BAD_JSON)
        return NOTHING
    return notes.taken(from_json(json, pointer))


def collection_node(json: JSON, notes: Notes, pointer: str) -> Node:
    """A collection: its id or its name, alone or in an object with an `id`."""
    named = json.get("id") if isinstance(json, Mapping) else json
    if isinstance(named, str | int | Decimal) and not isinstance(named, bool):
        return notes.taken(from_json(named, pointer))
    notes.mistake("a collection is given by its id or its name", pointer, Mistake.BAD_JSON)
    return NOTHING


def list_node(json: JSON, notes: Notes, pointer: str) -> Node:
    """A list of values, or the attribute or formula that gives one."""
    if isinstance(json, list | tuple):
        values = (value_node(each, notes, f"{pointer}/{index}") for index, each in enumerate(json))
        return Call("list", tuple(values))
    if isinstance(json, str) and (json.startswith("$") or formula_in_braces(json)):
        return formula_node(json, notes, pointer)
    notes.mistake("expected a list, or the attribute or formula that gives one", pointer, Mistake.BAD_JSON)
    return NOTHING
