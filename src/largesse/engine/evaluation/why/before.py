"""A closed session has used up its codes and budgets itself: to say why it got what it got, that is given back."""

from msgspec import structs

from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Consumption, consumed_by
from largesse.engine.codes.coupons import Coupon, UseCoupon
from largesse.engine.codes.referrals import UseReferral
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.effects.loyalty.taking_back import unearned
from largesse.engine.effects.rewards.award_giveaway import not_awarded
from largesse.engine.facts import Facts, StoredSession
from largesse.engine.money import ZERO
from largesse.engine.rewards.achievements import MoveProgress, without


def before_closing(facts: Facts, profile: Profile | None, stored: StoredSession) -> tuple[Facts, Profile | None]:
    """The facts and the profile without what this session has consumed; unchanged for an open one."""
    consumed = consumed_by(stored.effects, stored.consumed)
    coupons = {code: _unused(coupon, consumed) for code, coupon in facts.coupons.items()}
    used = dict(facts.used)
    iterations = dict(facts.iterations)
    referral = facts.referral
    for change in consumed:
        match change:
            case CountBudget(campaign_id, key, amount=amount):
                used[campaign_id, key] = used.get((campaign_id, key), ZERO) - amount
            case UpdateProfile(closed_sessions=closed, total_sales=sales) if profile is not None:
                profile = structs.replace(
                    profile,
                    closed_sessions=profile.closed_sessions - closed,
                    total_sales=profile.total_sales - sales,
                )
            case UseReferral(referral_id, uses=uses) if referral is not None and referral.id == referral_id:
                referral = structs.replace(referral, usage_counter=referral.usage_counter - uses)
            case MoveProgress(achievement_id, tracker_id=tracker_id):
                iteration = iterations.get(achievement_id)
                if iteration is not None and iteration.tracker_id == tracker_id:
                    iterations[achievement_id] = without(iteration, change)
            case _:
                pass
    found = not_awarded(facts, stored.effects, stored.session.updated)
    ledgers = unearned(facts.ledgers, stored.effects)
    return structs.replace(
        found, coupons=coupons, used=used, referral=referral, ledgers=ledgers, iterations=iterations
    ), profile


def _unused(coupon: Coupon, consumed: tuple[Consumption, ...]) -> Coupon:
    for change in consumed:
        if isinstance(change, UseCoupon) and change.coupon_id == coupon.id:
            coupon = structs.replace(
                coupon,
                usage_counter=coupon.usage_counter - change.uses,
                discount_counter=coupon.discount_counter - change.discount,
                profile_redemptions=coupon.profile_redemptions - change.uses,
            )
    return coupon
