"""Conditions as expressions: groups, comparisons, codes, events and budgets."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, assert_never

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import escape
from largesse.engine.formats.structured.attribute_checks import check_node
from largesse.engine.formats.structured.blocks import (
    CheckAchievementBlock,
    CheckAttributeBlock,
    CheckAudienceBlock,
    CheckBudgetBlock,
    CheckCouponBlock,
    CheckEventBlock,
    CheckLoyaltyBalanceBlock,
    CheckReferralBlock,
    ConditionBlock,
    GroupOperator,
    PassthroughBlock,
    PromotionBlock,
    PromotionCheckAttributeBlock,
    PromotionGroupBlock,
    SelectorBlock,
    SelectorGroupBlock,
)
from largesse.engine.formats.structured.notes import HOLDING, Notes, call, literal
from largesse.engine.formats.structured.passthrough import passed_through
from largesse.engine.formats.structured.values import number_node
from largesse.engine.functions.failures import DEFAULT
from largesse.language import Mistake, Node

EffectWriter: TypeAlias = Callable[[PromotionBlock, Notes, str], Node]

AUDIENCE_CHECKS = {
    "member": "audienceMember",
    "not(member)": "audienceMember",
    "justJoined": "audienceJustJoined",
    "justLeft": "audienceJustLeft",
}
"""What the operators of checkAudience ask; the second one is negated."""

COMPARISONS = {
    "equals": "=",
    "not(equals)": "!=",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}
"""What the operators of checkLoyaltyBalance are."""

REPORTS_ERRORS = "reportsErrors"
"""The label of a block whose errors are told. Without it an effect that cannot be computed is left out in silence, and
a condition that cannot be computed counts as false where others stand beside it."""


def reports_errors(block: PromotionBlock | SelectorBlock) -> bool:
    """Whether a block has the label."""
    return not isinstance(block, PassthroughBlock) and block.tags is not UNSET and REPORTS_ERRORS in block.tags


def named_first(handlers: Mapping[str, tuple[PromotionBlock, ...]]) -> list[tuple[str, tuple[PromotionBlock, ...]]]:
    """Handlers of errors, in the order in which they are asked: the one for all others last."""
    return sorted(handlers.items(), key=lambda each: each[0] == DEFAULT)


def condition_node(block: ConditionBlock | PassthroughBlock, notes: Notes, pointer: str, effect: EffectWriter) -> Node:
    """A condition of a promotion rule; `effect` writes the blocks that are given where it fails."""
    if isinstance(block, PassthroughBlock):
        return passed_through(block, notes, pointer)
    node = _plain_condition(block, notes, pointer, effect)
    if isinstance(block, PromotionGroupBlock) and block.on_error is not UNSET:
        for name, blocks in named_first(block.on_error):
            handlers = _effects(blocks, notes, f"{pointer}/onError/{escape(name)}", effect)
            handled = call("onError", literal(False), node, literal(name, f"{pointer}/onError"), *handlers, at=pointer)
            node = call("=", literal(True), handled, at=pointer)
    if block.on_failure is UNSET or not block.on_failure:
        return node
    return call("onFailure", node, *_effects(block.on_failure, notes, f"{pointer}/onFailure", effect), at=pointer)


def selector_node(block: SelectorBlock, notes: Notes, pointer: str) -> Node:
    """A predicate of a selector."""
    match block:
        case PassthroughBlock():
            return passed_through(block, notes, pointer)
        case CheckAttributeBlock():
            return check_node(block, notes, pointer)
        case SelectorGroupBlock(operator=operator, blocks=blocks):
            children = [selector_node(each, notes, f"{pointer}/blocks/{index}") for index, each in enumerate(blocks)]
            return group_node(operator, children, pointer, strict=reports_errors(block))
        case _:
            assert_never(block)


def group_node(operator: GroupOperator, children: Sequence[Node], pointer: str, *, strict: bool) -> Node:
    """A group; unless it is strict, what cannot be computed counts as false where another condition may decide."""
    match operator:
        case "all":
            return call("and", *children, at=pointer)
        case "atLeastOne":
            return call("or", *(children if strict else map(_lenient, children)), at=pointer)
        case "none":
            return call("not", call("or", *(children if strict else map(_lenient, children))), at=pointer)
        case _:
            assert_never(operator)


def _lenient(node: Node) -> Node:
    return call("catch", literal(False), node)


def _plain_condition(block: ConditionBlock, notes: Notes, pointer: str, effect: EffectWriter) -> Node:
    match block:
        case PromotionGroupBlock(operator=operator, blocks=blocks):
            children = condition_nodes(blocks, notes, f"{pointer}/blocks", effect)
            return group_node(operator, children, pointer, strict=reports_errors(block) or bool(block.on_error))
        case PromotionCheckAttributeBlock():
            return check_node(block, notes, pointer)
        case CheckCouponBlock(redeem=redeem):
            return call("couponValid" if redeem else "couponValidNoRedeem", at=pointer)
        case CheckReferralBlock(redeem=redeem):
            return call("referralValid" if redeem else "referralValidNoRedeem", at=pointer)
        case CheckEventBlock(event_type=event_type, matchers=matchers):
            named = call("eventIs", literal(event_type), at=pointer)
            if matchers is UNSET or not matchers:
                return named
            return call("and", named, *condition_nodes(matchers, notes, f"{pointer}/matchers", effect), at=pointer)
        case CheckBudgetBlock():
            return _budget_node(block, notes, pointer)
        case CheckAudienceBlock():
            return _audience_node(block, pointer)
        case CheckLoyaltyBalanceBlock():
            return _balance_node(block, pointer)
        case CheckAchievementBlock(operator=operator, achievement=achievement):
            aim = number_node(achievement.id, notes, f"{pointer}/achievement/id")
            return call("checkAchievement", aim, literal(operator, f"{pointer}/operator"), at=pointer)
        case _:
            assert_never(block)
    return HOLDING


def condition_nodes(blocks: Sequence[PromotionBlock], notes: Notes, pointer: str, effect: EffectWriter) -> list[Node]:
    """Conditions that stand together; an effect among them is a mistake."""
    nodes: list[Node] = []
    for index, block in enumerate(blocks):
        if isinstance(block, ConditionBlock | PassthroughBlock):
            nodes.append(condition_node(block, notes, f"{pointer}/{index}", effect))
        else:
            notes.mistake("an effect cannot stand among conditions", f"{pointer}/{index}/type", Mistake.BAD_JSON)
    return nodes


def _budget_node(block: CheckBudgetBlock, notes: Notes, pointer: str) -> Node:
    action = literal(block.action, f"{pointer}/action")
    if block.operator == "available":
        return call("budgetAvailable", action, at=pointer)
    if isinstance(block.value, UnsetType):
        notes.mistake("the operator enoughFor needs `value`", pointer, Mistake.BAD_JSON)
        return HOLDING
    return call("budgetEnoughFor", action, number_node(block.value, notes, f"{pointer}/value"), at=pointer)


def _audience_node(block: CheckAudienceBlock, pointer: str) -> Node:
    name = AUDIENCE_CHECKS[block.operator]
    who, audience = literal(block.profile, f"{pointer}/profile"), literal(Decimal(block.audience.id))
    node = call(name, who, audience, at=pointer)
    return call("not", node, at=pointer) if block.operator == "not(member)" else node


def _balance_node(block: CheckLoyaltyBalanceBlock, pointer: str) -> Node:
    ledger = (literal(Decimal(block.program.id)), literal(block.subledger), literal(block.balance))
    balance = call("subledgerBalance", *ledger, at=pointer)
    return call(COMPARISONS[block.operator], balance, literal(block.value, f"{pointer}/value"), at=pointer)


def _effects(blocks: Sequence[PromotionBlock], notes: Notes, pointer: str, effect: EffectWriter) -> list[Node]:
    return [effect(each, notes, f"{pointer}/{index}") for index, each in enumerate(blocks)]
