"""referralCreated: a new code for the customer to give to a friend."""

from collections.abc import Mapping
from decimal import Decimal

from largesse.engine.codes.creations import CreateReferral
from largesse.engine.effects.codes.options import (
    REFERRAL_OPTIONS,
    attributes_for,
    pattern_of,
    read_options,
    refuse,
    source_of,
)
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.evaluation.spending import ONE, use
from largesse.engine.formats.codes import code_from
from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, ExpressionError, Function, Value


class ReferralCreatedProps(Props, frozen=True):
    """The code of the new referral."""

    value: str

    def lasts(self) -> bool:
        """A referral once made stays, and so does its share of the budget."""
        return True


def create_referral(
    frame: EvaluationFrame, campaign_id: Decimal, friend: str, options: Mapping[str, Value] | None = None
) -> None:
    """Make a referral of the customer's, once the session is closed; until then only its budget is asked."""
    definitions = frame.definitions
    wanted = read_options(options or {}, REFERRAL_OPTIONS)
    pattern = pattern_of(definitions, source_of(definitions, campaign_id).referrals, wanted)
    attributes = attributes_for("Referral", {}, wanted.attributes, definitions.attributes)
    if frame.profile is None:
        raise ExpressionError("there is no Profile in this evaluation who could refer a friend")
    state = frame.state
    use(state, "createReferral", ONE)
    if not state.creates:
        state.take_uses()
        return
    code = code_from(pattern, state.dice)
    made = CreateReferral(
        int(campaign_id),
        code,
        frame.profile.integration_id,
        friend,
        wanted.usage_limit,
        wanted.start_date,
        wanted.expiry_date,
        attributes,
        wanted.store_in_session,
    )
    state.put(state.lasting, ("referral", code), (made,))
    state.emit("referralCreated", ReferralCreatedProps(code))


_DOC = (
    "Make a new referral code of the customer's: the id of its campaign, the integration id of the only friend who may "
    "use it (empty: anybody) and, as a map, usageLimit (1 unless given), startDate, expiryDate, attributes, pattern, "
    "validCharacters and storeInSession. The campaign's settings stand in for a pattern that is not given."
)

_EXAMPLES = (Example(["createReferral", 1, ""], [{}]),)

CREATE_REFERRAL = Effect(
    name="referralCreated",
    props=ReferralCreatedProps,
    doc="A referral was made, by the update that has closed the session. It stays when the session is cancelled.",
    functions=tuple(
        Function(signature, create_referral, _DOC, _EXAMPLES, needs_frame=True)
        for signature in ("createReferral(Decimal, String)Null", "createReferral(Decimal, String, Map)Null")
    ),
    refuses=lambda arguments, definitions: refuse(arguments, definitions, "Referral"),
)
