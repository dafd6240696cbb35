"""awardDiscount: a discount on each of its targets, as an expression. [MA AwardDiscountBlock]"""

from typing import assert_never

from msgspec import UnsetType

from largesse.engine.formats.structured.blocks import AwardDiscountBlock
from largesse.engine.formats.structured.notes import NOTHING, Notes, call, literal
from largesse.engine.formats.structured.targets import (
    AwardDiscountAdditionalCostTarget,
    AwardDiscountAllItemsTarget,
    AwardDiscountBundleItemByAttribute,
    AwardDiscountBundleItemByIndex,
    AwardDiscountBundleTarget,
    AwardDiscountCartTarget,
    AwardDiscountGlobalFilterTarget,
    AwardDiscountSelectorTarget,
    ItemsTarget,
    Target,
)
from largesse.engine.formats.structured.values import formula_node, number_node, text_node
from largesse.language import Call, Group, Literal, Node, Place, from_json

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
            return _bundle_node(block, target, notes, pointer)
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


def _bundle_node(block: AwardDiscountBlock, target: AwardDiscountBundleTarget, notes: Notes, pointer: str) -> Node:
    """A discount on the items of each bundle, or on one item of each; prorated: on the bundle, by what the bundle or
    that item comes to."""
    name = text_node(block.name, notes, f"{pointer}/name")
    value = number_node(block.value, notes, f"{pointer}/value")
    partial = [literal(True)] if block.partial else []
    bundles = list_called("bundle", target.name, notes, f"{pointer}/target")
    at = f"{pointer}/target/item"
    match target.item:
        case AwardDiscountBundleItemByIndex(value=index):
            bundles = call("targetItem", bundles, notes.taken(from_json(index, at)), at=at)
        case AwardDiscountBundleItemByAttribute(attribute=attribute, direction=direction):
            key = call("catch", Literal(None), formula_node(attribute, notes, f"{at}/attribute"), at=at)
            bundles = call("targetItem", bundles, per_item(key), literal(direction == "highest"), at=at)
        case _:
            pass
    if target.prorated is True:
        each = per_item(value) if isinstance(target.item, Target) else per_item(value, "Bundle")
        return call("setDiscountPerBundleProRata", bundles, name, each, *partial, at=pointer)
    scope = [literal("")] if block.partial else []
    return call("setDiscountPerBundleItem", bundles, name, per_item(value), *scope, *partial, at=pointer)


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
    """The list a target names: all items of the cart, those of a selector or of a filter of the Application, or the
    bundles of a definition."""
    if kind == "allItems":
        return path_node(*CART_ITEMS, at=f"{pointer}/type")
    if not isinstance(name, str):
        notes.mistake(f"a {kind} needs its `name`", pointer)
        return NOTHING
    if kind == "selector" and name in notes.singles:
        return notes.singles[name]
    return path_node(name, at=f"{pointer}/name")


def path_node(*names: str, at: str) -> Node:
    """The reading of a path."""
    return call(".", *(literal(name, at) for name in names), at=at)


def per_item(value: Node, name: str = "Item") -> Node:
    """A value for each item, or each of what has this name: a block, unless it is the same number for all."""
    if isinstance(value, Literal):
        return value
    return Group((Call(name, (), value.place), value), Place(value.place.pointer))
