"""A whole ruleset of expressions as blocks."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.blocks import PromotionBlock, PromotionGroupBlock, StrikethroughBlock
from largesse.engine.formats.structured.passthrough import is_effect
from largesse.engine.formats.structured.projection.conditions import condition_block
from largesse.engine.formats.structured.projection.effects import effect_block
from largesse.engine.formats.structured.projection.selectors import Bindings, split_bindings
from largesse.engine.formats.structured.projection.strikethrough import as_strikethrough
from largesse.language import Call, Group, Node, from_json

Plain: TypeAlias = Mapping[str, JSON]


class Projected(Struct, frozen=True):
    """The blocks of each rule in order, of the strikethrough rules too, and the bindings."""

    promotion_rules: tuple[tuple[PromotionBlock, ...], ...]
    strikethrough_rules: tuple[tuple[StrikethroughBlock, ...], ...]
    bindings: Bindings


def project(
    rules: list[JSON], strikethrough_rules: list[JSON], bindings: list[JSON], definitions: Definitions
) -> Projected:
    """The blocks of a stored ruleset, given as plain JSON. Ids of blocks are the places of their expressions."""
    own = {binding["name"] for binding in bindings}
    filters = tuple(each for each in definitions.cart_item_filters if each.name not in own)
    definitions = structs.replace(definitions, cart_item_filters=filters)
    return Projected(
        tuple(_blocks(rule, f"rules/{index}", definitions) for index, rule in enumerate(rules)),
        tuple(
            tuple(map(as_strikethrough, _blocks(rule, f"strikethroughRules/{index}", definitions)))
            for index, rule in enumerate(strikethrough_rules)
        ),
        split_bindings(bindings),
    )


def _blocks(rule: Plain, name: str, definitions: Definitions) -> tuple[PromotionBlock, ...]:
    """All conditions in one leading group, and the effects after it."""

    def effect(node: Node, at: str) -> PromotionBlock:
        return effect_block(node, at, definitions)

    condition = _node(rule["condition"])
    parts = condition.arguments if isinstance(condition, Call) and condition.name.lower() == "and" else (condition,)
    at = f"{name}/condition"
    conditions = tuple(
        condition_block(each, f"{at}/{index}", effect, definitions) for index, each in enumerate(parts, 1)
    )
    group = (PromotionGroupBlock(id=at, operator="all", blocks=conditions),) if conditions else ()
    effects = (
        _effect(_node(each), f"{name}/effects/{index}", definitions) for index, each in enumerate(rule["effects"])
    )
    return (*group, *effects)


def _effect(node: Node, name: str, definitions: Definitions) -> PromotionBlock:
    """An effect; one that does nothing is marked as one, since it would pass for a condition."""
    return effect_block(node if is_effect(node) else Group((Call("noop"), node)), name, definitions)


def _node(json: JSON) -> Node:
    node, _ = from_json(json)
    return node
