"""What shops send about a profile, and what they get back."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

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
from largesse.engine.customers.profile_updates import ProfileUpdate
from largesse.plumbing.http.codec import Omittable, given

# Published: how many profiles one request may hold.
PROFILES_MAX = 1_000

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


class SilentQuery(Struct, frozen=True, kw_only=True):
    """Whether to answer with what there is afterwards: "no" says yes [IA silent]."""

    silent: str = "yes"


class ProfilesRequestItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """One of many profiles [IA MultipleCustomerProfileIntegrationRequestItem]."""

    attributes: Omittable[dict[str, JSON]] = UNSET
    integration_id: Annotated[str, Meta(extra_json_schema={"maxLength": 1000})]


class ProfilesRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """Many profiles [IA MultipleCustomerProfileIntegrationRequest]."""

    customer_profiles: Omittable[list[ProfilesRequestItem]] = UNSET


class CustomerProfileUpdate(Struct, frozen=True, kw_only=True, rename="camel"):
    """One of many profiles as it stands [IA CustomerProfileUpdateV2Response]."""

    customer_profile: CustomerProfile


class BulkState(Struct, frozen=True, kw_only=True, rename="camel"):
    """Many profiles as they stand, in the order sent [IA MultipleCustomerProfileIntegrationResponseV2]."""

    integration_states: list[CustomerProfileUpdate] | UnsetType = UNSET


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


def read_update(sent: ProfileRequest) -> ProfileUpdate:
    """What was sent, as the engine wants it."""
    moves = given(sent.audiences_changes)
    return ProfileUpdate(
        given(sent.attributes) or {},
        () if moves is None else tuple(moves.adds),
        () if moves is None else tuple(moves.deletes),
    )
