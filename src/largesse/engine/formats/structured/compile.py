"""A structured ruleset as the ruleset that is stored, checked and run; mistakes lead back to the blocks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import UNSET, Struct, UnsetType

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.programs import check_rules
from largesse.engine.formats.rulesets import FILTER
from largesse.engine.formats.structured.blocks import (
    AwardDiscountBlock,
    Comparison,
    ConditionBlock,
    PassthroughBlock,
    PromotionBlock,
    PromotionCheckAttributeBlock,
    PromotionGroupBlock,
    StrikethroughBlock,
    StrikethroughGroupBlock,
)
from largesse.engine.formats.structured.bundles import BUNDLE, bundle_binding
from largesse.engine.formats.structured.conditions import condition_node, condition_nodes
from largesse.engine.formats.structured.effects import effect_node
from largesse.engine.formats.structured.notes import HOLDING, NOTHING, Notes, call
from largesse.engine.formats.structured.parameters import parameter_binding
from largesse.engine.formats.structured.passthrough import is_effect, passed_through
from largesse.engine.formats.structured.reading import read_promotion_block, read_strikethrough_block
from largesse.engine.formats.structured.selections import selector_binding
from largesse.language import Call, Diagnostic, Diagnostics, Group, Literal, Mistake, Node, Place, to_json

Plain: TypeAlias = Mapping[str, JSON]


class Compiled(Struct, frozen=True):
    """What a structured ruleset comes to: rules and bindings as plain JSON in the published V1 form, what was found
    wrong on the way, and where each expression came from."""

    rules: list[JSON]
    strikethrough_rules: list[JSON]
    bindings: list[JSON]
    found: tuple[Diagnostic, ...]
    places: Mapping[str, Place]


def compile_structured(ruleset: Plain) -> Compiled:
    """Compile a structured ruleset, given as plain JSON with its rules, selectors, bundles and parameters."""
    notes = Notes()
    places: dict[str, Place] = {}
    bindings = _bindings(ruleset, notes, places)
    rules = [
        _rule(rule, notes, places, "promotionRules", "rules", index)
        for index, rule in enumerate(ruleset.get("promotionRules") or ())
    ]
    strikethrough = [
        _rule(rule, notes, places, "strikethroughRules", "strikethroughRules", index)
        for index, rule in enumerate(ruleset.get("strikethroughRules") or ())
    ]
    return Compiled(rules, strikethrough, bindings, tuple(notes.found), places)


def check_structured(
    ruleset: Plain, definitions: Definitions, application: Application, campaign_id: int = 0
) -> tuple[Compiled, Diagnostics | None]:
    """Compile a structured ruleset and check what it comes to: everything that is wrong, at its block."""
    compiled = compile_structured(ruleset)
    found = list(compiled.found)
    for prefix, rules in (("/rules", compiled.rules), ("/strikethroughRules", compiled.strikethrough_rules)):
        strikethrough = prefix != "/rules"
        for diagnostic in (
            check_rules(rules, compiled.bindings, definitions, application, campaign_id, strikethrough=strikethrough)
            or ()
        ):
            pointer = diagnostic.pointer
            if pointer.startswith("/rules"):
                pointer = prefix + pointer.removeprefix("/rules")
            told = _placed(diagnostic, pointer, compiled.places)
            if told not in found:
                found.append(told)
    return compiled, Diagnostics(tuple(found)) if found else None


def _placed(diagnostic: Diagnostic, pointer: str, places: Mapping[str, Place]) -> Diagnostic:
    """The diagnostic at the innermost block or field that its expression came from."""
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    place = places.get(pointer, Place())
    return Diagnostic(diagnostic.code, diagnostic.message, place.pointer, place.span, diagnostic.did_you_mean)


def trace(node: Node, pointer: str, places: dict[str, Place]) -> None:
    """Note for each part of an expression where it was written, by its pointer in the expression's JSON."""
    if node.place.pointer:
        places[pointer] = node.place
    match node:
        case Literal():
            pass
        case Call(_, arguments):
            for index, argument in enumerate(arguments, 1):
                trace(argument, f"{pointer}/{index}", places)
        case Group(members):
            for index, member in enumerate(members):
                trace(member, f"{pointer}/{index}", places)


