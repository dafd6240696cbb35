"""What callers send to create or change a campaign."""

from msgspec import UNSET, Struct

from largesse.api.models.campaign import CampaignName, Feature, Tags
from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.instant import Instant
from largesse.api.models.limit import LimitConfig
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import CampaignState, CampaignType
from largesse.plumbing.http.codec import Omittable


class CampaignBody(Struct, frozen=True, kw_only=True, rename="camel"):
    """All settings of a campaign but its state [MA BaseCampaign]."""

    name: CampaignName
    description: Omittable[str] = UNSET
    start_time: Omittable[Instant] = UNSET
    end_time: Omittable[Instant] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
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


class NewCampaign(CampaignBody, frozen=True, kw_only=True, rename="camel"):
    """A campaign to be created; whether it runs must be said [SDK NewCampaign]."""

    state: CampaignState


class UpdateCampaign(CampaignBody, frozen=True, kw_only=True, rename="camel"):
    """All settings of a campaign: what is left out is as if it had never been set [MA UpdateCampaign].

    Except for the ruleset in force and the place in the evaluation tree, which are not so much settings as choices:
    without `activeRulesetId` and `evaluationGroupId` they stay.
    """

    state: CampaignState = "enabled"
