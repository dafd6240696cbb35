"""redeemReferral: what acceptReferral says today, for shops that still listen for it."""

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, ExpressionError, Function


class RedeemReferralProps(Props, frozen=True):
    """The id of the referral and its code in its stored spelling."""

    id: int
    value: str


def redeem_referral(frame: EvaluationFrame) -> None:
    """Name the referral that this rule redeems."""
    current = frame.state.now_pass
    if current.referral is None or not current.referral_wanted:
        raise ExpressionError("there is no referral to redeem: ask for referralValid in the rule's conditions")
    frame.state.emit("redeemReferral", RedeemReferralProps(current.referral.id, current.referral.code))


REDEEM_REFERRAL = Effect(
    name="redeemReferral",
    props=RedeemReferralProps,
    doc="The referral code of the session is valid, in the words of older shops; acceptReferral comes as well. "
    "Nothing is redeemed by it: that is what `referralValid` does.",
    functions=(
        Function(
            "redeemReferral()Null",
            redeem_referral,
            "Tell older shops about the referral that the rule redeems. The rule has to ask for `referralValid`.",
            (Example(["redeemReferral"], [{"value": "REF-1"}]),),
            needs_frame=True,
        ),
    ),
)
