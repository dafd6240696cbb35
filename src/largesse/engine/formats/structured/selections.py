"""Selectors as expressions: a list, and what each step makes of it. [MA Selector]"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never, get_args

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.blocks import SelectorBlock
from largesse.engine.formats.structured.conditions import reports_errors, selector_node
from largesse.engine.formats.structured.notes import Notes, call, literal
from largesse.engine.formats.structured.reading import read_selector_block, read_shape
from largesse.engine.formats.structured.steps import (
    FilterAndMapValuesSelectorStep,
    FilterSelectorStep,
    MapSelectorStep,
    ReduceSelectorStep,
    ReverseSelectorStep,
    Selector,
    SelectorStep,
    SelectSelectorStep,
    SortSelectorStep,
)
from largesse.engine.formats.structured.values import formula_node
from largesse.engine.shopping.value_maps import VALUE_MAP_FILTER
from largesse.language import Call, Group, Literal, Mistake, Node, Place

_EMPTY = Call("list")
_ITSELF = Group((Call("x"), Call(".", (Literal("x"),))))


def selector_binding(json: JSON, notes: Notes, pointer: str) -> tuple[str, Node]:
    """The name and the list of a selector; with mistakes, an empty list."""
    steps = json.get("steps") if isinstance(json, Mapping) else None
    if not isinstance(steps, Sequence) or isinstance(steps, str):
        steps = ()
    selector = read_shape({**json, "steps": []} if steps else json, Selector, notes, pointer)
    if selector is None:
        return str(json.get("name", "")) if isinstance(json, Mapping) else "", _EMPTY
    noted = len(notes.found)
    node = formula_node(selector.source, notes, f"{pointer}/source")
    for index, each in enumerate(steps):
        node = _after(node, each, notes, f"{pointer}/steps/{index}")
    return selector.name, _EMPTY if len(notes.found) > noted else node


def _after(source: Node, json: JSON, notes: Notes, pointer: str) -> Node:
    """What a step makes of a list."""
    if isinstance(json, Mapping) and json.get("type") == "filter" and "predicate" in json:
        predicate = read_selector_block(json["predicate"], notes, f"{pointer}/predicate")
        return step_node(source, FilterSelectorStep(predicate=predicate), notes, pointer)
    kind = json.get("type") if isinstance(json, Mapping) else None
    shape = next((each for each in get_args(SelectorStep) if each.__struct_config__.tag == kind), None)
    if shape is None:
        notes.mistake(f"there is no step of the type {kind!r}", f"{pointer}/type", Mistake.BAD_JSON)
        return source
    step: SelectorStep | None = read_shape(json, shape, notes, pointer)
    return source if step is None else step_node(source, step, notes, pointer)


def step_node(source: Node, step: SelectorStep, notes: Notes, pointer: str) -> Node:
    """What a step makes of a list."""
    match step:
        case FilterSelectorStep(predicate=predicate):
            return call("filter", source, _item_block(_predicate(predicate, notes, f"{pointer}/predicate")), at=pointer)
        case SortSelectorStep(fields=fields):
            for index in reversed(range(len(fields))):
                at = f"{pointer}/fields/{index}/expression"
                key = call("catch", Literal(None), formula_node(fields[index].expression, notes, at), at=at)
                is_descending = literal(fields[index].direction == "desc")
                source = call("sortBy", source, _item_block(key), is_descending, at=pointer)
            return source
        case SelectSelectorStep():
            return _selected(source, step, notes, pointer)
        case MapSelectorStep(expression=expression):
            return call(
                "map", source, _item_block(formula_node(expression, notes, f"{pointer}/expression")), at=pointer
            )
        case ReduceSelectorStep(operator="sum"):
            return call("sum", source, _ITSELF, at=pointer)
        case ReduceSelectorStep(operator=operator):
            return call("isEmpty" if operator == "empty" else operator, source, at=pointer)
        case ReverseSelectorStep():
            return call("reverse", source, at=pointer)
        case FilterAndMapValuesSelectorStep(value_map=value_map):
            map_id = Literal(Decimal(value_map.id), Place(f"{pointer}/valueMap/id"))
            return call(VALUE_MAP_FILTER, source, map_id, at=pointer)
        case _:
            assert_never(step)


def _predicate(block: SelectorBlock, notes: Notes, pointer: str) -> Node:
    """The predicate; unless it is labelled, an item for which it cannot be computed is left out."""
    node = selector_node(block, notes, pointer)
    return node if reports_errors(block) else call("catch", literal(False), node, at=pointer)


def _item_block(body: Node) -> Node:
    return Group((Call("Item"), body), Place(body.place.pointer))


def _selected(source: Node, step: SelectSelectorStep, notes: Notes, pointer: str) -> Node:
    match step.operator:
        case "many":
            count = _number(step.count, "count", notes, pointer)
            if step.from_ == "end":
                return call("reverse", call("take", call("reverse", source), count), at=pointer)
            if step.from_ not in ("start", UNSET):
                notes.mistake("the operator many counts from start or end", f"{pointer}/from", Mistake.BAD_JSON)
            return call("take", source, count, at=pointer)
        case "between":
            start = step.from_ if isinstance(step.from_, int) else UNSET
            ends = (_number(start, "from", notes, pointer), _number(step.to, "to", notes, pointer))
            return call("slice", source, *ends, at=pointer)
        case "one":
            return call("item", source, _number(step.index, "index", notes, pointer), at=pointer)
        case _:
            assert_never(step.operator)


def _number(value: int | UnsetType, name: str, notes: Notes, pointer: str) -> Node:
    if isinstance(value, UnsetType):
        notes.mistake(f"this selection needs a whole number as `{name}`", pointer, Mistake.BAD_JSON)
        return Literal(Decimal(0))
    return Literal(Decimal(value), Place(f"{pointer}/{name}"))
