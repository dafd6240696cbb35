"""What shops send about a session, and what they get back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field
from msgspec.structs import asdict

from largesse.api.integration_ids import too_long
from largesse.api.models.campaign import Campaign
from largesse.api.models.cart import AdditionalCost, CartItem, read_costs, read_item, unpriced
from largesse.api.models.coupon import Coupon, show_coupon
from largesse.api.models.customers.profile import CustomerProfile
from largesse.api.models.effect import Effect
from largesse.api.models.event import Event, EventV3
from largesse.api.models.loyalty import Loyalty
from largesse.api.models.referral import InventoryReferral, Referral
from largesse.api.models.rewards.achievement import CustomerAchievement
from largesse.api.models.rewards.giveaway import Giveaway
from largesse.api.models.rule_failure import RuleFailureReason
from largesse.api.models.running.eligibility import CampaignEligibility
from largesse.api.models.session import (
    CouponCode,
    CustomerSession,
    ExperimentVariantAllocation,
    Identifiers,
    LoyaltyCards,
    ReferralCode,
    StoreId,
)
from largesse.api.models.session_return import Return
from largesse.engine.attributes import JSON
from largesse.engine.codes import coupons
from largesse.engine.refusals import TOO_LONG, Refusal
from largesse.engine.shopping import sessions
from largesse.engine.shopping.returns import ItemToReturn
from largesse.engine.shopping.sessions import SessionState, SessionUpdate
from largesse.plumbing.http.codec import Omittable, given

Content = Literal[
    "customerSession",
    "customerProfile",
    "coupons",
    "triggeredCampaigns",
    "referral",
    "loyalty",
    "event",
    "awardedGiveaways",
    "ruleFailureReasons",
    "previousReturns",
    "campaignEligibility",
    "achievements",
]


ReturnContent = Literal[
    "customerSession",
    "customerProfile",
    "coupons",
    "triggeredCampaigns",
    "referral",
    "loyalty",
    "event",
    "previousReturns",
]


class SessionPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one session, by the shop's own id."""

    customer_session_id: str


class UpdateQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether to try out only, and as of when."""

    dry: bool = False
    now: datetime | None = None


class NewCustomerSession(Struct, frozen=True, kw_only=True, rename="camel"):
    """What a shop says about a session; what it leaves out stays as it was [IA NewCustomerSessionV2]."""

    profile_id: Omittable[str] = UNSET
    store_integration_id: Omittable[StoreId] = UNSET
    evaluable_campaign_ids: Omittable[list[int]] = UNSET
    coupon_codes: Omittable[list[CouponCode]] = UNSET
    referral_code: Omittable[ReferralCode] = UNSET
    loyalty_cards: Omittable[LoyaltyCards] = UNSET
    # Not a default that is applied: a session that is there keeps its state.
    state: Omittable[Annotated[SessionState, Meta(extra_json_schema={"default": "open"})]] = UNSET
    cart_items: Omittable[list[CartItem]] = UNSET
    experiment_variant_allocations: Omittable[list[ExperimentVariantAllocation]] = UNSET
    additional_costs: Omittable[dict[str, AdditionalCost]] = UNSET
    identifiers: Omittable[Identifiers] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET


class IntegrationRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """A session's update, and what to answer with beside the effects [IA IntegrationRequest]."""

    customer_session: NewCustomerSession
    response_content: Omittable[list[Content]] = UNSET


class IntegrationCoupon(Coupon, frozen=True, kw_only=True, rename="camel"):
    """A coupon of the session and how often its profile has redeemed it [IA IntegrationCoupon]."""

    profile_redemption_count: int


