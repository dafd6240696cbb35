"""couponCreated: a new coupon, perhaps for somebody."""

from collections.abc import Mapping
from decimal import Decimal

from largesse.engine.codes.creations import CreateCoupon
from largesse.engine.effects.codes.options import (
    COUPON_OPTIONS,
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


class CouponCreatedProps(Props, frozen=True):
    """The code of the new coupon and the integration id of the profile whose it is, "" where nobody's."""

    value: str
    profile_id: str

    def lasts(self) -> bool:
        """A coupon once made stays, and so does its share of the budget."""
        return True


def create_coupon(
    frame: EvaluationFrame, campaign_id: Decimal, recipient: str, options: Mapping[str, Value] | None = None
) -> None:
    """Make a coupon, once the session is closed; until then only its budget is asked."""
    definitions = frame.definitions
    wanted = read_options(options or {}, COUPON_OPTIONS)
    source = source_of(definitions, campaign_id)
    pattern = pattern_of(definitions, source.coupons, wanted)
    attributes = attributes_for("Coupon", source.coupon_attributes, wanted.attributes, definitions.attributes)
    for name in definitions.codes.mandatory_attributes:
        if name not in attributes:
            raise ExpressionError(f'the attribute "{name}" is mandatory for coupons')
    state = frame.state
    use(state, "createCoupon", ONE)
    if not state.creates:
        state.take_uses()
        return
    code = code_from(pattern, state.dice)
    made = CreateCoupon(
        int(campaign_id),
        code,
        recipient,
        wanted.usage_limit,
        wanted.discount_limit,
        wanted.start_date,
        wanted.expiry_date,
        attributes,
        wanted.store_in_session,
    )
    state.put(state.lasting, ("coupon", code), (made,))
    state.emit("couponCreated", CouponCreatedProps(code, recipient))


_DOC = (
    "Make a new coupon: the id of its campaign, the integration id of its recipient (empty: anybody's) and, as a map, "
    "usageLimit (1 unless given), discountLimit, startDate, expiryDate, attributes, pattern, validCharacters and "
    "storeInSession. The campaign's settings stand in for a pattern that is not given."
)

_EXAMPLES = (
    Example(["createCoupon", 1, "Current"], [{"profileId": "Current"}]),
    Example(["createCoupon", 1, "", ["kv", ["usageLimit", 3]]], [{"profileId": ""}]),
)

CREATE_COUPON = Effect(
    name="couponCreated",
    props=CouponCreatedProps,
    doc="A coupon was made, by the update that has closed the session. It stays when the session is cancelled.",
    functions=tuple(
        Function(signature, create_coupon, _DOC, _EXAMPLES, needs_frame=True)
        for signature in ("createCoupon(Decimal, String)Null", "createCoupon(Decimal, String, Map)Null")
    ),
    refuses=lambda arguments, definitions: refuse(arguments, definitions, "Coupon"),
)
