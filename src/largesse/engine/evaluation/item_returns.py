"""Returning items: the effects on the returned units are taken back, and exactly what they used up is given back.

An effect belongs to a unit where its undoing names that unit. Where cart items are not flattened, an effect is for a
whole line: a return then takes back the share of its value that falls on the returned units, and the effect's use of
budgets that count effects only when nothing of the line is left. Everything else (coupons, discounts of the session,
other items) goes on holding. Source: semantics, section 17; decision 0011.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from msgspec import UNSET, Struct, structs

from largesse.engine.changes import Change, Consumption, RecordEvent, SaveSession, inverses, together
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.effects.loyalty.rollback_added_loyalty_points import RollbackAddedLoyaltyPointsProps
from largesse.engine.effects.loyalty.taking_back import TakingBack
from largesse.engine.effects.record import EffectRecord, Use, amounts_of
from largesse.engine.effects.rollback_discount import RollbackDiscountProps
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.rollback import less, profile_after, rolled_back, value_of
from largesse.engine.facts import Moment, StoredSession
from largesse.engine.loyalty.programs import rounded
from largesse.engine.money import EXACT, QUOTIENTS, shortest, total
from largesse.engine.shopping.cart import CartItem
from largesse.engine.shopping.returns import RecordReturn, Returned


class TakenBack(Struct, frozen=True):
    """What a return does to a session's effects: the rollbacks, the effects that go on holding, what is given back."""

    rollbacks: tuple[EffectRecord, ...]
    kept: tuple[EffectRecord, ...]
    uses: tuple[Use, ...]


def return_items(
    returned: Returned, profile: Profile | None, before: StoredSession, moment: Moment, taking: TakingBack
) -> Outcome:
    """Carry out an accepted return of items of the session stored as `before`."""
    session = returned.session
    taken = take_back(before.effects, before.session.cart_items, session.cart_items, taking)
    sales = EXACT.subtract(before.session.totals.total, session.totals.total)
    with localcontext(EXACT):
        given_back: list[Consumption] = [*inverses(together(taken.uses))]
        if session.profile_id:
            given_back.append(UpdateProfile(session.profile_id, total_sales=-sales))
    changes: tuple[Change, ...] = (
        SaveSession(session, before.session.update_count, taken.kept, less_sales(before.consumed, sales)),
        RecordEvent("talon_session_partially_returned", taken.rollbacks),
        RecordReturn(session.integration_id, session.profile_id, returned.lines),
        *given_back,
        *taking.changes,
    )
    return Outcome(session, profile_after(profile, given_back), taken.rollbacks, () if moment.dry else changes)


def take_back(
    effects: Sequence[EffectRecord], before: Sequence[CartItem], after: Sequence[CartItem], taking: TakingBack
) -> TakenBack:
    """Sort a session's effects by what a return from the cart `before` to the cart `after` does to them."""
    rollbacks: list[EffectRecord] = []
    kept: list[EffectRecord] = []
    uses: list[Use] = []
    for record in effects:
        rollback = rolled_back(record)
        value = None if rollback is None else _share(rollback, before, after)
        if rollback is None or value is None:
            kept.append(record)
            continue
        part = structs.replace(rollback, props=structs.replace(rollback.props, value=value))
        settled = taking.settled(record, part)
        rollbacks += settled
        taken = total([value_of(each) for each in settled])
        if not settled:
            kept.append(record)
        elif taken < value_of(rollback):
            kept.append(less(record, taken))
            uses += amounts_of(record.used, taken)
        else:
            uses += record.used
    return TakenBack(tuple(rollbacks), tuple(kept), tuple(uses))


def less_sales(consumed: tuple[Consumption, ...], sales: Decimal) -> tuple[Consumption, ...]:
    """What is left to give back of a session's consumption once some of its sales have been."""
    return tuple(
        structs.replace(change, total_sales=EXACT.subtract(change.total_sales, sales))
        if isinstance(change, UpdateProfile)
        else change
        for change in consumed
    )


def _share(rollback: EffectRecord, before: Sequence[CartItem], after: Sequence[CartItem]) -> Decimal | None:
    """How much of an effect a return takes back, given the effect that would take back all of it; None for nothing."""
    props = rollback.props
    if not isinstance(props, RollbackDiscountProps | RollbackAddedLoyaltyPointsProps):
        return None
    if props.cart_item_position is UNSET:
        return None
    was, now = before[props.cart_item_position], after[props.cart_item_position]
    if props.cart_item_sub_position is not UNSET:
        is_back = was.returned_quantity <= props.cart_item_sub_position < now.returned_quantity
        return props.value if is_back else None
    units = now.returned_quantity - was.returned_quantity
    if not units:
        return None
    if not now.remaining_quantity:
        return props.value
    value = QUOTIENTS.divide(EXACT.multiply(props.value, units), was.remaining_quantity)
    return shortest(value if isinstance(props, RollbackDiscountProps) else rounded(value))
