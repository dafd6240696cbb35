"""awardDiscount: a discount on each of its targets, as an expression. [MA AwardDiscountBlock]"""

from typing import assert_never

from msgspec import UnsetType

from largesse.engine.formats.structured.blocks import AwardDiscountBlock
from largesse.engine.formats.structured.notes import NOTHING, Notes, call, literal
from largesse.engine.formats.structured.targets import (
    AwardDiscountAdditionalCostTarget,
    AwardDiscountAllItemsTarget,
    AwardDiscountBundleTarget,
    AwardDiscountCartTarget,
    AwardDiscountGlobalFilterTarget,
    AwardDiscountSelectorTarget,
    ItemsTarget,
)
from largesse.engine.formats.structured.values import number_node, text_node
from largesse.language import Call, Group, Literal, Node, Place

CART_ITEMS = ("Session", "CartItems")


def discount_node(block: AwardDiscountBlock, notes: Notes, pointer: str) -> Node:
    """The discount as a call. `partial` adds to what the Application's setting allows; it never forbids it."""
    name = text_node(block.name, notes, f"{pointer}/name")
    value = number_node(block.value, notes, f"{pointer}/value")
    partial = [literal(True)] if block.partial else []
    target = block.target
    match target:
        case AwardDiscountCartTarget():
            return call("setDiscount", name, value, *partial, at=pointer)
        case AwardDiscountBundleTarget():
            return notes.not_built("bundles", f"{pointer}/target")
        case AwardDiscountAdditionalCostTarget(additional_cost=cost, target=of):
            named = (literal(cost.name, f"{pointer}/target/additionalCost/name"), name)
            if isinstance(of, AwardDiscountCartTarget):
                return call("setDiscountPerAdditionalCost", *named, value, *partial, at=pointer)
            items = items_node(of, notes, f"{pointer}/target/target")
            each = per_item(value)
            return call("setDiscountPerAdditionalCostPerItem", items, *named, each, *partial, at=pointer)
        case AwardDiscountAllItemsTarget() | AwardDiscountGlobalFilterTarget() | AwardDiscountSelectorTarget():
            items = items_node(target, notes, f"{pointer}/target")
            if target.prorated is True:
                return call("setDiscountPerItemProRata", items, name, value, *partial, at=pointer)
            scope = [literal("")] if block.partial else []
            return call("setDiscountPerItem", items, name, per_item(value), *scope, *partial, at=pointer)
        case _:
            assert_never(target)


def items_node(target: ItemsTarget, notes: Notes, pointer: str) -> Node:
    """The list of items a target means."""
    match target:
        case AwardDiscountAllItemsTarget():
            return list_called("allItems", None, notes, pointer)
        case AwardDiscountSelectorTarget(name=name):
            return list_called("selector", name, notes, pointer)
        case AwardDiscountGlobalFilterTarget(name=name):
            return list_called("globalFilter", name, notes, pointer)
        case _:
            assert_never(target)


def list_called(kind: str, name: str | UnsetType | None, notes: Notes, pointer: str) -> Node:
    """The list a target names: all items of the cart, or those of a selector."""
    if kind == "allItems":
        return path_node(*CART_ITEMS, at=f"{pointer}/type")
    if kind == "globalFilter":
        return notes.not_built("filters of the Application", f"{pointer}/type")
    if not isinstance(name, str):
        notes.mistake(f"a {kind} needs its `name`", pointer)
        return NOTHING
    return path_node(name, at=f"{pointer}/name")


def path_node(*names: str, at: str) -> Node:
    """The reading of a path."""
    return call(".", *(literal(name, at) for name in names), at=at)


def per_item(value: Node) -> Node:
    """A value for each item: a block, unless it is the same number for all."""
    if isinstance(value, Literal):
        return value
    return Group((Call("Item", (), value.place), value), Place(value.place.pointer))
