"""Props of all other effects: giveaways, achievements, audiences, notifications, attributes, webhooks, custom ones."""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType

from largesse.api.models.effect_props.numbers import Whole
from largesse.api.models.loyalty import ProfileId
from largesse.engine.attributes import JSON


class ShowNotificationEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A text for the customer."""

    notification_type: str
    title: str
    body: str


class UpdateAttributeEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """An attribute has a new value."""

    path: str
    value: JSON


class CustomEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whatever the shop has agreed on with itself."""

    effect_id: int
    name: str
    cart_item_position: Whole | UnsetType = UNSET
    cart_item_sub_position: Whole | UnsetType = UNSET
    bundle_index: int | UnsetType = UNSET
    bundle_name: str | UnsetType = UNSET
    payload: dict[str, JSON]


class ErrorEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A rule failed in a way its author should know of."""

    message: str


class TriggerWebhookEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A webhook is called."""

    webhook_id: Whole
    webhook_name: str


class AwardGiveawayEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer gets a code of a pool."""

    pool_id: int
    pool_name: str
    recipient_integration_id: ProfileId
    giveaway_id: int
    code: str


class WillAwardGiveawayEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer will get a code of a pool when the session is closed."""

    pool_id: int
    pool_name: str
    recipient_integration_id: ProfileId


class AddToAudienceEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer joins an audience."""

    audience_id: int | UnsetType = UNSET
    audience_name: str | UnsetType = UNSET
    profile_integration_id: str | UnsetType = UNSET
    profile_id: int | UnsetType = UNSET


class RemoveFromAudienceEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer leaves an audience."""

    audience_id: int | UnsetType = UNSET
    audience_name: str | UnsetType = UNSET
    profile_integration_id: str | UnsetType = UNSET
    profile_id: int | UnsetType = UNSET


class StartAchievementProgressEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer has begun an achievement."""

    achievement_id: int
    achievement_name: str
    progress_tracker_id: int
    target: Decimal
    start_date: datetime
    end_date: datetime | UnsetType = UNSET


class IncreaseAchievementProgressEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer has come closer to an achievement, or has it."""

    achievement_id: int
    achievement_name: str
    progress_tracker_id: int | UnsetType = UNSET
    delta: Decimal
    value: Decimal
    target: Decimal
    is_just_completed: bool


class RollbackIncreasedAchievementProgressEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Progress was taken back."""

    achievement_id: int
    achievement_name: str
    progress_tracker_id: int
    decrease_progress_by: Decimal
    current_progress: Decimal
    target: Decimal
