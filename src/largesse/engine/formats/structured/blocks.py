"""The shapes of blocks, field for field as published: conditions first, then effects. [MA PromotionBlock]

They hold each other, so they stand in one file. What they mean is said where they are compiled.
"""

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.references import (
    AchievementReference,
    AttributeReference,
    AudienceReference,
    CustomEffectReference,
    NamedReference,
    TitledReference,
    TriggerTarget,
    UpdateTarget,
)
from largesse.engine.formats.structured.targets import AwardDiscountTarget

NumberOrFormula: TypeAlias = Annotated[
    JSON, Meta(extra_json_schema={"oneOf": [{"type": "number"}, {"type": "string"}]})
]

Operator = Literal[
    "equals",
    "not(equals)",
    "lessThan",
    "lessThanOrEqual",
    "greaterThan",
    "greaterThanOrEqual",
    "between",
    "contains",
    "not(contains)",
    "matchesRegexp",
    "startsWith",
    "endsWith",
    "oneOf",
    "not(oneOf)",
    "inCollection",
    "not(inCollection)",
    "empty",
    "not(empty)",
    "exists",
    "not(exists)",
    "isTrue",
    "isFalse",
    "containsAtLeast",
    "containsExactly",
    "containsOneOf",
    "containsNoneOf",
    "containsAllOf",
    "after",
    "before",
    "within",
    "not(within)",
]
GroupOperator = Literal["all", "atLeastOne", "none"]
LimitableAction = Literal[
    "redeemCoupon",
    "redeemReferral",
    "setDiscount",
    "createCoupon",
    "createReferral",
    "setDiscountEffect",
    "createLoyaltyPoints",
    "createLoyaltyPointsEffect",
    "redeemLoyaltyPoints",
    "redeemLoyaltyPointsEffect",
    "awardGiveaway",
    "addFreeItemEffect",
    "customEffect",
    "callApi",
]
Who = Literal["Current", "Advocate"]


class PassthroughBlock(
    Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", tag="passthrough", omit_defaults=True
):
    """An expression as it is; one that is no call stands alone in its array."""

    id: str
    expression: tuple[JSON, ...]