class IntegrationState(Struct, frozen=True, kw_only=True, rename="camel"):
    """The effects of an update, and whatever else was asked for [IA IntegrationStateV2]."""

    customer_profile: CustomerProfile | UnsetType = UNSET
    loyalty: Loyalty | UnsetType = UNSET
    triggered_campaigns: list[Campaign] | UnsetType = UNSET
    campaign_eligibility: list[CampaignEligibility] | UnsetType = UNSET
    effects: list[Effect]
    rule_failure_reasons: list[RuleFailureReason] | UnsetType = UNSET
    created_coupons: list[Coupon]
    created_referrals: list[Referral]
    awarded_giveaways: list[Giveaway] | UnsetType = UNSET
    achievements: list[CustomerAchievement] | UnsetType = UNSET
    referral: InventoryReferral | UnsetType = UNSET
    coupons: list[IntegrationCoupon] | UnsetType = UNSET
    event: Event | UnsetType = UNSET
    advanced_event: EventV3 | UnsetType = UNSET
    customer_session: CustomerSession | UnsetType = UNSET
    returned: Return | UnsetType = field(default=UNSET, name="return")
    previous_returns: list[Return] | UnsetType = UNSET


class CustomerSessionReply(Struct, frozen=True, kw_only=True, rename="camel"):
    """A session and its effects that still hold [IA IntegrationCustomerSessionResponse]."""

    customer_session: CustomerSession | UnsetType = UNSET
    effects: list[Effect] | UnsetType = UNSET


class ReturnQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether to try out only, and whether campaigns that want it are evaluated again for what is left."""

    dry: bool = False
    run_rule_engine: bool = False


class SentReturnedItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which item comes back, by position or SKU, and how many of it: all that is left unless said otherwise [IA
    ReturnedCartItem]."""

    position: Omittable[int] = UNSET
    quantity: Omittable[int] = UNSET
    sku: Omittable[Annotated[str, Meta(min_length=1)]] = UNSET


class NewReturn(Struct, frozen=True, kw_only=True, rename="camel"):
    """What comes back [IA NewReturn]."""

    returned_cart_items: list[SentReturnedItem]


class ReturnRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """A return, and what to answer with beside the effects [IA ReturnIntegrationRequest]."""

    returned: NewReturn = field(name="return")
    response_content: Omittable[list[ReturnContent]] = UNSET


class ReopenReply(Struct, frozen=True, kw_only=True, rename="camel"):
    """The effects that reopening takes back [IA ReopenSessionResponse]."""

    effects: list[Effect]


def read_return(sent: NewReturn) -> tuple[ItemToReturn, ...]:
    """What comes back as the engine wants it."""
    return tuple(
        ItemToReturn(given(item.position), given(item.sku), given(item.quantity)) for item in sent.returned_cart_items
    )


def read_update(sent: NewCustomerSession) -> SessionUpdate:
    """An update as the engine wants it."""
    items = given(sent.cart_items)
    costs = given(sent.additional_costs)
    allocations = given(sent.experiment_variant_allocations)
    return SessionUpdate(
        state=given(sent.state),
        profile_id=given(sent.profile_id),
        store_integration_id=given(sent.store_integration_id),
        cart_items=None if items is None else tuple(read_item(item) for item in items),
        unpriced=unpriced(items or ()),
        coupon_codes=_tuple(given(sent.coupon_codes)),
        referral_code=given(sent.referral_code),
        loyalty_cards=_tuple(given(sent.loyalty_cards)),
        additional_costs=None if costs is None else read_costs(costs),
        identifiers=_tuple(given(sent.identifiers)),
        attributes=given(sent.attributes),
        experiment_variant_allocations=None
        if allocations is None
        else tuple(_allocation(each) for each in allocations),
    )


def refusals_of(sent: NewCustomerSession) -> list[Refusal]:
    """What is wrong with an update before the engine has looked at it."""
    if details := too_long(given(sent.profile_id) or ""):
        return [Refusal(TOO_LONG, details, "/profileId")]
    return []


def show_session_coupon(coupon: coupons.Coupon) -> IntegrationCoupon:
    """A coupon of the session as callers see it."""
    return IntegrationCoupon(**asdict(show_coupon(coupon)), profile_redemption_count=coupon.profile_redemptions)


def _tuple(values: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _allocation(sent: ExperimentVariantAllocation) -> sessions.ExperimentVariantAllocation:
    return sessions.ExperimentVariantAllocation(sent.experiment_id, sent.variant_id)
