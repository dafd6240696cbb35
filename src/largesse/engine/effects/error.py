"""error: something in a rule went wrong; the other effects of the rule are not affected."""

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class ErrorProps(Props, frozen=True):
    """What went wrong, for a person."""

    message: str


ERROR = Effect(
    name="error",
    props=ErrorProps,
    doc="An effect of a rule could not be computed, for instance because it reads an attribute that is not set. For "
    "information only.",
    example={"message": "effect 5: Unable to find `Session.Attributes.PaymentMethod`"},
)
