"""Changes to rows: everything one decision stores, sent in one exchange and applied by one function of the database.

No coupon and no budget is locked while the brain thinks. Instead each statement repeats what the decision relied on
("as long as used + x <= limit", "as long as the session has not moved on"); where that is no longer so, the database
ends the transaction with a `Conflict`, and dispatch decides again on fresh facts.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import astuple

from largesse.engine.attributes import RelyOnAttributes
from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Change, RecordEvent, SaveSession
from largesse.engine.codes.coupons import Coupon, ReserveCoupon, SetCouponAttributes, UseCoupon
from largesse.engine.codes.creations import CreateCoupon, CreateReferral
from largesse.engine.codes.referrals import Referral, SetReferralAttributes, UseReferral
from largesse.engine.customers.audiences import ChangeMembership
from largesse.engine.customers.profiles import SetProfileAttributes, UpdateProfile
from largesse.engine.formats.documents import encode_consumed, encode_effects, encode_session
from largesse.engine.loyalty.changes import (
    LEDGER_CHANGES,
    AddPoints,
    HoldTier,
    MoveExpiry,
    OwePoints,
    RecordPoints,
    UsePoints,
)
from largesse.engine.money import EXACT
from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.engine.rewards.achievements import MoveProgress
from largesse.engine.rewards.giveaways import AwardGiveaway
from largesse.engine.shopping.events import TrackEvent
from largesse.engine.shopping.returns import RecordReturn
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.budget_keys import stored_key
from largesse.storage.codes.coupon_reservations import save_reservations
from largesse.storage.codes.creations import create_coupon, create_referral
from largesse.storage.codes.referrals import save_referral_attributes, save_uses
from largesse.storage.customers.audiences import save_memberships
from largesse.storage.customers.profile_attributes import save_profile_attributes
from largesse.storage.customers.relied_attributes import check_relied
from largesse.storage.loyalty.ledgers import save_points
from largesse.storage.outgoing.outbox import save_calls
from largesse.storage.rewards.achievements import save_progress
from largesse.storage.rewards.giveaways import save_awards
from largesse.storage.scope import Scope
from largesse.storage.shopping.events import save_event
from largesse.storage.shopping.sessions import append_return

QUERIES = load_queries("largesse.storage", "changes.sql")

Row = tuple[object, ...]
C = TypeVar("C")

NO_SESSION: Row = (None,) * 9
# How many lists of arguments each kind of row takes.
PROFILE_COLUMNS = 5
EVENT_COLUMNS = 2
COUPON_COLUMNS = 5
BUDGET_COLUMNS = 6


class Saved(Struct, frozen=True):
    """The ids of what was stored: the session, its profile, the last event and the return; 0 for what was not
    stored. And the codes that rules have made, in their order."""

    session_id: int = 0
    profile_id: int = 0
    event_id: int = 0
    return_id: int = 0
    coupons: tuple[Coupon, ...] = ()
    referrals: tuple[Referral, ...] = ()


async def save(db: Transaction, scope: Scope, changes: Sequence[Change], now: datetime) -> Saved:
    """Store all changes of one decision, or none of them.

    Raises `Conflict` when a guard fails: a session that has moved on, a coupon or a budget that is used up, a new code
    that is taken. No changes cost no exchange; what is rare costs one of its own, and so does a return, since it names
    the event that has just got its id.
    """
    if not changes:
        return Saved()
    if _only(changes, RelyOnAttributes):
        await check_relied(db, scope, changes)
    arguments = _arguments(changes)
    row = await db.row(QUERIES["save_changes"], scope.account_id, scope.application_id, scope.sandbox, now, *arguments)
    if row is None:
        raise AssertionError("save_changes gives one row")
    session_id, profile_id, event_id = row["session_id"] or 0, row["profile_id"] or 0, row["event_id"] or 0
    await _save_rare(db, scope, changes, now)
    return_id = 0
    for change in changes:
        if isinstance(change, TrackEvent):
            event_id = await save_event(db, scope, change, now)
        elif isinstance(change, RecordReturn):
            return_id = await append_return(db, scope, change, session_id, event_id, now)
    coupons = [await create_coupon(db, scope, each, now) for each in _only(changes, CreateCoupon)]
    referrals = [await create_referral(db, scope, each, now) for each in _only(changes, CreateReferral)]
    return Saved(session_id, profile_id, event_id, return_id, tuple(coupons), tuple(referrals))


async def _save_rare(db: Transaction, scope: Scope, changes: Sequence[Change], now: datetime) -> None:
    """Store what few decisions ask for, noun by noun in one fixed order; each noun of them costs an exchange of its
    own."""
    if reservations := _only(changes, ReserveCoupon):
        await save_reservations(db, scope, reservations, now)
    if referrals := _only(changes, UseReferral):
        await save_uses(db, scope, referrals, now)
    if points := [change for change in changes if isinstance(change, LEDGER_CHANGES)]:
        await save_points(db, scope.account_id, scope.application_id, points, now)
    for attributes in _only(changes, SetReferralAttributes):
        await save_referral_attributes(db, scope, attributes)
    for written in _only(changes, SetProfileAttributes):
        await save_profile_attributes(db, scope, written, now)
    if memberships := _only(changes, ChangeMembership):
        await save_memberships(db, scope, memberships, now)
    if awards := _only(changes, AwardGiveaway):
        await save_awards(db, scope, awards)
    if calls := _only(changes, CallWebhook):
        await save_calls(db, scope, calls, now)
    if progress := _only(changes, MoveProgress):
        await save_progress(db, scope, progress, now)


def _only(changes: Sequence[Change], kind: type[C]) -> list[C]:
    return [change for change in changes if isinstance(change, kind)]


def _arguments(changes: Iterable[Change]) -> Row:
    """The arguments of `save_changes` after the scope: the session's own, then one list for each column of each kind.

    Rows that many decisions share are put in one order, by their keys: no two decisions can then wait for each other.
    """
    session = NO_SESSION
    profiles: dict[str, UpdateProfile] = {}
    events: list[Row] = []
    coupons: list[Row] = []
    budgets: list[Row] = []
    for change in changes:
        match change:
            case SaveSession():
                session = _session_row(change)
            case RecordEvent():
                events.append((change.type, encode_effects(change.effects)))
            case UpdateProfile():
                earlier = profiles.get(change.integration_id)
                profiles[change.integration_id] = _both(earlier, change) if earlier else change
            case UseCoupon():
                coupons.append((change.coupon_id, change.profile_id, change.uses, change.discount, {}))
            case SetCouponAttributes():
                coupons.append((change.coupon_id, "", 0, 0, change.attributes))
            case CountBudget():
                key = stored_key(change.key)
                budgets.append((change.campaign_id, key, change.action, change.period, change.amount, change.limit))
            case RelyOnAttributes() | RecordReturn():
                pass  # was checked before, follows once the event has its id
            case CreateCoupon() | CreateReferral() | SetReferralAttributes() | SetProfileAttributes() | TrackEvent():
                pass  # follow by themselves: they are rare
            case (
                CallWebhook() | ReserveCoupon() | UseReferral() | ChangeMembership() | AwardGiveaway() | MoveProgress()
            ):
                pass  # so do these
            case AddPoints() | UsePoints() | OwePoints() | RecordPoints() | MoveExpiry() | HoldTier():
                pass  # and these
            case _:
                assert_never(change)
    return (
        *_columns([astuple(profiles[name]) for name in sorted(profiles)], PROFILE_COLUMNS),
        *session,
        *_columns(events, EVENT_COLUMNS),
        *_columns(sorted(coupons, key=itemgetter(0)), COUPON_COLUMNS),
        *_columns(sorted(budgets, key=itemgetter(0, 1)), BUDGET_COLUMNS),
    )


def _both(first: UpdateProfile, second: UpdateProfile) -> UpdateProfile:
    """Two updates of one profile as one: its row is written once."""
    return UpdateProfile(
        first.integration_id,
        {**first.attributes, **second.attributes},
        first.closed_sessions + second.closed_sessions,
        EXACT.add(first.total_sales, second.total_sales),
        second.active_at or first.active_at,
    )


def _session_row(change: SaveSession) -> Row:
    session = change.session
    return (
        session.integration_id,
        session.profile_id,
        session.state,
        change.expected_update_count,
        session.first_session,
        session.created,
        encode_session(session),
        encode_effects(change.effects),
        encode_consumed(change.consumed),
    )


def _columns(rows: Sequence[Row], width: int) -> list[list[object] | None]:
    """Rows turned into columns; without rows NULLs, which cost less to send than as many empty columns."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [None] * width
