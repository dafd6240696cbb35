"""What is told of every evaluation, whatever it was about."""

from msgspec import UNSET, Struct, UnsetType

from largesse.api.models.campaign import Campaign
from largesse.api.models.coupon import Coupon
from largesse.api.models.customers.profile import CustomerProfile
from largesse.api.models.effect import Effect
from largesse.api.models.loyalty import Loyalty
from largesse.api.models.referral import Referral
from largesse.api.models.rewards.achievement import CustomerAchievement
from largesse.api.models.rewards.giveaway import Giveaway
from largesse.api.models.rule_failure import RuleFailureReason
from largesse.api.models.running.eligibility import CampaignEligibility


class EvaluationState(Struct, frozen=True, kw_only=True, rename="camel"):
    """The effects, and whatever else was asked for [IA IntegrationResponse]."""

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
