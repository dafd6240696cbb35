"""Bindings as bundles and selectors, and those that are neither as parameters."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.formats.rulesets import FILTER
from largesse.engine.formats.structured.bundles import Bundle
from largesse.engine.formats.structured.notes import Notes
from largesse.engine.formats.structured.parameters import EXPRESSION
from largesse.engine.formats.structured.projection.bundles import bundle_of
from largesse.engine.formats.structured.projection.conditions import selector_block
from largesse.engine.formats.structured.projection.values import NoBlockError, attribute_or_braces, path_text, whole_of
from largesse.engine.formats.structured.selections import step_node
from largesse.engine.formats.structured.steps import (
    FilterAndMapValuesSelectorStep,
    FilterSelectorStep,
    MapSelectorStep,
    ReduceSelectorStep,
    ReverseSelectorStep,
    Selector,
    SelectorStep,
    SelectorValueMapRef,
    SelectSelectorStep,
    SortSelectorStep,
    SortSelectorStepField,
)
from largesse.engine.formats.structured.values import formula_node
from largesse.language import Call, Group, Literal, Node, from_json

Read = TypeVar("Read")


class Bindings(Struct, frozen=True):
    """A ruleset's bindings as the structured form has them."""

    parameters: tuple[Mapping[str, JSON], ...]
    selectors: tuple[Selector, ...]
    bundles: tuple[Bundle, ...]


def split_bindings(bindings: list[JSON]) -> Bindings:
    """Bindings as parameters, selectors and bundles. They come in this order, so a binding that others than its like
    or the next kind follow is a parameter too: order matters where names are read."""
    bundles = _last(bindings, len(bindings), bundle_of)
    selectors = _last(bindings, len(bindings) - len(bundles), _selector)
    first = len(bindings) - len(bundles) - len(selectors)
    return Bindings(tuple(map(_parameter, bindings[:first])), selectors, bundles)


def _last(bindings: list[JSON], end: int, read: Callable[[JSON, str], Read | None]) -> tuple[Read, ...]:
    """The bindings right before `end` that are of one kind."""
    found: list[Read] = []
    for index in reversed(range(end)):
        each = read(bindings[index], f"bindings/{index}")
        if each is None:
            break
        found.insert(0, each)
    return tuple(found)


def _parameter(binding: Mapping[str, JSON]) -> Mapping[str, JSON]:
    kind = binding.get("type")
    return {**binding, "type": kind or EXPRESSION}


def _selector(binding: Mapping[str, JSON], name: str) -> Selector | None:
    if binding.get("type") != FILTER or set(binding) - {"name", "type", "expression"}:
        return None
    node, found = from_json(binding["expression"])
    if found:
        return None
    try:
        source, steps = _unwound(node, name)
        text = path_text(source)
    except NoBlockError:
        return None
    notes = Notes()
    made = formula_node(text, notes, "")
    for step in steps:
        made = step_node(made, step, notes, "")
    return Selector(name=binding["name"], source=text, steps=steps) if made == node and not notes.found else None


def _unwound(node: Node, name: str) -> tuple[Node, tuple[SelectorStep, ...]]:
    """The list at the bottom and the steps above it, the first first."""
    steps: list[SelectorStep] = []
    while not (isinstance(node, Call) and node.name == "."):
        node, step = _step(node, f"{name}/steps/{len(steps)}")
        last = steps[-1] if steps else None
        if isinstance(step, SortSelectorStep) and isinstance(last, SortSelectorStep):
            steps[-1] = msgspec.structs.replace(last, fields=(*last.fields, *step.fields))
        else:
            steps.append(step)
    return node, tuple(reversed(steps))


def _step(node: Node, name: str) -> tuple[Node, SelectorStep]:
    """What a step was made of, and the step."""
    match node:
        case Call("filter", (source, Group((Call("Item", ()), Call("catch", (Literal(False), body)))))):
            return source, FilterSelectorStep(predicate=selector_block(body, f"{name}/predicate"))
        case Call("filter", (source, Group((Call("Item", ()), body)))):
            return source, FilterSelectorStep(predicate=selector_block(body, f"{name}/predicate", strict=True))
        case Call("sortBy", (source, Group((Call("Item", ()), Call("catch", (Literal(None), key)))), Literal(down))):
            field = SortSelectorStepField(expression=attribute_or_braces(key), direction="desc" if down else "asc")
            return source, SortSelectorStep(fields=(field,))
        case Call("map", (source, Group((Call("Item", ()), body)))):
            return source, MapSelectorStep(expression=attribute_or_braces(body))
        case Call("take" | "slice" | "item" | "reverse"):
            return _selected(node)
        case Call("sum", (source, Group((Call("x", ()), Call(".", (Literal("x"),)))))):
            return source, ReduceSelectorStep(operator="sum")
        case Call("min" | "max" | "count", (source,)):
            return source, ReduceSelectorStep(operator=node.name)  # type: ignore[arg-type]  # one of its words
        case Call("valueMapFilter", (source, map_id)):
            value_map = SelectorValueMapRef(id=whole_of(map_id))
            return source, FilterAndMapValuesSelectorStep(value_map=value_map)
        case Call("isEmpty", (source,)):
            return source, ReduceSelectorStep(operator="empty")
        case _:
            raise NoBlockError


def _selected(node: Call) -> tuple[Node, SelectorStep]:
    match node:
        case Call("reverse", (Call("take", (Call("reverse", (source,)), count)),)):
            return source, SelectSelectorStep(operator="many", from_="end", count=whole_of(count), partial=True)
        case Call("take", (source, count)):
            return source, SelectSelectorStep(operator="many", from_="start", count=whole_of(count), partial=True)
        case Call("slice", (source, start, end)):
            return source, SelectSelectorStep(operator="between", from_=whole_of(start), to=whole_of(end), partial=True)
        case Call("item", (source, index)):
            return source, SelectSelectorStep(operator="one", index=whole_of(index))
        case Call("reverse", (source,)):
            return source, ReverseSelectorStep()
        case _:
            raise NoBlockError
