"""reserveCoupon: the coupon of the pass is put aside for the customer."""

from largesse.engine.budgets import CountBudget
from largesse.engine.codes.coupons import ReserveCoupon
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.evaluation.spending import ONE, use
from largesse.engine.frame import EvaluationFrame
from largesse.engine.state import Lasting, LimitReachedError
from largesse.language import Example, ExpressionError, Function


class ReserveCouponProps(Props, frozen=True):
    """The code, the integration id of the profile that holds it, and whether it did not hold it before."""

    coupon_value: str
    profile_integration_id: str
    is_new_reservation: bool


def reserve_coupon(frame: EvaluationFrame) -> None:
    """Reserve the coupon for the profile at once, whether or not the session is closed; who holds it keeps it.

    A coupon that only those may redeem who hold it can be reserved, one that cannot be used for another reason cannot.
    """
    state = frame.state
    coupon, rejection = state.now_pass.coupon, state.now_pass.rejection
    if coupon is None:
        raise ExpressionError("there is no Coupon in this evaluation")
    if frame.profile is None:
        raise ExpressionError("there is no Profile in this evaluation to reserve a coupon for")
    if rejection not in (None, "CouponReservationRequired"):
        raise ExpressionError(f"the coupon {coupon.value} cannot be reserved: {rejection}")
    profile_id = frame.profile.integration_id
    place = ("reservation", coupon.id)
    is_new = not coupon.reserved_for_profile and place not in state.lasting
    if is_new:
        limit = coupon.reservation_limit
        if limit is not None and coupon.reservation_counter >= limit:
            raise LimitReachedError(f"the coupon {coupon.value} is reserved as often as it may be")
        use(state, "reserveCoupon", ONE)
        counts = [each for each in state.take_uses() if isinstance(each, CountBudget)]
        made: tuple[Lasting, ...] = (ReserveCoupon(coupon.id, profile_id, within_limit=True), *counts)
        state.put(state.lasting, place, made)
    state.emit("reserveCoupon", ReserveCouponProps(coupon.value, profile_id, is_new))


RESERVE_COUPON = Effect(
    name="reserveCoupon",
    props=ReserveCouponProps,
    doc="A coupon is reserved for the customer, as of now and whatever becomes of the session.",
    functions=(
        Function(
            "reserveCoupon()Null",
            reserve_coupon,
            "Reserve the coupon of this pass for the customer, unless it is reserved as often as it may be.",
            (
                Example(
                    ["reserveCoupon"],
                    [{"couponValue": "TENOFF", "profileIntegrationId": "ann", "isNewReservation": True}],
                ),
            ),
            needs_frame=True,
        ),
    ),
)