def _bindings(ruleset: Plain, notes: Notes, places: dict[str, Place]) -> list[JSON]:
    """Parameters first, because selectors may read them, and bundles last, because they are made of selectors."""
    bindings: list[JSON] = []
    for index, json in enumerate(ruleset.get("parameters") or ()):
        bindings.append(_binding(*parameter_binding(json, notes, f"/parameters/{index}"), places, len(bindings)))
    for index, json in enumerate(ruleset.get("selectors") or ()):
        name, node = selector_binding(json, notes, f"/selectors/{index}")
        match node:
            case Call("item", (source, Literal(Decimal() as place))):
                notes.singles[name] = call("slice", source, Literal(place), Literal(place + 1))
            case _:
                pass
        bindings.append(_binding({"name": name, "type": FILTER}, node, places, len(bindings)))
    for index, json in enumerate(ruleset.get("bundles") or ()):
        name, node = bundle_binding(json, notes, f"/bundles/{index}")
        bindings.append(_binding({"name": name, "type": BUNDLE}, node, places, len(bindings)))
    return bindings


def _binding(settings: dict[str, JSON], node: Node, places: dict[str, Place], index: int) -> JSON:
    trace(node, f"/bindings/{index}/expression", places)
    return {**settings, "expression": to_json(call("identity", node) if isinstance(node, Literal) else node)}


def _rule(rule: Plain, notes: Notes, places: dict[str, Place], ours: str, theirs: str, index: int) -> JSON:
    pointer, target = f"/{ours}/{index}", f"/{theirs}/{index}"
    blocks = [
        read_promotion_block(each, notes, f"{pointer}/blocks/{place}")
        if ours == "promotionRules"
        else _as_promotion(read_strikethrough_block(each, notes, f"{pointer}/blocks/{place}"))
        for place, each in enumerate(rule["blocks"])
    ]
    conditions, effects = split(blocks, notes, f"{pointer}/blocks")
    places[target] = Place(pointer)
    trace(call("and", *conditions, at=f"{pointer}/blocks"), f"{target}/condition", places)
    for place, effect in enumerate(effects):
        trace(effect, f"{target}/effects/{place}", places)
    for place in range(len(rule.get("bindings") or ())):
        places[f"{target}/bindings/{place}"] = Place(f"{pointer}/bindings/{place}")
    kept = {name: rule[name] for name in ("id", "parentId", "title", "description", "bindings") if name in rule}
    return {
        **kept,
        "condition": to_json(call("and", *conditions)),
        "effects": [_array(effect) for effect in effects],
    }


def _array(effect: Node) -> JSON:
    """An effect as an array, whatever it is."""
    json = to_json(effect)
    return json if isinstance(json, list) else [json]


def split(blocks: Sequence[PromotionBlock], notes: Notes, pointer: str) -> tuple[list[Node], list[Node]]:
    """The conditions and the effects of a rule. A group of all that leads is the list of its conditions."""
    lead = blocks[0] if blocks else None
    conditions: list[Node] = []
    first = 0
    if isinstance(lead, PromotionGroupBlock) and lead.operator == "all" and not (lead.on_failure or lead.on_error):
        conditions = condition_nodes(lead.blocks, notes, f"{pointer}/0/blocks", effect_node)
        first = 1
    effects: list[Node] = []
    for index, block in enumerate(blocks[first:], first):
        at = f"{pointer}/{index}"
        noted = len(notes.found)
        is_condition = isinstance(block, ConditionBlock)
        if isinstance(block, PassthroughBlock):
            is_condition = not is_effect(passed_through(block, Notes(), at))
        if not is_condition:
            node = effect_node(block, notes, at)
            effects.append(NOTHING if len(notes.found) > noted else node)
            continue
        if effects:
            notes.mistake("a condition cannot follow an effect", f"{at}/type", Mistake.BAD_JSON)
        node = condition_node(block, notes, at, effect_node)  # type: ignore[arg-type]  # told apart just above
        conditions.append(HOLDING if len(notes.found) > noted else node)
    return conditions, effects


def _as_promotion(block: StrikethroughBlock) -> PromotionBlock:
    """A block of a strikethrough rule as the block of a promotion rule that it would be."""
    match block:
        case AwardDiscountBlock() | PassthroughBlock():
            return block
        case StrikethroughGroupBlock():
            return PromotionGroupBlock(
                id=block.id,
                tags=block.tags,
                operator=block.operator,
                blocks=tuple(map(_as_promotion, block.blocks)),
                on_failure=_each(block.on_failure),
                on_error=UNSET
                if isinstance(block.on_error, UnsetType)
                else {name: tuple(map(_as_promotion, blocks)) for name, blocks in block.on_error.items()},
            )
        case _:
            fields = {name: getattr(block, name) for name in Comparison.__struct_fields__}
            return PromotionCheckAttributeBlock(**fields, on_failure=_each(block.on_failure))


def _each(blocks: tuple[StrikethroughBlock, ...] | UnsetType) -> tuple[PromotionBlock, ...] | UnsetType:
    return UNSET if isinstance(blocks, UnsetType) else tuple(map(_as_promotion, blocks))
