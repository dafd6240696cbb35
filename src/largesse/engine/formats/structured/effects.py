"""Effects as expressions. What the engine cannot do yet is refused by name."""

from decimal import Decimal
from typing import assert_never

from msgspec import UNSET

from largesse.engine.attributes import escape
from largesse.engine.formats.failure_effects import ONLY_TOLD, is_refused
from largesse.engine.formats.structured.blocks import (
    AwardDiscountBlock,
    AwardGiveawayBlock,
    AwardItemBlock,
    ConditionBlock,
    CreateCouponBlock,
    CreateReferralBlock,
    EffectBlock,
    Handled,
    PassthroughBlock,
    PromotionBlock,
    ReserveCouponBlock,
    ShowNotificationBlock,
    TriggerCustomEffectBlock,
    Triggered,
    TriggerWebhookBlock,
    UpdateAchievementProgressBlock,
    UpdateAttributeValueBlock,
    UpdateAudienceMembershipBlock,
)
from largesse.engine.formats.structured.conditions import named_first, reports_errors
from largesse.engine.formats.structured.creations import coupon_node, referral_node
from largesse.engine.formats.structured.discounts import discount_node
from largesse.engine.formats.structured.notes import NOTHING, Notes, call, literal
from largesse.engine.formats.structured.passthrough import passed_through
from largesse.engine.formats.structured.triggers import custom_effect_node, webhook_node
from largesse.engine.formats.structured.updates import update_node
from largesse.engine.formats.structured.values import number_node, text_node
from largesse.engine.functions.failures import BUDGET_EXCEEDED, DEFAULT
from largesse.language import Literal, Mistake, Node

_NULL = Literal(None)


def effect_node(block: PromotionBlock, notes: Notes, pointer: str) -> Node:
    """An effect as an expression. Unless the block has the label for it, an effect that cannot be computed is left out
    in silence; a limit that is met always fails the rule."""
    if isinstance(block, PassthroughBlock):
        return passed_through(block, notes, pointer)
    if isinstance(block, ConditionBlock):
        notes.mistake("a condition cannot stand among effects", f"{pointer}/type", Mistake.BAD_JSON)
        return NOTHING
    node = _handled(block, _plain_effect(block, notes, pointer), notes, pointer)
    return node if reports_errors(block) else call("catch", NOTHING, node, at=pointer)


def _handled(block: EffectBlock, node: Node, notes: Notes, pointer: str) -> Node:
    """The effect with what is given in its place: per error, and for any failure."""
    if isinstance(block, Handled | Triggered) and block.on_error is not UNSET:
        for name, blocks in named_first(block.on_error):
            node = _on_error(node, name, blocks, notes, f"{pointer}/onError/{escape(name)}")
    if isinstance(block, Handled) and block.on_failure is not UNSET and block.on_failure:
        for index, each in enumerate(block.on_failure):
            if isinstance(each, EffectBlock | PassthroughBlock) and not _is_told(each):
                notes.mistake(ONLY_TOLD, f"{pointer}/onFailure/{index}")
        for name in (BUDGET_EXCEEDED, DEFAULT):
            node = _on_error(node, name, block.on_failure, notes, f"{pointer}/onFailure")
    return node


def _is_told(block: EffectBlock | PassthroughBlock) -> bool:
    """Whether an effect may stand in the place of one that fails."""
    if isinstance(block, PassthroughBlock):
        return not is_refused([*block.expression])
    return isinstance(block, ShowNotificationBlock | TriggerCustomEffectBlock)


def _on_error(node: Node, name: str, blocks: tuple[PromotionBlock, ...], notes: Notes, pointer: str) -> Node:
    instead = [effect_node(each, notes, f"{pointer}/{index}") for index, each in enumerate(blocks)]
    return call("onError", _NULL, node, literal(name, pointer), *instead, at=pointer)


def _plain_effect(block: EffectBlock, notes: Notes, pointer: str) -> Node:
    match block:
        case AwardDiscountBlock():
            return discount_node(block, notes, pointer)
        case AwardItemBlock():
            return _item_node(block, notes, pointer)
        case ShowNotificationBlock():
            return _notification_node(block, notes, pointer)
        case UpdateAttributeValueBlock():
            return update_node(block, notes, pointer)
        case UpdateAudienceMembershipBlock(operator=operator, profile=who, audience=audience):
            name = "addToAudience" if operator == "add" else "removeFromAudience"
            return call(name, literal(who, f"{pointer}/profile"), literal(Decimal(audience.id)), at=pointer)
        case CreateCouponBlock():
            return coupon_node(block, notes, pointer)
        case CreateReferralBlock():
            return referral_node(block, notes, pointer)
        case ReserveCouponBlock():
            return call("reserveCoupon", at=pointer)
        case TriggerCustomEffectBlock():
            return custom_effect_node(block, notes, pointer)
        case TriggerWebhookBlock():
            return webhook_node(block, notes, pointer)
        case UpdateAchievementProgressBlock() | AwardGiveawayBlock():
            return _reward_node(block, notes, pointer)
        case _:
            assert_never(block)


def _reward_node(block: UpdateAchievementProgressBlock | AwardGiveawayBlock, notes: Notes, pointer: str) -> Node:
    if isinstance(block, AwardGiveawayBlock):
        pool_id = number_node(block.giveaway_pool.id, notes, f"{pointer}/giveawayPool/id")
        return call("awardGiveaway", pool_id, literal(block.profile, f"{pointer}/profile"), at=pointer)
    aim = number_node(block.achievement.id, notes, f"{pointer}/achievement/id")
    amount = number_node(block.value, notes, f"{pointer}/value")
    return call("increaseAchievementProgress", aim, amount, at=pointer)


def _item_node(block: AwardItemBlock, notes: Notes, pointer: str) -> Node:
    named = (text_node(block.sku, notes, f"{pointer}/sku"), text_node(block.name, notes, f"{pointer}/name"))
    quantity = number_node(block.quantity, notes, f"{pointer}/quantity")
    partial = [literal(True)] if block.partial is True else []
    return call("addFreeItem", *named, quantity, *partial, at=pointer)


def _notification_node(block: ShowNotificationBlock, notes: Notes, pointer: str) -> Node:
    kind = literal(block.notification_type, f"{pointer}/notificationType")
    texts = [text_node(block.title, notes, f"{pointer}/title")]
    if block.body is not UNSET:
        texts.append(text_node(block.body, notes, f"{pointer}/body"))
    return call("showNotification", kind, *texts, at=pointer)
