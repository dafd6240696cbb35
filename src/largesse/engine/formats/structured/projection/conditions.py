"""Conditions as blocks."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import UNSET, UnsetType, structs

from largesse.engine.definitions import Definitions
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
from largesse.engine.formats.structured.conditions import COMPARISONS, REPORTS_ERRORS, condition_node, selector_node
from largesse.engine.formats.structured.effects import effect_node
from largesse.engine.formats.structured.notes import Notes
from largesse.engine.formats.structured.projection.attribute_checks import check_fields
from largesse.engine.formats.structured.projection.values import (
    NoBlockError,
    achievement_reference,
    audience_reference,
    number_json,
    program_reference,
    string_of,
    whole_of,
)
from largesse.engine.functions.failures import DEFAULT
from largesse.language import Call, Literal, Node, to_json

# The balances that a block can ask for.
BALANCES = frozenset({"current", "pending", "negative", "tentativeCurrent"})

EffectReader: TypeAlias = Callable[[Node, str], PromotionBlock]


def passthrough_block(node: Node, name: str) -> PassthroughBlock:
    """An expression as it is; one that is no call stands alone in its array."""
    json = to_json(node)
    is_call = isinstance(json, list) and isinstance(node, Call)
    return PassthroughBlock(id=name, expression=tuple(json) if is_call and isinstance(json, list) else (json,))


def condition_block(
    node: Node, name: str, effect: EffectReader, definitions: Definitions
) -> ConditionBlock | PassthroughBlock:
    """A condition of a promotion rule; `name` is the id the block gets, `effect` reads what is given where it fails.

    A block of other blocks is what its expression is because they are, so that only the innermost are compared.
    """
    try:
        return _leaf(node, name, definitions)
    except NoBlockError:
        pass
    try:
        return _composed(node, name, effect, definitions)
    except NoBlockError:
        return passthrough_block(node, name)


def selector_block(node: Node, name: str, *, strict: bool = False) -> SelectorBlock:
    """A predicate of a selector; strict: errors in it are told."""
    if not strict:
        return _selector_block(node, name)
    block = _selector_block(node, name)
    if isinstance(block, PassthroughBlock) or not isinstance(block.tags, UnsetType):
        raise NoBlockError
    block = structs.replace(block, tags=(REPORTS_ERRORS,))
    notes = Notes()
    if selector_node(block, notes, "") != node or notes.found:
        raise NoBlockError
    return block


def _selector_block(node: Node, name: str) -> SelectorBlock:
    try:
        block = CheckAttributeBlock(id=name, **check_fields(node))
        notes = Notes()
        if selector_node(block, notes, "") == node and not notes.found:
            return block
    except NoBlockError:
        pass
    try:
        operator, tags, children = _group(node)
    except NoBlockError:
        return passthrough_block(node, name)
    blocks = tuple(_selector_block(each, f"{name}/blocks/{index}") for index, each in enumerate(children))
    return SelectorGroupBlock(id=name, tags=tags, operator=operator, blocks=blocks)


def _leaf(node: Node, name: str, definitions: Definitions) -> ConditionBlock:
    """A condition that holds no others, compared with what it is compiled to."""
    block: ConditionBlock
    match node:
        case Call("couponValid" | "couponValidNoRedeem", ()):
            block = CheckCouponBlock(id=name, redeem=node.name == "couponValid")
        case Call("referralValid" | "referralValidNoRedeem", ()):
            block = CheckReferralBlock(id=name, redeem=node.name == "referralValid")
        case Call("budgetAvailable" | "budgetEnoughFor"):
            block = _budget(node, name)
        case Call("checkAchievement", (aim, operator)):
            reference = achievement_reference(whole_of(aim), definitions)
            block = CheckAchievementBlock(id=name, operator=string_of(operator), achievement=reference)  # type: ignore[arg-type]  # found by compiling
        case Call("eventIs", (event_type,)):
            block = CheckEventBlock(id=name, event_type=string_of(event_type))
        case Call("audienceMember" | "audienceJustJoined" | "audienceJustLeft", (who, audience)):
            block = _audience(node.name, who, audience, name, definitions)
        case Call("not", (Call("audienceMember", (who, audience)),)):
            block = _audience("not", who, audience, name, definitions)
        case Call(comparison, (Call("subledgerBalance", (program, subledger, kind)), Literal(Decimal() as value))):
            block = _balance(comparison, program, string_of(subledger), string_of(kind), value, name, definitions)
        case _:
            block = PromotionCheckAttributeBlock(id=name, **check_fields(node))
    notes = Notes()
    if condition_node(block, notes, "", effect_node) != node or notes.found:
        raise NoBlockError
    return block


def _composed(node: Node, name: str, effect: EffectReader, definitions: Definitions) -> ConditionBlock:
    match node:
        case Call("onFailure", (condition, *instead)) if instead:
            block = condition_block(condition, name, effect, definitions)
            if isinstance(block, PassthroughBlock) or not isinstance(block.on_failure, UnsetType):
                raise NoBlockError
            return structs.replace(block, on_failure=_effects(instead, f"{name}/onFailure", effect))
        case Call("=", (Literal(True), Call("onError", (Literal(False), inner, error, *instead)))):
            group = condition_block(inner, name, effect, definitions)
            if not isinstance(group, PromotionGroupBlock) or not isinstance(group.on_failure, UnsetType):
                raise NoBlockError
            known = {} if isinstance(group.on_error, UnsetType) else group.on_error
            if string_of(error) in known or DEFAULT in known:
                raise NoBlockError
            # With a handler of errors a group tells them; one that hides them cannot be written with it.
            if group.operator != "all" and group.blocks and isinstance(group.tags, UnsetType) and not known:
                raise NoBlockError
            handlers = _effects(instead, f"{name}/onError/{string_of(error)}", effect)
            return structs.replace(group, on_error={**known, string_of(error): handlers})
        case Call("and", (Call("eventIs", (event_type,)), *matchers)) if matchers:
            blocks = _conditions(matchers, f"{name}/matchers", effect, definitions)
            return CheckEventBlock(id=name, event_type=string_of(event_type), matchers=blocks)
        case _:
            operator, tags, children = _group(node)
            blocks = _conditions(children, f"{name}/blocks", effect, definitions)
            return PromotionGroupBlock(id=name, tags=tags, operator=operator, blocks=blocks)


def _group(node: Node) -> tuple[GroupOperator, tuple[str, ...] | UnsetType, tuple[Node, ...]]:
    """The operator of a group, its labels and its members."""
    match node:
        case Call("and", children):
            return "all", UNSET, children
        case Call("or", children):
            return "atLeastOne", *_lenient(children)
        case Call("not", (Call("or", children),)):
            return "none", *_lenient(children)
        case _:
            raise NoBlockError


def _lenient(children: tuple[Node, ...]) -> tuple[tuple[str, ...] | UnsetType, tuple[Node, ...]]:
    """Members without their `catch`, or, where one has none, as they are, and the label that says so."""
    inner: list[Node] = []
    for child in children:
        match child:
            case Call("catch", (Literal(False), attempt)):
                inner.append(attempt)
            case _:
                return (REPORTS_ERRORS,), children
    return UNSET, tuple(inner)


def _budget(node: Call, name: str) -> CheckBudgetBlock:
    match node.arguments:
        case (Literal(str() as action),):
            fields: dict[str, object] = {"operator": "available", "action": action}
        case (Literal(str() as action), Literal() as value):
            fields = {"operator": "enoughFor", "action": action, "value": number_json(value)}
        case _:
            raise NoBlockError
    return CheckBudgetBlock(id=name, **fields)  # type: ignore[arg-type]  # an action without a block is found by compiling


def _balance(
    comparison: str, program: Node, subledger: str, kind: str, value: Decimal, name: str, definitions: Definitions
) -> CheckLoyaltyBalanceBlock:
    operator = next((each for each, sign in COMPARISONS.items() if sign == comparison), None)
    if operator is None or kind not in BALANCES:
        raise NoBlockError
    reference = program_reference(whole_of(program), definitions)
    return CheckLoyaltyBalanceBlock(
        id=name,
        operator=operator,  # type: ignore[arg-type]  # the keys of COMPARISONS are its operators
        program=reference,
        subledger=subledger,
        balance=kind,  # type: ignore[arg-type]  # one of BALANCES
        value=value,
    )


def _audience(call: str, who: Node, audience: Node, name: str, definitions: Definitions) -> CheckAudienceBlock:
    operators = {"audienceMember": "member", "audienceJustJoined": "justJoined", "audienceJustLeft": "justLeft"}
    reference = audience_reference(whole_of(audience), definitions)
    operator = operators.get(call, "not(member)")
    return CheckAudienceBlock(id=name, operator=operator, profile=string_of(who), audience=reference)  # type: ignore[arg-type]  # found by compiling


def _conditions(
    nodes: Sequence[Node], name: str, effect: EffectReader, definitions: Definitions
) -> tuple[PromotionBlock, ...]:
    return tuple(condition_block(each, f"{name}/{index}", effect, definitions) for index, each in enumerate(nodes))


def _effects(nodes: Sequence[Node], name: str, effect: EffectReader) -> tuple[PromotionBlock, ...]:
    return tuple(effect(each, f"{name}/{index}") for index, each in enumerate(nodes))
