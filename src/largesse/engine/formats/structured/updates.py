"""updateAttributeValue: attributes of the session, of people, of codes and of items, as expressions.

[MA UpdateAttributeValueBlock]
"""

from msgspec import UNSET

from largesse.engine.formats.structured.blocks import UpdateAttributeValueBlock
from largesse.engine.formats.structured.discounts import list_called, path_node, per_item
from largesse.engine.formats.structured.notes import NOTHING, Notes, call, literal
from largesse.engine.formats.structured.values import value_node
from largesse.language import Mistake, Node

ROOTS = {
    "session": "Session",
    "profile": "Profile",
    "advocateProfile": "AdvocateProfile",
    "coupon": "Coupon",
    "referral": "Referral",
}


def update_node(block: UpdateAttributeValueBlock, notes: Notes, pointer: str) -> Node:
    """The update as a call."""
    if block.operator != "toggle" and block.value is UNSET:
        notes.mistake(f"the operator {block.operator} needs `value`", pointer, Mistake.BAD_JSON)
        return NOTHING
    root = ROOTS.get(block.target.type)
    if root is None:
        return _items_node(block, notes, pointer)
    name, at = block.attribute.name, f"{pointer}/attribute/name"
    path = literal(f"{root}.Attributes.{name}", at)
    if block.operator == "toggle":
        return call("updateAttribute", path, _toggled(root, name, at, pointer), at=pointer)
    value = value_node(block.value, notes, f"{pointer}/value")
    return call("updateAttribute", path, literal(block.operator, f"{pointer}/operator"), value, at=pointer)


def _items_node(block: UpdateAttributeValueBlock, notes: Notes, pointer: str) -> Node:
    items = list_called(block.target.type, block.target.name, notes, f"{pointer}/target")
    name, at = block.attribute.name, f"{pointer}/attribute/name"
    if block.operator == "toggle":
        operator, value = "setTo", _toggled("Item", name, at, pointer)
    else:
        operator, value = block.operator, value_node(block.value, notes, f"{pointer}/value")
    said = literal(operator, f"{pointer}/operator")
    return call("updateItemAttribute", items, literal(name, at), said, per_item(value), at=pointer)


def _toggled(root: str, name: str, at: str, pointer: str) -> Node:
    return call("not", path_node(root, "Attributes", name, at=at), at=pointer)
