"""What shops send about events, and what they get back."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.event import Event, EventV3
from largesse.api.models.running.evaluation_state import EvaluationState
from largesse.api.models.session import LoyaltyCards, StoreId
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
EventName = Annotated[str, Meta(min_length=1)]


class TrackQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether to answer at all ("no" says yes), to try out only, and then as if no campaigns competed."""

    silent: str = "yes"
    dry: bool = False
    force_complete_evaluation: bool = False


class TrackRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """An event of a customer [IA IntegrationEventV2Request]."""

    profile_id: Omittable[str] = UNSET
    store_integration_id: Omittable[StoreId] = UNSET
    evaluable_campaign_ids: Omittable[list[int]] = UNSET
    type: EventName
    attributes: Omittable[dict[str, JSON]] = UNSET
    loyalty_cards: Omittable[LoyaltyCards] = UNSET
    response_content: Omittable[list[Content]] = UNSET


class TrackState(EvaluationState, frozen=True, kw_only=True, rename="camel"):
    """What came of an event [IA IntegrationEventV2Response]."""

    event: Event | UnsetType = UNSET


AdvancedContent = Literal[
    "customerProfile", "triggeredCampaigns", "loyalty", "advancedEvent", "awardedGiveaways", "ruleFailureReasons"
]


class EventPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one event, by the shop's own id."""

    integration_id: str


class AdvancedRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """An event with an id, perhaps about a closed session [IA IntegrationEventV3Request]."""

    profile_id: str
    store_integration_id: Omittable[StoreId] = UNSET
    evaluable_campaign_ids: Omittable[list[int]] = UNSET
    type: EventName
    attributes: Omittable[dict[str, JSON]] = UNSET
    integration_id: EventName
    connected_session_id: Omittable[EventName] = UNSET
    loyalty_cards: Omittable[LoyaltyCards] = UNSET
    response_content: Omittable[list[AdvancedContent]] = UNSET


class AdvancedState(EvaluationState, frozen=True, kw_only=True, rename="camel"):
    """What came of an event with an id [IA IntegrationEventV3Response]."""

    advanced_event: EventV3 | UnsetType = UNSET
