"""A running campaign as shops see it: what it is called and for when, and what its rules may be called to customers."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.running.eligibility import CampaignFeature, Tag
from largesse.engine.attributes import JSON
from largesse.storage.campaigns import RunningCampaign

FEATURES: frozenset[str] = frozenset(get_args(CampaignFeature))


class RuleMetadata(Struct, frozen=True, kw_only=True, rename="camel"):
    """A rule as customers may be shown it [IA RuleMetadata]."""

    title: str
    display_name: str | UnsetType = UNSET
    display_description: str | UnsetType = UNSET
    related_data: str | UnsetType = UNSET


class IntegrationCampaign(Struct, frozen=True, kw_only=True, rename="camel"):
    """A running campaign with its rules [IA IntegrationCampaign]."""

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
    rules: list[RuleMetadata]
    linked_store_ids: list[int] | UnsetType = UNSET
    linked_audience_ids: list[int] | UnsetType = UNSET


def show_running(campaign: RunningCampaign, application_id: int) -> IntegrationCampaign:
    """A running campaign on the wire; features that the published list does not know are left out."""
    return IntegrationCampaign(
        application_id=application_id,
        id=campaign.id,
        name=campaign.name,
        description=campaign.description,
        start_time=UNSET if campaign.start_time is None else campaign.start_time,
        end_time=UNSET if campaign.end_time is None else campaign.end_time,
        attributes=campaign.attributes,
        state="enabled",
        tags=list(campaign.tags),
        features=[feature for feature in get_args(CampaignFeature) if feature in campaign.features],
        rules=[RuleMetadata(title=title) for title in campaign.rule_titles],
        linked_store_ids=list(campaign.linked_store_ids),
        linked_audience_ids=list(campaign.audience_ids),
    )