class Block(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What blocks share: an id, a `type` and labels."""

    id: str
    tags: tuple[str, ...] | UnsetType = UNSET


class Comparison(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """An attribute compared by an operator, which decides which of the other fields it needs."""

    id: str
    tags: tuple[str, ...] | UnsetType = UNSET
    operator: Operator
    attribute: JSON
    value: JSON | UnsetType = UNSET
    min: JSON | UnsetType = UNSET
    max: JSON | UnsetType = UNSET
    start: JSON | UnsetType = UNSET
    end: JSON | UnsetType = UNSET
    start_inclusive: bool | UnsetType = UNSET
    end_inclusive: bool | UnsetType = UNSET
    timezone_insensitive: bool | UnsetType = UNSET
    values: JSON | UnsetType = UNSET
    count: JSON | UnsetType = UNSET


class CheckAttributeBlock(Comparison, frozen=True, kw_only=True, tag="checkAttribute"):
    """A comparison inside a selector."""


class SelectorGroupBlock(Block, frozen=True, kw_only=True, tag="group"):
    """Several conditions inside a selector: all, at least one, or none of them hold."""

    operator: GroupOperator
    blocks: tuple["SelectorBlock", ...]


SelectorBlock: TypeAlias = CheckAttributeBlock | SelectorGroupBlock | PassthroughBlock


class PromotionCheckAttributeBlock(Comparison, frozen=True, kw_only=True, tag="checkAttribute"):
    """A comparison; `on_failure` is given where it does not hold."""

    on_failure: tuple["PromotionBlock", ...] | UnsetType = UNSET


class PromotionGroupBlock(Block, frozen=True, kw_only=True, tag="group"):
    """Several conditions: all, at least one, or none of them hold."""

    operator: GroupOperator
    blocks: tuple["PromotionBlock", ...]
    on_failure: tuple["PromotionBlock", ...] | UnsetType = UNSET
    on_error: dict[str, tuple["PromotionBlock", ...]] | UnsetType = UNSET


class Check(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What conditions share: what is given where they do not hold."""

    id: str
    tags: tuple[str, ...] | UnsetType = UNSET
    on_failure: tuple["PromotionBlock", ...] | UnsetType = UNSET


class CheckAudienceBlock(Check, frozen=True, kw_only=True, tag="checkAudience"):
    """Whether somebody is in an audience, or has just joined or left it."""

    operator: Literal["member", "not(member)", "justJoined", "justLeft"]
    profile: Who
    audience: AudienceReference


class CheckLoyaltyBalanceBlock(Check, frozen=True, kw_only=True, tag="checkLoyaltyBalance"):
    """A balance of points compared with a number; the main ledger is called ""."""

    operator: Literal["equals", "not(equals)", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"]
    program: CustomEffectReference
    subledger: str
    balance: Literal["current", "pending", "negative", "tentativeCurrent"]
    value: Decimal


class CheckCouponBlock(Check, frozen=True, kw_only=True, tag="checkCoupon"):
    """Whether a code of the session is valid in this campaign; redeem: and is used up by this rule."""

    redeem: bool


class CheckReferralBlock(Check, frozen=True, kw_only=True, tag="checkReferral"):
    """Whether the referral code of the session is valid in this campaign."""

    redeem: bool


class CheckEventBlock(Check, frozen=True, kw_only=True, tag="checkEvent"):
    """Whether this type of event is evaluated, and conditions on it hold."""

    event_type: str
    matchers: tuple["PromotionBlock", ...] | UnsetType = UNSET


class CheckAchievementBlock(Check, frozen=True, kw_only=True, tag="checkAchievement"):
    """How far the customer is with an achievement."""

    operator: Literal[
        "justCompleted", "started", "not(started)", "inProgress", "not(inProgress)", "completed", "not(completed)"
    ]
    achievement: AchievementReference


class CheckBudgetBlock(Check, frozen=True, kw_only=True, tag="checkBudget"):
    """Whether anything, or so much, is left of the budgets for an action."""

    operator: Literal["available", "enoughFor"]
    action: LimitableAction
    value: Decimal | UnsetType = UNSET


class AwardDiscountBlock(Block, frozen=True, kw_only=True, tag="awardDiscount"):
    """A discount under a name."""

    name: str
    value: NumberOrFormula
    partial: bool
    target: AwardDiscountTarget


class Handled(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What effects share that may be given something else in their place."""

    id: str
    tags: tuple[str, ...] | UnsetType = UNSET
    on_failure: tuple["PromotionBlock", ...] | UnsetType = UNSET
    on_error: dict[str, tuple["PromotionBlock", ...]] | UnsetType = UNSET


class AwardItemBlock(Handled, frozen=True, kw_only=True, tag="awardItem"):
    """Free items; the quantity is a number or a formula as text."""

    sku: str
    name: str
    quantity: str
    partial: bool | UnsetType = UNSET


class AwardGiveawayBlock(Handled, frozen=True, kw_only=True, tag="awardGiveaway"):
    """A giveaway out of a pool."""

    giveaway_pool: NamedReference
    profile: Who


class ShowNotificationBlock(Handled, frozen=True, kw_only=True, tag="showNotification"):
    """A message for the customer."""

    notification_type: str
    title: str
    body: str | UnsetType = UNSET


class CodeTerms(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What created codes share."""

    id: str
    tags: tuple[str, ...] | UnsetType = UNSET
    campaign_id: NumberOrFormula
    store_in_session: bool
    usage_limit: NumberOrFormula | UnsetType = UNSET
    start_date: JSON | UnsetType = UNSET
    expiry_date: JSON | UnsetType = UNSET
    attributes: JSON | UnsetType = UNSET
    valid_characters: str | UnsetType = UNSET
    pattern: str | UnsetType = UNSET


class CreateCouponBlock(CodeTerms, frozen=True, kw_only=True, tag="createCoupon"):
    """A new coupon for somebody."""

    recipient_id: str
    discount_limit: NumberOrFormula | UnsetType = UNSET


class CreateReferralBlock(CodeTerms, frozen=True, kw_only=True, tag="createReferral"):
    """A new referral code for the customer to give to a friend."""

    friend_id: str


class ReserveCouponBlock(Block, frozen=True, kw_only=True, tag="reserveCoupon"):
    """The coupon of the session is reserved for the customer."""


class UpdateAudienceMembershipBlock(Block, frozen=True, kw_only=True, tag="updateAudienceMembership"):
    """Somebody joins an audience or leaves it."""

    operator: Literal["add", "remove"]
    profile: Who
    audience: AudienceReference


class UpdateAchievementProgressBlock(Block, frozen=True, kw_only=True, tag="updateAchievementProgress"):
    """The customer gets further with an achievement."""

    operator: Literal["increaseBy"]
    value: str
    achievement: AchievementReference


class UpdateAttributeValueBlock(Block, frozen=True, kw_only=True, tag="updateAttributeValue"):
    """An attribute gets a new value."""

    operator: Literal["setTo", "increaseBy", "decreaseBy", "multiplyBy", "divideBy", "toggle", "laterBy", "earlierBy"]
    attribute: AttributeReference
    value: JSON | UnsetType = UNSET
    target: UpdateTarget


class Triggered(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What triggers share: parameters by the names made of their titles."""

    id: str
    tags: tuple[str, ...] | UnsetType = UNSET
    params: dict[str, JSON] | UnsetType = UNSET
    on_error: dict[str, tuple["PromotionBlock", ...]] | UnsetType = UNSET


class TriggerWebhookBlock(Triggered, frozen=True, kw_only=True, tag="triggerWebhook"):
    """A webhook is called."""

    webhook: TitledReference


class TriggerCustomEffectBlock(Triggered, frozen=True, kw_only=True, tag="triggerCustomEffect"):
    """The shop does something of its own."""

    custom_effect: CustomEffectReference
    target: TriggerTarget


ConditionBlock: TypeAlias = (
    PromotionGroupBlock
    | PromotionCheckAttributeBlock
    | CheckAudienceBlock
    | CheckLoyaltyBalanceBlock
    | CheckCouponBlock
    | CheckReferralBlock
    | CheckEventBlock
    | CheckAchievementBlock
    | CheckBudgetBlock
)
EffectBlock: TypeAlias = (
    AwardDiscountBlock
    | AwardItemBlock
    | AwardGiveawayBlock
    | ShowNotificationBlock
    | CreateCouponBlock
    | CreateReferralBlock
    | ReserveCouponBlock
    | UpdateAudienceMembershipBlock
    | UpdateAchievementProgressBlock
    | UpdateAttributeValueBlock
    | TriggerWebhookBlock
    | TriggerCustomEffectBlock
)
PromotionBlock: TypeAlias = ConditionBlock | EffectBlock | PassthroughBlock


class StrikethroughCheckAttributeBlock(Comparison, frozen=True, kw_only=True, tag="checkAttribute"):
    """A comparison in a strikethrough rule."""

    on_failure: tuple["StrikethroughBlock", ...] | UnsetType = UNSET


class StrikethroughGroupBlock(Block, frozen=True, kw_only=True, tag="group"):
    """Several conditions in a strikethrough rule."""

    operator: GroupOperator
    blocks: tuple["StrikethroughBlock", ...]
    on_failure: tuple["StrikethroughBlock", ...] | UnsetType = UNSET
    on_error: dict[str, tuple["StrikethroughBlock", ...]] | UnsetType = UNSET


StrikethroughBlock: TypeAlias = (
    StrikethroughGroupBlock | AwardDiscountBlock | PassthroughBlock | StrikethroughCheckAttributeBlock
)
