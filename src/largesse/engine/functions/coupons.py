"""Conditions on the coupon of the pass."""

from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, Function


def coupon_valid(frame: EvaluationFrame) -> bool:
    """Whether the coupon of this pass can be used; the rule will redeem it when it fires."""
    current = frame.state.now_pass
    if current.coupon is None or current.rejection is not None:
        return False
    current.coupon_wanted = True
    return True


def coupon_valid_without_redemption(frame: EvaluationFrame) -> bool:
    """Whether the coupon of this pass could be used; the rule leaves it as it is."""
    current = frame.state.now_pass
    return current.coupon is not None and current.rejection is None


COUPON_FUNCTIONS = (
    Function(
        "couponValid()Boolean",
        coupon_valid,
        "Whether a code of the session belongs to this campaign and may be used now by this customer. Where the rule "
        "fires the code is accepted, and redeemed when the session is closed.",
        (Example(["couponValid"], True),),
        needs_frame=True,
    ),
    Function(
        "couponValidNoRedeem()Boolean",
        coupon_valid_without_redemption,
        "As couponValid, but the code is neither accepted nor redeemed by this rule.",
        (Example(["couponValidNoRedeem"], True),),
        needs_frame=True,
    ),
)
