"""Using up what is limited: campaign budgets and the money on a coupon.

Every use is checked against what is stored plus what this evaluation has used already. Source: semantics, section 13.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from largesse.engine.budgets import OVERALL, Action, CountBudget, Limit, Subject, keys
from largesse.engine.campaigns import Campaign
from largesse.engine.codes.coupons import Coupon, CouponRejection, UseCoupon
from largesse.engine.codes.referrals import ReferralRejection
from largesse.engine.money import ZERO
from largesse.engine.shopping.sessions import Session
from largesse.engine.state import LimitReachedError, Pass, State

ONE = Decimal(1)

# In the order in which callers learn of several budgets that are used up.
_BUDGET_REASONS: tuple[CouponRejection, ...] = ("CouponLimitReached", "ProfileLimitReached", "CampaignLimitReached")

_REFERRAL_BUDGET_REASONS: tuple[ReferralRejection, ...] = (
    "ReferralLimitReached",
    "ProfileLimitReached",
    "CampaignLimitReached",
)


class Grant(NamedTuple):
    """What an effect may give: the amount and, where it may be cut to what is left of a budget, the amount wanted."""

    value: Decimal
    desired: Decimal | None


def grant_discount(state: State, amount: Decimal, partial: bool) -> Grant:
    """Take a discount from the campaign's budgets and from the money on the coupon.

    With `partial`, a discount larger than what is left is cut to it, unless nothing is left. Raises LimitReachedError
    otherwise.
    """
    current = state.now_pass
    value = amount
    coupon = current.coupon if current.coupon_wanted else None
    if current.limits or (coupon is not None and coupon.discount_limit is not None):
        room = _smaller(_room(state, "setDiscount"), _room_on(coupon, state))
        if room is not None and room < amount:
            if not partial or room <= ZERO:
                raise LimitReachedError(f"a discount of {amount} is more than the {max(room, ZERO)} left of its budget")
            value = room
        use(state, "setDiscountEffect", ONE)
        _count(state, "setDiscount", value)
    if coupon is not None and coupon.discount_limit is not None:
        state.put(state.spent, coupon.id, state.spent.get(coupon.id, ZERO) + value)
        state.uses.append(UseCoupon(coupon.id, state.session.profile_id, 0, value))
    return Grant(value, amount if partial else None)


def use(state: State, action: Action, amount: Decimal) -> None:
    """Count an action against its budgets on behalf of the effect emitted next, or raise LimitReachedError."""
    if not state.now_pass.limits:
        return
    room = _room(state, action)
    if room is not None and room < amount:
        raise LimitReachedError(f"the budget for {action} is used up")
    _count(state, action, amount)


def count_again(state: State, used: Iterable[CountBudget]) -> None:
    """Count what points have used that the session has awarded before."""
    for use in used:
        place = (use.campaign_id, use.key)
        counted = state.counts.get(place)
        state.put(
            state.counts, place, use if counted is None else structs.replace(use, amount=counted.amount + use.amount)
        )


def room_for_units(state: State, action: Action) -> Decimal | None:
    """How often an action can still be done; None means without end."""
    return _room(state, action) if state.now_pass.limits else None


def redeems_per_profile(current: Pass) -> bool:
    """Whether a budget of redeeming the coupon of a pass is counted per profile."""
    return any("Profile" in limit.entities for limit, _ in current.limits.get("redeemCoupon", ()))


def redemption_rejection(state: State) -> CouponRejection | None:
    """Why the budgets of its campaign do not allow the coupon of this pass to be redeemed once more."""
    reasons = {
        _reason_of(limit)
        for limit, names in state.now_pass.limits.get("redeemCoupon", ())
        if any(_left(state, limit, key) < ONE for key in names)
    }
    return next((reason for reason in _BUDGET_REASONS if reason in reasons), None)


def referral_budget_rejection(state: State) -> ReferralRejection | None:
    """Why the budgets of its campaign do not allow the referral of this pass to be redeemed once more."""
    reasons = {
        _referral_reason_of(limit)
        for limit, names in state.now_pass.limits.get("redeemReferral", ())
        if any(_left(state, limit, key) < ONE for key in names)
    }
    return next((reason for reason in _REFERRAL_BUDGET_REASONS if reason in reasons), None)


def limits_for(
    campaign: Campaign, coupon: Coupon | None, subject: Subject, of_store: Iterable[Limit] = ()
) -> dict[str, tuple[tuple[Limit, tuple[str, ...]], ...]]:
    """The limits of a campaign by action, each with its counters for one pass.

    A coupon's own limits stand in for the campaign's limits per profile on the same action. Budgets of the session's
    store (`of_store`) hold beside them, with counters of their own.
    """
    found: dict[str, list[tuple[Limit, tuple[str, ...]]]] = {}
    own = coupon.limits if coupon is not None else ()
    replaced = {limit.action for limit in own}
    for limit in campaign.limits:
        if limit.action in replaced and limit.entities == ("Profile",):
            continue
        found.setdefault(limit.action, []).append((limit, keys(limit, subject)))
    for limit in own:
        names = tuple(f"own:{key}|Coupon={subject.coupon_code}" for key in keys(limit, subject))
        found.setdefault(limit.action, []).append((limit, names))
    for limit in of_store:
        found.setdefault(limit.action, []).append((limit, store_keys(limit, subject)))
    return {action: tuple(limits) for action, limits in found.items()}


def store_keys(limit: Limit, subject: Subject) -> tuple[str, ...]:
    """The counters of a store budget."""
    return tuple(f"store:{key}" for key in keys(limit, subject))


def subject_of(session: Session, local_now: datetime, coupon_code: str, referral_code: str) -> Subject:
    """Whose budgets are used: `local_now` is the moment in the Application's time zone, the codes are as stored,
    "" where there is none."""
    return Subject(
        local_now=local_now,
        session_id=session.integration_id,
        profile_id=session.profile_id,
        coupon_code=coupon_code,
        referral_code=referral_code,
        identifiers=session.identifiers,
        store_id=session.store_integration_id or "",
    )


def _room(state: State, action: Action) -> Decimal | None:
    room: Decimal | None = None
    for limit, names in state.now_pass.limits.get(action, ()):
        if "Profile" in limit.entities and not state.session.profile_id:
            raise LimitReachedError(f"the budget for {action} is per profile, and the session has none")
        for key in names:
            room = _smaller(room, _left(state, limit, key))
    return room


def _count(state: State, action: Action, amount: Decimal) -> None:
    current = state.now_pass
    for limit, names in current.limits.get(action, ()):
        for key in names:
            place = (current.campaign.id, key)
            counted = state.counts.get(place)
            sum_so_far = amount if counted is None else counted.amount + amount
            state.put(
                state.counts,
                place,
                CountBudget(current.campaign.id, key, action, limit.period or OVERALL, sum_so_far, limit.limit),
            )
            state.uses.append(
                CountBudget(current.campaign.id, key, action, limit.period or OVERALL, amount, limit.limit)
            )


def _left(state: State, limit: Limit, key: str) -> Decimal:
    place = (state.now_pass.campaign.id, key)
    counted = state.counts.get(place)
    used = state.facts.used.get(place, ZERO)
    return limit.limit - used - (counted.amount if counted is not None else ZERO)


def _room_on(coupon: Coupon | None, state: State) -> Decimal | None:
    remainder = None if coupon is None else coupon.discount_remainder
    return None if coupon is None or remainder is None else remainder - state.spent.get(coupon.id, ZERO)


def _smaller(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None:
        return right if left is None else left
    return min(left, right)


def _reason_of(limit: Limit) -> CouponRejection:
    if "Profile" in limit.entities:
        return "ProfileLimitReached"
    return "CouponLimitReached" if "Coupon" in limit.entities else "CampaignLimitReached"


def _referral_reason_of(limit: Limit) -> ReferralRejection:
    if "Profile" in limit.entities:
        return "ProfileLimitReached"
    return "ReferralLimitReached" if "Referral" in limit.entities else "CampaignLimitReached"
