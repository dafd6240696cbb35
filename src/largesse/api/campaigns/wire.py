"""What callers send to create or change a campaign, and how a stored one is shown."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType, structs

from largesse.api.models.campaign import Campaign, CampaignBudget, CampaignName, Feature, Tags
from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.limit import LimitConfig, show_limits
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import CampaignState, CampaignType, frontend_state
from largesse.engine.money import ZERO
from largesse.plumbing.http.codec import Omittable
from largesse.storage.campaigns import StoredCampaign

T = TypeVar("T")


class UpdateCampaign(Struct, frozen=True, kw_only=True, rename="camel"):
    """All settings of a campaign: what is left out is as if it had never been set [MA UpdateCampaign].

    Except for the ruleset in force, which is not so much a setting as a choice: without `activeRulesetId` it stays.
    """

    name: CampaignName
    description: Omittable[str] = UNSET
    start_time: Omittable[datetime] = UNSET
    end_time: Omittable[datetime] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    state: CampaignState = "enabled"
    active_ruleset_id: Omittable[int] = UNSET
    tags: Tags
    reevaluate_on_return: Omittable[bool] = UNSET
    features: list[Feature]
    coupon_settings: Omittable[CodeGeneratorSettings] = UNSET
    referral_settings: Omittable[CodeGeneratorSettings] = UNSET
    limits: list[LimitConfig]
    campaign_groups: Omittable[list[int]] = UNSET
    evaluation_group_id: Omittable[int] = UNSET
    type: CampaignType = "advanced"
    linked_store_ids: Omittable[list[int]] = UNSET
    coupon_attributes: Omittable[dict[str, JSON]] = UNSET


class NewCampaign(UpdateCampaign, frozen=True, kw_only=True, rename="camel"):
    """A campaign to be created; whether it runs must be said [SDK NewCampaign]."""

    state: CampaignState


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
        stores_imported=False,
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
