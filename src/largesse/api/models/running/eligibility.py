"""What campaigns a session qualifies for, rule by rule, on the wire."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.engine.attributes import JSON
from largesse.engine.evaluation.why.eligibility import CampaignFailureCode, CampaignStanding, RunStanding
from largesse.engine.views.values import as_json

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


def show_standing(standing: CampaignStanding, application_id: int) -> CampaignEligibility:
    """A campaign in play on the wire; features that the published list does not know are left out."""
    campaign = standing.campaign
    return CampaignEligibility(
        application_id=application_id,
        id=campaign.id,
        name=campaign.name,
        description=campaign.description,
        start_time=UNSET if campaign.start_time is None else campaign.start_time,
        end_time=UNSET if campaign.end_time is None else campaign.end_time,
        attributes=as_json(dict(campaign.attributes)),
        state="enabled",
        tags=list(campaign.tags),
        features=[feature for feature in get_args(CampaignFeature) if feature in campaign.features],
        eligibility=[
            CampaignEligibilityDetails(
                passed=each.failure_code is None,
                coupon_code=each.coupon_code or UNSET,
                details=UNSET
                if each.failure_code is None
                else CampaignEligibilityFailureDetails(failure_code=each.failure_code),
            )
            for each in standing.passes
        ],
        rules=[
            RuleMetadataEligibility(title=rule.title, eligibility=[_show_run(run) for run in rule.runs])
            for rule in standing.rules
        ],
    )


def _show_run(run: RunStanding) -> RuleEligibility:
    failure = run.failure
    code = run.coupon_code or UNSET
    if failure is None:
        return RuleEligibility(passed=True, coupon_code=code)
    details = RuleEligibilityFailureDetails(
        failure_code="CONDITION_NOT_MET" if failure.effect_index is UNSET else "EFFECT_FAILED",
        coupon_id=failure.coupon_id,
        coupon_value=failure.coupon_value,
        referral_id=failure.referral_id,
        referral_value=failure.referral_value,
        condition_index=failure.condition_index,
        effect_index=failure.effect_index,
        details="" if failure.details is UNSET else failure.details,
    )
    return RuleEligibility(passed=False, coupon_code=code, details=details)
