"""The campaign as callers see it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.limit import LimitConfig, LimitValue, show_limits
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import CampaignState, CampaignType, FrontendState, frontend_state
from largesse.engine.money import ZERO
from largesse.storage.campaigns import StoredCampaign

T = TypeVar("T")

Feature = Literal["coupons", "referrals", "loyalty", "giveaways", "strikethrough", "achievements", "advancedEvents"]
RevisionState = Literal["revised", "pending"]

CampaignName = Annotated[str, Meta(min_length=1)]
# The contract's ceilings on tags [MA BaseCampaign].
Tag = Annotated[str, Meta(min_length=1, max_length=50)]
Tags = Annotated[list[Tag], Meta(max_length=50)]


class CampaignBudget(Struct, frozen=True, kw_only=True, rename="camel"):
    """One overall limit of a campaign and how much of it is used [MA CampaignBudget]."""

    action: str
    limit: LimitValue
    counter: LimitValue


class Campaign(Struct, frozen=True, kw_only=True, rename="camel"):
    """One campaign with its settings, its budgets and what became of them [MA Campaign].

    The single counters are deprecated and say what `budgets` says. What belongs to revisions, templates, experiments
    and value maps stays absent.
    """

    id: int
    created: datetime
    application_id: int
    user_id: int
    name: CampaignName
    description: str
    start_time: datetime | UnsetType = UNSET
    end_time: datetime | UnsetType = UNSET
    attributes: dict[str, JSON] | UnsetType = UNSET
    state: CampaignState
    active_ruleset_id: int | UnsetType = UNSET
    tags: Tags
    reevaluate_on_return: bool
    features: list[Feature]
    coupon_settings: CodeGeneratorSettings | UnsetType = UNSET
    referral_settings: CodeGeneratorSettings | UnsetType = UNSET
    limits: list[LimitConfig]
    campaign_groups: list[int] | UnsetType = UNSET
    type: CampaignType
    linked_store_ids: list[int] | UnsetType = UNSET
    coupon_attributes: dict[str, JSON] | UnsetType = UNSET
    budgets: list[CampaignBudget] | UnsetType = UNSET
    coupon_redemption_count: int | UnsetType = UNSET
    referral_redemption_count: int | UnsetType = UNSET
    discount_count: Decimal | UnsetType = UNSET
    discount_effect_count: int | UnsetType = UNSET
    coupon_creation_count: int | UnsetType = UNSET
    custom_effect_count: int | UnsetType = UNSET
    referral_creation_count: int | UnsetType = UNSET
    add_free_item_effect_count: int | UnsetType = UNSET
    awarded_giveaways_count: int | UnsetType = UNSET
    created_loyalty_points_count: Decimal | UnsetType = UNSET
    created_loyalty_points_effect_count: int | UnsetType = UNSET
    redeemed_loyalty_points_count: Decimal | UnsetType = UNSET
    redeemed_loyalty_points_effect_count: int | UnsetType = UNSET
    call_api_effect_count: int | UnsetType = UNSET
    reservecoupon_effect_count: int | UnsetType = UNSET
    last_activity: datetime | UnsetType = UNSET
    updated: datetime | UnsetType = UNSET
    created_by: str | UnsetType = UNSET
    updated_by: str | UnsetType = UNSET
    template_id: int | UnsetType = UNSET
    frontend_state: FrontendState
    stores_imported: bool
    value_maps_ids: list[int] | UnsetType = UNSET
    experiment_id: int | UnsetType = UNSET
    revision_frontend_state: RevisionState | UnsetType = UNSET
    active_revision_id: int | UnsetType = UNSET
    active_revision_version_id: int | UnsetType = UNSET
    version: int | UnsetType = UNSET
    current_revision_id: int | UnsetType = UNSET
    current_revision_version_id: int | UnsetType = UNSET
    stage_revision: bool = False


def show_campaign(campaign: StoredCampaign, now: datetime) -> Campaign:
    """A stored campaign as callers see it at this moment."""
    settings = campaign.settings
    shown = Campaign(
        id=campaign.id,
        created=campaign.created,
        application_id=campaign.application_id,
        user_id=campaign.user_id,
        name=settings.name,
        description=settings.description,
        start_time=_or_absent(settings.start_time),
        end_time=_or_absent(settings.end_time),
        attributes=settings.attributes,
        state=settings.state,
        active_ruleset_id=_or_absent(campaign.active_ruleset_id),
        tags=list(settings.tags),
        reevaluate_on_return=settings.reevaluate_on_return,
        features=msgspec.convert(settings.features, list[Feature]),
        coupon_settings=_code_settings(settings.coupon_settings),
        referral_settings=_code_settings(settings.referral_settings),
        limits=show_limits(settings.limits),
        campaign_groups=list(campaign.campaign_groups),
        type=settings.type,
        linked_store_ids=list(campaign.linked_store_ids),
        coupon_attributes=settings.coupon_attributes,
        budgets=_budgets(campaign),
        updated=_or_absent(campaign.updated),
        created_by=campaign.created_by or UNSET,
        updated_by=campaign.updated_by or UNSET,
        template_id=_or_absent(campaign.template_id),
        frontend_state=frontend_state(settings.state, settings.start_time, settings.end_time, now),
        stores_imported=campaign.stores_imported,
        version=0,
    )
    counters = {name: of(campaign.used.get(action, ZERO)) for name, (action, of) in COUNTERS.items()}
    return structs.replace(shown, **counters)


# The deprecated counters: the action each counts, and whether it is shown as a whole number or as it is.
COUNTERS: dict[str, tuple[str, Callable[[Decimal], int | Decimal]]] = {
    "coupon_redemption_count": ("redeemCoupon", int),
    "referral_redemption_count": ("redeemReferral", int),
    "discount_count": ("setDiscount", Decimal),
    "discount_effect_count": ("setDiscountEffect", int),
    "coupon_creation_count": ("createCoupon", int),
    "custom_effect_count": ("customEffect", int),
    "referral_creation_count": ("createReferral", int),
    "add_free_item_effect_count": ("addFreeItemEffect", int),
    "awarded_giveaways_count": ("awardGiveaway", int),
    "created_loyalty_points_count": ("createLoyaltyPoints", Decimal),
    "created_loyalty_points_effect_count": ("createLoyaltyPointsEffect", int),
    "redeemed_loyalty_points_count": ("redeemLoyaltyPoints", Decimal),
    "redeemed_loyalty_points_effect_count": ("redeemLoyaltyPointsEffect", int),
    "call_api_effect_count": ("callApi", int),
    "reservecoupon_effect_count": ("reserveCoupon", int),
}


def _budgets(campaign: StoredCampaign) -> list[CampaignBudget]:
    """The limits that hold for everybody and for ever, which are those with one counter to show."""
    return [
        CampaignBudget(action=limit.action, limit=limit.limit, counter=campaign.used.get(limit.action, ZERO))
        for limit in campaign.settings.limits
        if limit.period is None and not limit.entities
    ]


def _code_settings(stored: JSON) -> CodeGeneratorSettings | UnsetType:
    return UNSET if stored is None else msgspec.convert(stored, CodeGeneratorSettings)


def _or_absent(value: T | None) -> T | UnsetType:
    return UNSET if value is None else value
