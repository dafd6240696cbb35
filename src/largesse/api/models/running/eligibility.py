"""What campaigns a session qualifies for, rule by rule, on the wire. Not answered yet; part of all updates' shape."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.engine.attributes import JSON

CampaignFailureCode = Literal["ALL_RULES_FAILED", "SKIPPED", "AUDIENCE_NOT_MATCHED"]
RuleFailureCode = Literal["CONDITION_NOT_MET", "EFFECT_FAILED"]
CampaignFeature = Literal["coupons", "referrals", "loyalty", "giveaways", "strikethrough", "achievements"]
Tag = Annotated[str, Meta(min_length=1, max_length=50)]


class CampaignEligibilityFailureDetails(Struct, frozen=True, kw_only=True, rename="camel"):
    """Why a campaign gave nothing [IA CampaignEligibilityFailureDetails]."""

    failure_code: CampaignFailureCode


class CampaignEligibilityDetails(Struct, frozen=True, kw_only=True, rename="camel"):
    """One pass through a campaign, with one coupon or none [IA CampaignEligibilityDetails]."""

    passed: bool
    coupon_code: str | UnsetType = UNSET
    details: CampaignEligibilityFailureDetails | UnsetType = UNSET


class RuleEligibilityFailureDetails(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a rule stopped [IA RuleEligibilityFailureDetails]."""

    failure_code: RuleFailureCode
    coupon_id: int | UnsetType = field(default=UNSET, name="couponID")
    coupon_value: str | UnsetType = UNSET
    referral_id: int | UnsetType = field(default=UNSET, name="referralID")
    referral_value: str | UnsetType = UNSET
    condition_index: int | UnsetType = UNSET
    effect_index: int | UnsetType = UNSET
    details: str


class RuleEligibility(Struct, frozen=True, kw_only=True, rename="camel"):
    """One run of a rule [IA RuleEligibility]."""

    passed: bool
    coupon_code: str | UnsetType = UNSET
    details: RuleEligibilityFailureDetails | UnsetType = UNSET


class RuleMetadataEligibility(Struct, frozen=True, kw_only=True, rename="camel"):
    """A rule as customers may be shown it, and its runs [IA RuleMetadataEligibility]."""

    title: str
    display_name: str | UnsetType = UNSET
    display_description: str | UnsetType = UNSET
    related_data: str | UnsetType = UNSET
    eligibility: list[RuleEligibility]


class CampaignEligibilityExperiment(Struct, frozen=True, kw_only=True, rename="camel"):
    """The experiment a campaign takes part in, and the customer's variant [IA CampaignEligibilityExperiment]."""

    id: Annotated[int, Meta(extra_json_schema={"format": "int64"})]
    variant_id: Annotated[int, Meta(extra_json_schema={"format": "int64"})]


class CampaignEligibility(Struct, frozen=True, kw_only=True, rename="camel"):
    """A campaign in short, and what came of it [IA CampaignEligibility]."""

    application_id: int
    id: int
    name: Annotated[str, Meta(min_length=1)]
    description: str | UnsetType = UNSET
    start_time: datetime | UnsetType = UNSET
    end_time: datetime | UnsetType = UNSET
    attributes: dict[str, JSON] | UnsetType = UNSET
    state: Annotated[Literal["enabled"], Meta(extra_json_schema={"default": "enabled"})]
    tags: Annotated[list[Tag], Meta(max_length=50)]
    features: list[CampaignFeature]
    eligibility: list[CampaignEligibilityDetails]
    rules: list[RuleMetadataEligibility]
    experiment: CampaignEligibilityExperiment | UnsetType = UNSET
