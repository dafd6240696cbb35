"""Conditions on the referral code of the session."""

from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, Function


def referral_valid(frame: EvaluationFrame) -> bool:
    """Whether the session's referral can be used; the rule will redeem it when it fires."""
    current = frame.state.now_pass
    if current.referral is None or current.referral_rejection is not None:
        return False
    current.referral_wanted = True
    return True


def referral_valid_without_redemption(frame: EvaluationFrame) -> bool:
    """Whether the session's referral could be used; the rule leaves it as it is."""
    current = frame.state.now_pass
    return current.referral is not None and current.referral_rejection is None


REFERRAL_FUNCTIONS = (
    Function(
        "referralValid()Boolean",
        referral_valid,
        "Whether the session's referral code belongs to this campaign and may be used now by this customer. Where the "
        "rule fires the code is accepted, and redeemed when the session is closed.",
        (Example(["referralValid"], True),),
        needs_frame=True,
    ),
    Function(
        "referralValidNoRedeem()Boolean",
        referral_valid_without_redemption,
        "As referralValid, but the code is neither accepted nor redeemed by this rule.",
        (Example(["referralValidNoRedeem"], True),),
        needs_frame=True,
    ),
)
