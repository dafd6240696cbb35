"""The campaign as callers see it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.limit import LimitConfig, LimitValue
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import CampaignState, CampaignType, FrontendState

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
    state: CampaignState = "enabled"
    active_ruleset_id: int | UnsetType = UNSET
    tags: Tags
    reevaluate_on_return: bool
    features: list[Feature]
    coupon_settings: CodeGeneratorSettings | UnsetType = UNSET
    referral_settings: CodeGeneratorSettings | UnsetType = UNSET
    limits: list[LimitConfig]
    campaign_groups: list[int] | UnsetType = UNSET
    type: CampaignType = "advanced"
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
