"""acceptReferral and rollbackReferral: a referral code is good, and later is given back."""

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class AcceptReferralProps(Props, frozen=True):
    """The code as it was entered."""

    value: str

    def undone(self) -> tuple[str, Props]:
        """The code can be used again, and the friend be referred again."""
        return "rollbackReferral", RollbackReferralProps(self.value)


class RollbackReferralProps(Props, frozen=True):
    """The code that can be used again."""

    value: str


ACCEPT_REFERRAL = Effect(
    name="acceptReferral",
    props=AcceptReferralProps,
    doc="The referral code of the session is valid: a rule that asks for a valid referral has fired with it. Comes "
    "before that rule's own effects; the code is redeemed once the session is closed.",
    example={"value": "REF-1"},
)

ROLLBACK_REFERRAL = Effect(
    name="rollbackReferral",
    props=RollbackReferralProps,
    doc="A redeemed referral code is usable again because its session was cancelled or opened again.",
    example={"value": "REF-1"},
)
