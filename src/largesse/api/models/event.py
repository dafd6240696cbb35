"""Events on the wire: what a shop sends and what happens to its sessions."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.shopping import events as engine

# Both lists are the contract's, shorter than those of the effects themselves.
CouponRejection = Literal[
    "CouponNotFound",
    "CouponPartOfNotRunningCampaign",
    "CampaignLimitReached",
    "ProfileLimitReached",
    "CouponRecipientDoesNotMatch",
    "CouponExpired",
    "CouponStartDateInFuture",
    "CouponRejectedByCondition",
    "EffectCouldNotBeApplied",
    "CouponPartOfNotTriggeredCampaign",
    "CouponReservationRequired",
    "ProfileRequired",
]
ReferralRejection = Literal[
    "ReferralNotFound",
    "ReferralRecipientIdSameAsAdvocate",
    "ReferralPartOfNotRunningCampaign",
    "ReferralLimitReached",
    "CampaignLimitReached",
    "ProfileLimitReached",
    "ReferralRecipientDoesNotMatch",
    "ReferralExpired",
    "ReferralStartDateInFuture",
    "ReferralRejectedByCondition",
    "EffectCouldNotBeApplied",
    "ReferralPartOfNotTriggeredCampaign",
]
StoreId = Annotated[str, Meta(min_length=1, max_length=1000)]
NonEmpty = Annotated[str, Meta(min_length=1)]


class LedgerEntry(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points an event has moved [IA LedgerEntry]."""

    id: int
    created: datetime
    profile_id: str
    account_id: int
    loyalty_program_id: int
    event_id: int
    amount: int
    reason: str
    expiry_date: datetime
    reference_id: int | UnsetType = UNSET


class CouponRejectionReason(Struct, frozen=True, kw_only=True, rename="camel"):
    """Why the event's coupon was rejected [IA CouponRejectionReason]."""

    campaign_id: int
    coupon_id: int
    reason: CouponRejection


class ReferralRejectionReason(Struct, frozen=True, kw_only=True, rename="camel"):
    """Why the event's referral was rejected [IA ReferralRejectionReason]."""

    campaign_id: int
    referral_id: int
    reason: ReferralRejection


class EventMeta(Struct, frozen=True, kw_only=True, rename="camel"):
    """Remarks about an event [IA Meta]."""

    campaigns: dict[str, JSON] | UnsetType = UNSET
    coupons: dict[str, JSON] | UnsetType = UNSET
    coupon_rejection_reason: CouponRejectionReason | UnsetType = UNSET
    referral_rejection_reason: ReferralRejectionReason | UnsetType = UNSET
    warnings: dict[str, JSON] | UnsetType = UNSET


class Event(Struct, frozen=True, kw_only=True, rename="camel"):
    """One event [IA Event].

    The contract and the official clients disagree about the items of `effects`, so that only an empty list satisfies
    both; the effects of an update stand beside its event.
    """

    id: int
    created: datetime
    application_id: int
    profile_id: str | UnsetType = UNSET
    store_integration_id: StoreId | UnsetType = UNSET
    type: NonEmpty
    attributes: dict[str, JSON]
    integration_id: NonEmpty | UnsetType = UNSET
    session_id: str | UnsetType = UNSET
    effects: list[list[JSON]]
    ledger_entries: list[LedgerEntry] | UnsetType = UNSET
    meta: EventMeta | UnsetType = UNSET


class EventV3(Struct, frozen=True, kw_only=True, rename="camel"):
    """An advanced event: one to which its shop has given an id [IA EventV3]; `effects` as those of `Event`."""

    connected_session_id: NonEmpty | UnsetType = UNSET
    id: int
    created: datetime
    application_id: int
    profile_id: str | UnsetType = UNSET
    store_integration_id: StoreId | UnsetType = UNSET
    type: NonEmpty
    attributes: dict[str, JSON]
    integration_id: NonEmpty | UnsetType = UNSET
    effects: list[list[JSON]]


def show_event(
    event_id: int,
    created: datetime,
    application_id: int,
    profile_id: str,
    event: engine.Event,
    store_integration_id: str | None = None,
) -> Event:
    """An event that is not about a session."""
    return Event(
        id=event_id,
        created=created,
        application_id=application_id,
        profile_id=profile_id,
        store_integration_id=store_integration_id or UNSET,
        type=event.type,
        attributes=event.attributes,
        integration_id=event.integration_id or UNSET,
        effects=[],
    )


def show_advanced(
    event_id: int, created: datetime, application_id: int, profile_id: str, store: str | None, event: engine.Event
) -> EventV3:
    """An event to which its shop has given an id."""
    return EventV3(
        connected_session_id=event.connected_session_id or UNSET,
        id=event_id,
        created=created,
        application_id=application_id,
        profile_id=profile_id,
        store_integration_id=UNSET if store is None else store,
        type=event.type,
        attributes=event.attributes,
        integration_id=event.integration_id,
        effects=[],
    )
