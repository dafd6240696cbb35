"""checkAttribute: its operators as expressions, and which fields each of them needs."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.blocks import Comparison, Operator
from largesse.engine.formats.structured.notes import HOLDING, Notes, call, literal
from largesse.engine.formats.structured.values import (
    attribute_node,
    collection_node,
    list_node,
    number_node,
    value_node,
)
from largesse.engine.shopping.collections import IN_COLLECTION
from largesse.language import Call, Group, Mistake, Node, Place

Reader: TypeAlias = Callable[[JSON, Notes, str], Node]
Write: TypeAlias = Callable[..., Node]

_ONE: Mapping[str, Reader] = {"value": value_node}
_MOMENT: Mapping[str, Reader] = {"value": value_node}
_SET: Mapping[str, Reader] = {"value": list_node}
_ENDS: Mapping[str, Reader] = {"min": value_node, "max": value_node}
_WINDOW: Mapping[str, Reader] = {"start": value_node, "end": value_node}
_VALUES: Mapping[str, Reader] = {"values": list_node}
_COUNTED: Mapping[str, Reader] = {"values": list_node, "count": number_node}
_NONE: Mapping[str, Reader] = {}
_COLLECTION: Mapping[str, Reader] = {"value": collection_node}


def _plain(name: str) -> Write:
    return lambda *arguments: call(name, *arguments)


def _pattern(attribute: Node, pattern: Node) -> Node:
    return call("~", pattern, attribute)


def _between(attribute: Node, low: Node, high: Node) -> Node:
    return call("and", call(">=", attribute, low), call("<=", attribute, high))


def _exists(attribute: Node) -> Node:
    return call("catch", literal(False), call("do", attribute, Group((Call("x"), literal(True)))))


def _is(value: bool) -> Write:
    return lambda attribute: call("=", attribute, literal(value))


def _not(write: Write) -> Write:
    return lambda *arguments: call("not", write(*arguments))


_WRITTEN: Mapping[Operator, tuple[Mapping[str, Reader], Write]] = {
    "equals": (_ONE, _plain("=")),
    "not(equals)": (_ONE, _plain("!=")),
    "lessThan": (_ONE, _plain("<")),
    "lessThanOrEqual": (_ONE, _plain("<=")),
    "greaterThan": (_ONE, _plain(">")),
    "greaterThanOrEqual": (_ONE, _plain(">=")),
    "between": (_ENDS, _between),
    "contains": (_ONE, _plain("contains")),
    "not(contains)": (_ONE, _plain("notContains")),
    "matchesRegexp": (_ONE, _pattern),
    "startsWith": (_ONE, _plain("startsWith")),
    "endsWith": (_ONE, _plain("endsWith")),
    "oneOf": (_SET, _plain("oneOf")),
    "not(oneOf)": (_SET, _not(_plain("oneOf"))),
    "inCollection": (_COLLECTION, _plain(IN_COLLECTION)),
    "not(inCollection)": (_COLLECTION, _not(_plain(IN_COLLECTION))),
    "after": (_MOMENT, _plain("after")),
    "before": (_MOMENT, _plain("before")),
    "within": (_WINDOW, _plain("within")),
    "not(within)": (_WINDOW, _not(_plain("within"))),
    "containsOneOf": (_VALUES, _plain("containsOneOf")),
    "containsNoneOf": (_VALUES, _plain("containsNoneOf")),
    "containsAllOf": (_VALUES, _plain("containsAllOf")),
    "containsAtLeast": (_COUNTED, _plain("containsAtLeast")),
    "containsExactly": (_COUNTED, _plain("containsExactly")),
    "empty": (_NONE, _plain("isEmpty")),
    "not(empty)": (_NONE, _not(_plain("isEmpty"))),
    "exists": (_NONE, _exists),
    "not(exists)": (_NONE, _not(_exists)),
    "isTrue": (_NONE, _is(True)),
    "isFalse": (_NONE, _is(False)),
}
"""What each operator needs besides the attribute, in the order in which its expression takes them."""


def check_node(block: Comparison, notes: Notes, pointer: str) -> Node:
    """The comparison as an expression."""
    needed, write = _WRITTEN[block.operator]
    noted = len(notes.found)
    attribute = attribute_node(block.attribute, notes, f"{pointer}/attribute")
    operands: list[Node] = []
    for name, read in needed.items():
        given: JSON | UnsetType = getattr(block, name)
        if given is UNSET:
            notes.mistake(f"the operator {block.operator} needs `{name}`", pointer, Mistake.BAD_JSON)
        else:
            operands.append(read(given, notes, f"{pointer}/{name}"))
    if len(notes.found) > noted:
        return HOLDING
    if needed is _WINDOW:
        operands += _window(block)
    if needed is _MOMENT and block.timezone_insensitive is True:
        attribute, *operands = (call("wallClock", each) for each in (attribute, *operands))
    return _at(write(attribute, *operands), pointer)


def _window(block: Comparison) -> list[Node]:
    """How the ends of a window count; without a word both are inside, and zones matter."""
    flags = (block.start_inclusive, block.end_inclusive, block.timezone_insensitive)
    return [
        literal(default if flag is UNSET else bool(flag))
        for flag, default in zip(flags, (True, True, False), strict=True)
    ]


def _at(node: Node, pointer: str) -> Node:
    """The expression, placed at its block."""
    return Call(node.name, node.arguments, Place(pointer)) if isinstance(node, Call) else node
