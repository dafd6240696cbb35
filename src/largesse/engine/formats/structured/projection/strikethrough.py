"""Blocks of strikethrough rules, of which there are four types; all else is passed through."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from largesse.engine.formats.structured.blocks import (
    AwardDiscountBlock,
    Comparison,
    ConditionBlock,
    PassthroughBlock,
    PromotionBlock,
    PromotionCheckAttributeBlock,
    PromotionGroupBlock,
    StrikethroughBlock,
    StrikethroughCheckAttributeBlock,
    StrikethroughGroupBlock,
)
from largesse.engine.formats.structured.conditions import condition_node
from largesse.engine.formats.structured.effects import effect_node
from largesse.engine.formats.structured.notes import Notes
from largesse.engine.formats.structured.projection.conditions import passthrough_block


def as_strikethrough(block: PromotionBlock) -> StrikethroughBlock:
    """The block of a strikethrough rule that a block of a promotion rule is."""
    match block:
        case AwardDiscountBlock() | PassthroughBlock():
            return block
        case PromotionGroupBlock():
            return StrikethroughGroupBlock(
                id=block.id,
                tags=block.tags,
                operator=block.operator,
                blocks=tuple(map(as_strikethrough, block.blocks)),
                on_failure=_each(block.on_failure),
                on_error=UNSET
                if isinstance(block.on_error, UnsetType)
                else {name: tuple(map(as_strikethrough, blocks)) for name, blocks in block.on_error.items()},
            )
        case PromotionCheckAttributeBlock():
            fields = {name: getattr(block, name) for name in Comparison.__struct_fields__}
            return StrikethroughCheckAttributeBlock(**fields, on_failure=_each(block.on_failure))
        case _:
            if isinstance(block, ConditionBlock):
                return passthrough_block(condition_node(block, Notes(), "", effect_node), block.id)
            return passthrough_block(effect_node(block, Notes(), ""), block.id)


def _each(blocks: Sequence[PromotionBlock] | UnsetType) -> tuple[StrikethroughBlock, ...] | UnsetType:
    return UNSET if isinstance(blocks, UnsetType) else tuple(map(as_strikethrough, blocks))
