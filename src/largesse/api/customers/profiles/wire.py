"""What shops send about a profile, and what they get back."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from largesse.api.models.campaign import Campaign
from largesse.api.models.coupon import Coupon
from largesse.api.models.customers.profile import CustomerProfile
from largesse.api.models.effect import Effect
from largesse.api.models.event import Event
from largesse.api.models.loyalty import Loyalty
from largesse.api.models.referral import Referral
from largesse.api.models.rewards.giveaway import Giveaway
from largesse.api.models.rule_failure import RuleFailureReason
from largesse.api.models.running.eligibility import CampaignEligibility
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable

Content = Literal[
    "customerProfile",
    "triggeredCampaigns",
    "loyalty",
    "event",
    "awardedGiveaways",
    "ruleFailureReasons",
    "campaignEligibility",
    "achievements",
]


class ProfilePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one profile, by the shop's own id."""

    integration_id: str


class UpdateQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether rules run, and whether to try out only."""

    run_rule_engine: bool = False
    dry: bool = False


class AudiencesChanges(Struct, frozen=True, kw_only=True, rename="camel"):
    """The audiences a customer joins and leaves, by id [IA ProfileAudiencesChanges]."""

    adds: list[int]
    deletes: list[int]


class ProfileRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """A profile's update [IA CustomerProfileIntegrationRequestV2].

    `response_content` and `evaluable_campaign_ids` matter only when rules run.
    """

    attributes: Omittable[dict[str, JSON]] = UNSET
    evaluable_campaign_ids: Omittable[list[int]] = UNSET
    audiences_changes: Omittable[AudiencesChanges] = UNSET
    response_content: Omittable[list[Content]] = UNSET


class ProfileState(Struct, frozen=True, kw_only=True, rename="camel"):
    """The effects of an update, and whatever else was asked for [IA CustomerProfileIntegrationResponseV2]."""

    customer_profile: CustomerProfile | UnsetType = UNSET
    event: Event | UnsetType = UNSET
    loyalty: Loyalty | UnsetType = UNSET
    triggered_campaigns: list[Campaign] | UnsetType = UNSET
    rule_failure_reasons: list[RuleFailureReason] | UnsetType = UNSET
    campaign_eligibility: list[CampaignEligibility] | UnsetType = UNSET
    awarded_giveaways: list[Giveaway] | UnsetType = UNSET
    effects: list[Effect]
    created_coupons: list[Coupon]
    created_referrals: list[Referral]
