"""Cancelling and reopening: what a session's closing did is taken back, effect by effect and change by change.

A cancelled open session has nothing to give back: nothing of it was used up. Effects that nothing takes back (a free
item, a notification) go on holding; cancelling gives back their budgets, reopening does not [IA reopenCustomerSession].
Codes that were made stay made, and their budgets used.
Source: semantics, section 17.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from typing import NamedTuple, assert_never

from msgspec import structs

from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Change, Consumption, RecordEvent, SaveSession, consumed_by, inverses, together
from largesse.engine.codes.coupons import Coupon, UseCoupon
from largesse.engine.codes.referrals import UseReferral
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.effects.loyalty.in_place import points_in_place
from largesse.engine.effects.loyalty.rollback_added_loyalty_points import RollbackAddedLoyaltyPointsProps
from largesse.engine.effects.loyalty.taking_back import TakingBack, unearned
from largesse.engine.effects.record import EffectRecord, Use, amounts_of, is_amount, told
from largesse.engine.effects.rewards.achievement_progress import as_they_stand
from largesse.engine.effects.rollback_discount import RollbackDiscountProps
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.facts import Facts, Moment, StoredSession
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.loyalty.in_place import budgets_used, joined
from largesse.engine.money import EXACT, ZERO, shortest, total
from largesse.engine.refusals import INVALID_TRANSITION, Refusal
from largesse.engine.rewards.achievements import MoveProgress
from largesse.engine.rewards.achievements import without as without_progress
from largesse.engine.shopping.sessions import Session, SessionEvent


def cancel(
    session: Session,
    profile: Profile | None,
    before: StoredSession,
    moment: Moment,
    event: SessionEvent,
    taking: TakingBack,
    trackers: Mapping[int, Decimal],
) -> Outcome:
    """Cancel a session: `session` is it after the update, `before` as it is stored. `trackers` are the iterations of
    achievements that progress may be taken back from, and how far they are."""
    was_closed = event == "talon_session_revoked"
    standing = as_they_stand(before.effects, trackers) if was_closed else ()
    effects, kept, _ = _apart(standing, taking)
    undone = [record for record, may_be_undone in standing if may_be_undone and not record.props.lasts()]
    in_place = budgets_used(before.session.points_in_place)
    given_back = inverses(together([*consumed_by(undone, before.consumed), *in_place]))
    activity = (UpdateProfile(session.profile_id, active_at=moment.now),) if session.profile_id else ()
    changes = (
        SaveSession(session, before.session.update_count, told(kept)),
        RecordEvent(event, effects),
        *activity,
        *given_back,
        *taking.changes,
    )
    profile = profile_after(profile, given_back)
    if profile is not None and not moment.dry:
        profile = structs.replace(profile, last_activity=moment.now)
    return Outcome(session, profile, effects, () if moment.dry else changes)


def reopen(
    before: StoredSession, profile: Profile | None, now: datetime, taking: TakingBack, trackers: Mapping[int, Decimal]
) -> Outcome | Refusal:
    """Open a closed session again, or say why it cannot be; `trackers` as for `cancel`."""
    stored = before.session
    if stored.state != "closed":
        details = f'a session with state "{stored.state}" cannot be reopened'
        return Refusal(INVALID_TRANSITION, details, "")
    session = structs.replace(stored, state="open", update_count=stored.update_count + 1, updated=now)
    standing = as_they_stand(before.effects, trackers)
    effects, kept, uses = _apart(standing, taking)
    left = joined([*points_in_place(kept, stored.updated), *stored.points_in_place])
    session = structs.replace(session, points_in_place=left)
    with localcontext(EXACT):
        given_back = inverses(together([*before.consumed, *uses]))
    changes: tuple[Change, ...] = (
        SaveSession(session, stored.update_count, told(kept)),
        RecordEvent("talon_session_reopened", effects),
        *given_back,
        *taking.changes,
    )
    return Outcome(session, profile_after(profile, given_back), effects, changes)


def taking_back(programs: Programs, session: Session, facts: Facts, now: datetime) -> TakingBack:
    """What takes points back that a session has given or spent."""
    loyalty = programs.definitions.loyalty_programs.values()
    return TakingBack(loyalty, facts.ledgers, session.integration_id, now)


def rolled_back(record: EffectRecord) -> EffectRecord | None:
    """The effect that takes another one back, None where nothing does."""
    undone = record.props.undone()
    if undone is None:
        return None
    effect_type, props = undone
    return structs.replace(record, effect_type=effect_type, props=props, used=())


def profile_after(profile: Profile | None, given_back: Iterable[Consumption]) -> Profile | None:
    """The profile once its counters have moved, for the answer."""
    for change in given_back:
        if profile is not None and isinstance(change, UpdateProfile):
            profile = structs.replace(
                profile,
                closed_sessions=profile.closed_sessions + change.closed_sessions,
                total_sales=EXACT.add(profile.total_sales, change.total_sales),
            )
    return profile


def without(facts: Facts, consumed: Iterable[Consumption], effects: Iterable[EffectRecord]) -> Facts:
    """The facts as if something had not been consumed, and these effects had neither awarded nor spent points."""
    used = dict(facts.used)
    coupons = {coupon.id: coupon for coupon in facts.coupons.values()}
    referral = facts.referral
    iterations = dict(facts.iterations)
    for change in consumed:
        match change:
            case CountBudget(campaign_id, key):
                if (campaign_id, key) in used:
                    used[campaign_id, key] = max(ZERO, used[campaign_id, key] - change.amount)
            case UseCoupon(coupon_id):
                if coupon_id in coupons:
                    coupons[coupon_id] = _unused(coupons[coupon_id], change)
            case UseReferral(referral_id, uses=uses):
                if referral is not None and referral.id == referral_id:
                    referral = structs.replace(referral, usage_counter=max(0, referral.usage_counter - uses))
            case MoveProgress(achievement_id, tracker_id=tracker_id):
                iteration = iterations.get(achievement_id)
                if iteration is not None and iteration.tracker_id == tracker_id:
                    iterations[achievement_id] = without_progress(iteration, change)
            case UpdateProfile() | UsePoints():
                pass  # the profile is no fact of this kind: see `profile_after`; points are given back below
            case _:
                assert_never(change)
    by_code = {code: coupons[coupon.id] for code, coupon in facts.coupons.items()}
    ledgers = unearned(facts.ledgers, effects)
    return structs.replace(facts, coupons=by_code, used=used, referral=referral, ledgers=ledgers, iterations=iterations)


def _unused(coupon: Coupon, use: UseCoupon) -> Coupon:
    return structs.replace(
        coupon,
        usage_counter=max(0, coupon.usage_counter - use.uses),
        discount_counter=max(ZERO, coupon.discount_counter - use.discount),
        profile_redemptions=max(0, coupon.profile_redemptions - use.uses),
    )


def value_of(record: EffectRecord) -> Decimal:
    """How much is taken back by an effect that takes another one back in parts; 0 for others."""
    match record.props:
        case RollbackDiscountProps(value=value) | RollbackAddedLoyaltyPointsProps(value=value):
            return value
        case _:
            return ZERO


def less(record: EffectRecord, value: Decimal) -> EffectRecord:
    """An effect of which so much was taken back, and the rest goes on holding."""
    rest = shortest(EXACT.subtract(getattr(record.props, "value", ZERO), value))
    used = tuple(_left_of(use, value) for use in record.used)
    return structs.replace(record, props=structs.replace(record.props, value=rest), used=used)


def _left_of(use: Use, value: Decimal) -> Use:
    if isinstance(use, UseCoupon):
        return structs.replace(use, discount=EXACT.subtract(use.discount, value))
    if isinstance(use, CountBudget) and is_amount(use):
        return structs.replace(use, amount=EXACT.subtract(use.amount, value))
    return use


class _Apart(NamedTuple):
    """The effects that take others back, the effects that go on holding, and what is given back for the former."""

    rollbacks: tuple[EffectRecord, ...]
    kept: tuple[EffectRecord, ...]
    uses: tuple[Use, ...]


def _apart(standing: Sequence[tuple[EffectRecord, bool]], taking: TakingBack) -> _Apart:
    taking.give_back(record for record, _ in standing)
    rollbacks: list[EffectRecord] = []
    kept: list[EffectRecord] = []
    uses: list[Use] = []
    for record, may_be_undone in standing:
        rollback = rolled_back(record) if may_be_undone else None
        settled = () if rollback is None else taking.settled(record, rollback)
        rollbacks += settled
        taken = total([value_of(each) for each in settled])
        if rollback is None or not settled:
            kept.append(record)
        elif taken < value_of(rollback):
            kept.append(less(record, taken))
            uses += amounts_of(record.used, taken)
        else:
            uses += record.used
    return _Apart(tuple(rollbacks), tuple(kept), tuple(uses))
