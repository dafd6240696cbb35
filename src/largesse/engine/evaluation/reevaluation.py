"""Returning items and evaluating again: campaigns that want it decide anew about what is left of the cart.

Only campaigns that are reevaluated on return, that are running, and that produced an effect when the session was closed
take part. They decide as if they had not decided before: their own use of budgets, their redemptions and the session
itself do not stand in their way. What comes out replaces the discounts, codes and points they had: what is the same
stays, what is missing is taken back, what is new is given. Effects that nothing takes back (a notification, a free
item, an attribute's value) were carried out on closing; they stay, and are not carried out again. Other campaigns keep
what they gave, and are not seen. Source: semantics, section 17.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import localcontext
from typing import assert_never

import msgspec
from msgspec import UNSET, Struct, structs

from largesse.engine.budgets import CountBudget
from largesse.engine.changes import (
    Change,
    Consumption,
    RecordEvent,
    SaveSession,
    consumed_by,
    inverses,
    moved,
    together,
)
from largesse.engine.codes.coupons import UseCoupon
from largesse.engine.codes.referrals import UseReferral
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.effects.loyalty.again import (
    PointsDifference,
    hold_points,
    is_award,
    is_of_points,
    points_difference,
)
from largesse.engine.effects.loyalty.taking_back import TakingBack
from largesse.engine.effects.record import EffectRecord, told
from largesse.engine.effects.rewards.award_giveaway import not_awarded
from largesse.engine.evaluation.activation import takes_part
from largesse.engine.evaluation.conclusion import reservations
from largesse.engine.evaluation.item_returns import TakenBack, less_sales, take_back
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.rollback import profile_after, rolled_back, taking_back, without
from largesse.engine.evaluation.stage import Stage, set_stage
from largesse.engine.evaluation.tree import walk_tree
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.money import EXACT, ZERO
from largesse.engine.rewards.achievements import MoveProgress
from largesse.engine.shopping.events import Event
from largesse.engine.shopping.returns import RecordReturn, Returned
from largesse.engine.shopping.sessions import Session

# Only what the campaigns are made to forget beforehand can be decided anew: see `without`.
REPLACED = frozenset({"rollbackDiscount", "rollbackCoupon", "rollbackReferral"})
ANSWERS = frozenset({"rejectCoupon", "rejectReferral"})

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def moment_for(programs: Programs, session: Session, moment: Moment) -> Moment:
    """The same moment for the campaigns only that evaluate a session again."""
    again = frozenset(
        campaign_id
        for campaign_id in session.rewarding_campaigns
        if (program := programs.by_id.get(campaign_id)) is not None
        and program.campaign.reevaluate_on_return
        and takes_part(program.campaign, moment)
    )
    return structs.replace(moment, evaluable_campaign_ids=again)


def return_and_reevaluate(
    programs: Programs, returned: Returned, subjects: Subjects, facts: Facts, moment: Moment
) -> Outcome:
    """Carry out an accepted return and evaluate what is left; `moment` is that of `moment_for`.

    Points do not stand in their own way in budgets either. But where those that cannot be taken back and new ones are
    together more than a budget allows, campaigns decide once more with what points have used.
    """
    with localcontext(EXACT):
        outcome = _decide(programs, returned, subjects, facts, moment, frees_points=True)
        if _is_overdrawn(outcome, facts):
            outcome = _decide(programs, returned, subjects, facts, moment, frees_points=False)
    return structs.replace(outcome, changes=()) if moment.dry else outcome


def _decide(
    programs: Programs,
    returned: Returned,
    subjects: Subjects,
    facts: Facts,
    moment: Moment,
    *,
    frees_points: bool,
) -> Outcome:
    before, session = subjects.before, returned.session
    assert before is not None  # noqa: S101 - only a stored session can be returned
    again = moment.evaluable_campaign_ids or ()
    taking = taking_back(programs, session, facts, moment.now)
    taken = take_back(before.effects, before.session.cart_items, session.cart_items, taking)
    mine = [record for record in taken.kept if record.campaign_id in again]
    freed = [record for record in mine if not is_of_points(record) or (frees_points and is_award(record))]
    own = together([*taken.uses, *consumed_by(freed, _redeemed(mine, before.consumed))])
    known = structs.replace(facts, ledgers=taking.ledgers)
    stage = set_stage(
        programs,
        Subjects(session, _before_closing(subjects.profile, before.consumed), before),
        not_awarded(without(known, own, mine), mine, moment.now),
        moment,
        Event("talon_session_partially_returned"),
    )
    hold_points(stage.state, mine, taking.ledgers, before.session.updated, are_free=frees_points)
    triggered = walk_tree(stage).triggered
    decided = [record for record in stage.state.effects if record.campaign_id in again]
    difference = _compare(taken.kept, mine, decided)
    points = points_difference(stage.state, mine, decided, taking, programs.definitions.loyalty_programs.values())
    return _conclude(returned, subjects, stage, taken, taking, difference, points, tuple(triggered))


def _is_overdrawn(outcome: Outcome, facts: Facts) -> bool:
    """Whether a budget would be used beyond its limit."""
    return any(
        isinstance(change, CountBudget)
        and change.limit is not None
        and facts.used.get((change.campaign_id, change.key), ZERO) + change.amount > change.limit
        for change in outcome.changes
    )


class _Difference(Struct, frozen=True):
    """What evaluating again has changed: effects rolled back (as they were), effects given, all that holds now."""

    gone: tuple[EffectRecord, ...]
    given: tuple[EffectRecord, ...]
    kept: tuple[EffectRecord, ...]


def _compare(
    kept: Sequence[EffectRecord], mine: Iterable[EffectRecord], decided: Iterable[EffectRecord]
) -> _Difference:
    """Compare what campaigns have given before with what they give now; of equal effects the earlier one stays.

    Points are another matter: see `points_difference`.
    """
    wanted: dict[object, list[EffectRecord]] = defaultdict(list)
    for record in decided:
        if _replaceable(record):
            wanted[_identity(record)].append(record)
    gone: list[EffectRecord] = []
    stale: set[int] = set()
    for record in mine:
        if not _replaceable(record):
            continue
        same = wanted[_identity(record)]
        if same:
            same.pop()
        else:
            stale.add(id(record))
            gone.append(record)
    left = {id(record) for same in wanted.values() for record in same}
    given = tuple(record for record in decided if id(record) in left)
    return _Difference(tuple(gone), given, (*(record for record in kept if id(record) not in stale), *given))


def _replaceable(record: EffectRecord) -> bool:
    """Whether a second evaluation may replace an effect; of a code there is always one word only, yes or no."""
    undone = record.props.undone()
    return record.effect_type in ANSWERS or (undone is not None and undone[0] in REPLACED)


def _identity(record: EffectRecord) -> object:
    """What makes two effects the same to the shop."""
    coupon = None if record.triggered_by_coupon is UNSET else record.triggered_by_coupon
    return record.campaign_id, record.effect_type, coupon, _ENCODER.encode(record.props)


def _conclude(
    returned: Returned,
    subjects: Subjects,
    stage: Stage,
    taken: TakenBack,
    taking: TakingBack,
    difference: _Difference,
    points: PointsDifference,
    triggered: tuple[int, ...],
) -> Outcome:
    before, session = subjects.before, returned.session
    assert before is not None  # noqa: S101 - see return_and_reevaluate
    sales = before.session.totals.total - session.totals.total
    given_up = _redeemed(difference.gone, before.consumed)
    redeemed: tuple[Consumption, ...] = (
        *(UseCoupon(coupon_id, session.profile_id, 1) for coupon_id in _accepted(difference.given)),
        *_referrals(stage, difference.given),
    )
    moves = moved(
        [*taken.uses, *consumed_by((*difference.gone, *points.before), given_up)],
        consumed_by((*difference.given, *points.after), redeemed),
    )
    if session.profile_id:
        moves = (*moves, UpdateProfile(session.profile_id, total_sales=-sales, active_at=stage.moment.now))
    consumed = tuple(change for change in before.consumed if change not in given_up)
    effects = (
        *taken.rollbacks,
        *(rollback for record in difference.gone if (rollback := rolled_back(record)) is not None),
        *points.rollbacks,
        *told((*difference.given, *points.given)),
    )
    kept = points.applied_to(difference.kept)
    changes: tuple[Change, ...] = (
        SaveSession(session, before.session.update_count, kept, (*less_sales(consumed, sales), *redeemed)),
        RecordEvent("talon_session_partially_returned", effects),
        RecordReturn(session.integration_id, session.profile_id, returned.lines),
        *points.changes,
        *moves,
        *taking.changes,
        *reservations(stage),
    )
    profile = profile_after(subjects.profile, moves)
    unanswered = frozenset(stage.state.unanswered)
    return Outcome(session, profile, effects, changes, triggered, unanswered=unanswered)


def _accepted(effects: Iterable[EffectRecord]) -> tuple[int, ...]:
    """The ids of the coupons that effects have accepted."""
    return tuple(
        record.triggered_by_coupon
        for record in effects
        if record.effect_type == "acceptCoupon" and record.triggered_by_coupon is not UNSET
    )


def _redeemed(effects: Sequence[EffectRecord], consumed: Iterable[Consumption]) -> tuple[Consumption, ...]:
    """The redemptions that acceptances among some effects stand for."""
    accepted = frozenset(_accepted(effects))
    redeemed: list[Consumption] = []
    for change in consumed:
        match change:
            case UseCoupon(coupon_id):
                if coupon_id in accepted:
                    redeemed.append(change)
            case UseReferral():
                if _accepts_referral(effects):
                    redeemed.append(change)
            case CountBudget() | UpdateProfile() | UsePoints() | MoveProgress():
                pass
            case _:
                assert_never(change)
    return tuple(redeemed)


def _accepts_referral(effects: Iterable[EffectRecord]) -> bool:
    return any(record.effect_type == "acceptReferral" for record in effects)


def _referrals(stage: Stage, given: Iterable[EffectRecord]) -> Iterable[UseReferral]:
    """The redemption of a referral that only the second evaluation has accepted."""
    if _accepts_referral(given):
        session = stage.subjects.session
        for referral_id in stage.state.referred:
            yield UseReferral(referral_id, session.profile_id, session.integration_id, 1)


def _before_closing(profile: Profile | None, consumed: Iterable[Consumption]) -> Profile | None:
    """The profile as if the session had not been closed."""
    return profile_after(profile, inverses(consumed))
