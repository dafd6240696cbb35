"""acceptCoupon and rollbackCoupon: a code is good, and later is given back."""

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class AcceptCouponProps(Props, frozen=True):
    """The code as the coupon carries it."""

    value: str

    def undone(self) -> tuple[str, Props]:
        """The code can be used again."""
        return "rollbackCoupon", RollbackCouponProps(self.value)


class RollbackCouponProps(Props, frozen=True):
    """The code that can be used again."""

    value: str


ACCEPT_COUPON = Effect(
    name="acceptCoupon",
    props=AcceptCouponProps,
    doc="A code of the session is valid: a rule that asks for a valid coupon has fired with it. Comes before that "
    "rule's own effects; the code is redeemed once the session is closed.",
    example={"value": "TENOFF"},
)

ROLLBACK_COUPON = Effect(
    name="rollbackCoupon",
    props=RollbackCouponProps,
    doc="A redeemed code is usable again because its session was cancelled.",
    example={"value": "TENOFF"},
)
