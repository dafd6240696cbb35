"""The customer session: its states, and what an update makes of what is stored.

Source: semantics, sections 3.1 to 3.4.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.loyalty.in_place import PointsInPlace
from largesse.engine.shopping.additional_costs import AdditionalCost
from largesse.engine.shopping.cart import CartItem, Totals, totals

SessionState = Literal["open", "closed", "partially_returned", "cancelled"]
SessionEvent = Literal[
    "talon_session_created",
    "talon_session_updated",
    "talon_session_closed",
    "talon_session_cancelled",
    "talon_session_revoked",
    "talon_session_partially_returned",
    "talon_session_reopened",
]

# All three are published.
IDENTIFIERS_MAX = 5
LOYALTY_CARDS_MAX = 1
REFERRAL_CODE_CHARACTERS_MAX = 100


class ExperimentVariantAllocation(Struct, frozen=True):
    """Which variant of an experiment the shop has put the customer into."""

    experiment_id: int
    variant_id: int


class Session(Struct, frozen=True):
    """One customer session as stored; `id` 0 means not stored yet.

    `profile_id` is the profile's integration id, "" for an anonymous customer. `update_count` is 1 after creation.
    `first_session` is always true for anonymous customers. `rewarding_campaigns` are the ids of the campaigns that
    produced an effect when the session was closed. `points_in_place` are points of an earlier closing that nothing has
    taken back when the session was opened again, as far as no effect of a later closing stands for them.
    """

    id: int
    application_id: int
    integration_id: str
    created: datetime
    updated: datetime
    state: SessionState = "open"
    profile_id: str = ""
    store_integration_id: str | None = None
    cart_items: tuple[CartItem, ...] = ()
    coupon_codes: tuple[str, ...] = ()
    referral_code: str = ""
    loyalty_cards: tuple[str, ...] = ()
    additional_costs: dict[str, AdditionalCost] = {}
    identifiers: tuple[str, ...] = ()
    attributes: dict[str, JSON] = {}
    experiment_variant_allocations: tuple[ExperimentVariantAllocation, ...] = ()
    first_session: bool = True
    update_count: int = 1
    rewarding_campaigns: tuple[int, ...] = ()
    points_in_place: tuple[PointsInPlace, ...] = ()

    @property
    def totals(self) -> Totals:
        """What the session comes to before discounts."""
        return totals(self.cart_items, self.additional_costs)


class SessionUpdate(Struct, frozen=True):
    """What a shop sends for a session; None is omitted or null, and keeps what is stored.

    A list or map that is sent replaces the stored one whole, except `attributes`, which are merged by key.
    `unpriced` are the positions of items without a price, which is 0 in them, to be found in the catalog.
    """

    state: SessionState | None = None
    profile_id: str | None = None
    store_integration_id: str | None = None
    cart_items: tuple[CartItem, ...] | None = None
    unpriced: tuple[int, ...] = ()
    coupon_codes: tuple[str, ...] | None = None
    referral_code: str | None = None
    loyalty_cards: tuple[str, ...] | None = None
    additional_costs: dict[str, AdditionalCost] | None = None
    identifiers: tuple[str, ...] | None = None
    attributes: dict[str, JSON] | None = None
    experiment_variant_allocations: tuple[ExperimentVariantAllocation, ...] | None = None


# From the stored state (None: no session yet) to the state after a PUT, and the event that this move is.
TRANSITIONS: Mapping[tuple[SessionState | None, SessionState], SessionEvent] = {
    (None, "open"): "talon_session_created",
    (None, "closed"): "talon_session_closed",
    ("open", "open"): "talon_session_updated",
    ("open", "closed"): "talon_session_closed",
    ("open", "cancelled"): "talon_session_cancelled",
    ("closed", "cancelled"): "talon_session_revoked",
    ("partially_returned", "cancelled"): "talon_session_revoked",
}


def new_session(application_id: int, integration_id: str, now: datetime) -> Session:
    """The empty session that a first update is applied to."""
    return Session(0, application_id, integration_id, now, now, update_count=0)


def no_session(application_id: int, profile_id: str, store_integration_id: str | None, now: datetime) -> Session:
    """What is evaluated in place of a session where there is none: an empty one of this customer, in this store."""
    empty = new_session(application_id, "", now)
    return structs.replace(empty, profile_id=profile_id, store_integration_id=store_integration_id)


def apply(base: Session, update: SessionUpdate, now: datetime) -> Session:
    """The session after an accepted update; see `largesse.engine.shopping.session_updates` for what is acceptable."""
    sent = {
        name: value
        for name in update.__struct_fields__
        if name not in ("attributes", "unpriced") and (value := getattr(update, name)) is not None
    }
    attributes = {**base.attributes, **(update.attributes or {})}
    return structs.replace(
        base,
        **sent,
        attributes={name: value for name, value in attributes.items() if value is not None},
        update_count=base.update_count + 1,
        updated=now,
    )
