"""Bundles: named lists of bundles, each made of lists of items. [MA RulesetV2.bundles; C]

The published objects are free. Ours hold the lists that a bundle is made of, and how many items it takes from each.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal as OneOf

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.notes import Notes, call
from largesse.engine.formats.structured.reading import read_shape
from largesse.engine.formats.structured.values import formula_node
from largesse.language import Call, Literal, Mistake, Node, Place

BUNDLE: OneOf["bundle"] = "bundle"
"""The type of a bundle, and of its binding."""

_NONE = Call("list")


class BundleItem(Struct, frozen=True, kw_only=True):
    """A list of items, such as "$Shoes", and how many of them a bundle takes."""

    source: str
    quantity: int


class Bundle(Struct, frozen=True, kw_only=True):
    """A definition of bundles."""

    name: str
    type: OneOf["bundle"] = BUNDLE
    items: tuple[BundleItem, ...]


def bundle_binding(json: JSON, notes: Notes, pointer: str) -> tuple[str, Node]:
    """The name of a definition and its bundles; with mistakes, none."""
    noted = len(notes.found)
    definition = read_shape(json, Bundle, notes, pointer)
    if definition is None:
        return str(json.get("name", "")) if isinstance(json, Mapping) else "", _NONE
    if not definition.items:
        notes.mistake("a bundle is made of at least one list of items", f"{pointer}/items", Mistake.BAD_JSON)
    node = bundle_node(definition, notes, pointer)
    return definition.name, _NONE if len(notes.found) > noted else node


def bundle_node(definition: Bundle, notes: Notes, pointer: str) -> Node:
    """The definition as an expression."""
    slots: list[Node] = []
    for index, item in enumerate(definition.items):
        at = f"{pointer}/items/{index}"
        slots.append(formula_node(item.source, notes, f"{at}/source"))
        slots.append(Literal(Decimal(item.quantity), Place(f"{at}/quantity")))
    return call("bundle", Literal(definition.name, Place(f"{pointer}/name")), *slots, at=pointer)
