"""Everything an evaluation can ask to have stored, as one closed union.

Storage matches it exhaustively; a new kind of change is added to its noun's file, to this union and to storage, and the
type checker points at what is missing. A change that consumes something knows its inverse, which is how cancelling,
returning and reopening work.
"""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct, structs

from largesse.engine.attributes import RelyOnAttributes
from largesse.engine.budgets import CountBudget
from largesse.engine.codes.coupons import ReserveCoupon, SetCouponAttributes, UseCoupon
from largesse.engine.codes.creations import CreateCoupon, CreateReferral
from largesse.engine.codes.referrals import SetReferralAttributes, UseReferral
from largesse.engine.customers.audiences import ChangeMembership
from largesse.engine.customers.profiles import SetProfileAttributes, UpdateProfile
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.changes import LedgerChange, UsePoints
from largesse.engine.money import EXACT, ZERO
from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.engine.rewards.achievements import MoveProgress
from largesse.engine.rewards.giveaways import AwardGiveaway
from largesse.engine.shopping.events import TrackEvent
from largesse.engine.shopping.returns import RecordReturn
from largesse.engine.shopping.sessions import Session

# What closing a session consumes beside its effects, and cancelling it gives back.
Consumption: TypeAlias = UseCoupon | UseReferral | CountBudget | UpdateProfile | UsePoints | MoveProgress


class SaveSession(Struct, frozen=True):
    """Change: store a session whole.

    Refused when the stored one has moved on from `expected_update_count` (0: there must be none). `effects` are the
    session's net effects from now on, each with what it used up, `consumed` what else cancelling would have to give
    back.
    """

    session: Session
    expected_update_count: int
    effects: tuple[EffectRecord, ...]
    consumed: tuple[Consumption, ...] = ()


class RecordEvent(Struct, frozen=True):
    """Change: append one event of the session that is stored, with the effects that were returned for it."""

    type: str
    effects: tuple[EffectRecord, ...]


Change: TypeAlias = (
    SaveSession
    | RecordEvent
    | TrackEvent
    | RecordReturn
    | UpdateProfile
    | UseCoupon
    | UseReferral
    | CountBudget
    | SetCouponAttributes
    | SetReferralAttributes
    | SetProfileAttributes
    | RelyOnAttributes
    | ReserveCoupon
    | ChangeMembership
    | LedgerChange
    | AwardGiveaway
    | CreateCoupon
    | CreateReferral
    | CallWebhook
    | MoveProgress
)


def consumed_by(effects: Iterable[EffectRecord], consumed: Iterable[Consumption]) -> tuple[Consumption, ...]:
    """All that these effects used up and all that was consumed beside them, each counter and each coupon once."""
    return together([*consumed, *(use for record in effects for use in record.used)])


def together(changes: Iterable[Consumption]) -> tuple[Consumption, ...]:
    """The same consumption with one change for each counter of a budget, each use of a coupon by a profile, and
    each iteration of an achievement."""
    budgets: dict[tuple[int, str], CountBudget] = {}
    coupons: dict[tuple[int, str], UseCoupon] = {}
    progress: dict[tuple[str, int], MoveProgress] = {}
    others: list[Consumption] = []
    for change in changes:
        match change:
            case CountBudget():
                counter = (change.campaign_id, change.key)
                counted = budgets.get(counter)
                amount = change.amount if counted is None else EXACT.add(counted.amount, change.amount)
                budgets[counter] = structs.replace(change, amount=amount)
            case UseCoupon():
                user = (change.coupon_id, change.profile_id)
                used = coupons.get(user)
                coupons[user] = change if used is None else _both(used, change)
            case MoveProgress():
                iteration = (change.profile_id, change.tracker_id)
                moved = progress.get(iteration)
                progress[iteration] = change if moved is None else moved.and_then(change)
            case _:
                others.append(change)
    return (*coupons.values(), *budgets.values(), *progress.values(), *others)


def inverses(consumed: Iterable[Consumption]) -> tuple[Consumption, ...]:
    """What gives back all that was consumed."""
    return tuple(change.inverse() for change in consumed)


def moved(given_back: Iterable[Consumption], used: Iterable[Consumption]) -> tuple[Consumption, ...]:
    """What is used less what is given back, one change for each counter; only what grows keeps its limit."""
    found: list[Consumption] = []
    for change in together([*inverses(given_back), *used]):
        match change:
            case CountBudget(amount=amount) if amount <= ZERO:
                if amount:
                    found.append(structs.replace(change, limit=None))
            case UseCoupon(uses=0, discount=discount) if not discount:
                pass
            case _:
                found.append(change)
    return tuple(found)


def _both(first: UseCoupon, second: UseCoupon) -> UseCoupon:
    discount = EXACT.add(first.discount, second.discount)
    return UseCoupon(first.coupon_id, first.profile_id, first.uses + second.uses, discount)
