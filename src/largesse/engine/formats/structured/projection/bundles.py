"""Bindings as bundles, and what a discount on bundles is on."""

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.bundles import BUNDLE, Bundle, BundleItem, bundle_node
from largesse.engine.formats.structured.notes import Notes
from largesse.engine.formats.structured.projection.values import (
    NoBlockError,
    attribute_or_braces,
    string_of,
    whole_of,
)
from largesse.engine.formats.structured.targets import (
    AwardDiscountBundleItemByAttribute,
    AwardDiscountBundleItemByIndex,
    AwardDiscountBundleTarget,
)
from largesse.language import Call, Group, Literal, Node, from_json


def bundle_of(binding: JSON, name: str) -> Bundle | None:
    """The definition that a binding is, None where it is something else."""
    if binding.get("type") != BUNDLE or set(binding) - {"name", "type", "expression"}:
        return None
    node, found = from_json(binding["expression"])
    if found:
        return None
    try:
        definition = _definition(node)
    except NoBlockError:
        return None
    notes = Notes()
    is_same = definition.name == binding["name"] and bundle_node(definition, notes, name) == node and not notes.found
    return definition if is_same else None


def _definition(node: Node) -> Bundle:
    match node:
        case Call("bundle", (name, *slots)) if slots and len(slots) % 2 == 0:
            pairs = zip(slots[::2], slots[1::2], strict=True)
            items = (BundleItem(source=attribute_or_braces(each), quantity=whole_of(count)) for each, count in pairs)
            return Bundle(name=string_of(name), items=tuple(items))
        case _:
            raise NoBlockError


def bundle_target(bundles: Node, prorated: bool | UnsetType = UNSET) -> AwardDiscountBundleTarget:
    """The target that a list of bundles is, perhaps with one item of each."""
    match bundles:
        case Call(".", (name,)):
            return AwardDiscountBundleTarget(name=string_of(name), prorated=prorated)
        case Call("targetItem", (Call(".", (name,)), index)):
            by_index = AwardDiscountBundleItemByIndex(value=whole_of(index))
            return AwardDiscountBundleTarget(name=string_of(name), item=by_index, prorated=prorated)
        case Call("targetItem", (Call(".", (name,)), Group((Call("Item", ()), key)), Literal(bool() as highest))):
            match key:
                case Call("catch", (Literal(None), attribute)):
                    by_attribute = AwardDiscountBundleItemByAttribute(
                        attribute=attribute_or_braces(attribute), direction="highest" if highest else "lowest"
                    )
                    return AwardDiscountBundleTarget(name=string_of(name), item=by_attribute, prorated=prorated)
                case _:
                    raise NoBlockError
        case _:
            raise NoBlockError
