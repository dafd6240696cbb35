"""setDiscount: an amount off the session."""

from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.applications import DiscountScope
from largesse.engine.effects.discounting import give_discount, named_scope
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.literals import only
from largesse.engine.effects.record import Props
from largesse.engine.effects.rollback_discount import RollbackDiscountProps
from largesse.engine.evaluation import cascade
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import shortest
from largesse.language import Example, Function

SCOPES: tuple[DiscountScope, ...] = ("sessionTotal", "cartItems", "additionalCosts")


class SetDiscountProps(Props, frozen=True):
    """The discount's name, its amount, with cascading discounts its scope, with partial rewards the amount wanted."""

    name: str
    value: Decimal
    scope: DiscountScope | UnsetType = UNSET
    desired_value: Decimal | UnsetType = UNSET

    def undone(self) -> tuple[str, Props]:
        """The discount is taken back."""
        return "rollbackDiscount", RollbackDiscountProps(self.name, self.value, scope=self.scope)

    def discount(self) -> Decimal:
        """All of it."""
        return self.value


def set_discount(
    frame: EvaluationFrame, name: str, amount: Decimal, scope: str = "", partial: bool | None = None
) -> None:
    """Take `amount` off the session, or fail the rule when its budget does not allow it."""
    state = frame.state
    cascading = state.application.enable_cascading_discounts
    covered = named_scope(scope, SCOPES, state.application.default_discount_scope)
    room = cascade.session_room(state, covered) if cascading else None
    grant = give_discount(state, amount, room, partial)
    if grant is None:
        return
    state.emit(
        "setDiscount",
        SetDiscountProps(
            name,
            shortest(grant.value),
            covered if cascading else UNSET,
            UNSET if grant.desired is None else shortest(grant.desired),
        ),
    )
    if cascading:
        cascade.lower_session(state, covered, grant.value)


def set_discount_partially(frame: EvaluationFrame, name: str, amount: Decimal, partial: bool) -> None:
    """As `set_discount` with the default scope."""
    set_discount(frame, name, amount, "", partial)


_DOC = (
    "Take an amount off the session under a name. The scope is sessionTotal, cartItems or additionalCosts (default: "
    "the Application's). With partial rewards a discount larger than its budget is cut to what is left."
)
_EXAMPLES = (
    Example(["setDiscount", "Ten", 10], [{"name": "Ten", "value": 10}]),
    Example(
        ["setDiscount", "Goods", ["*", [".", "Session", "CartItemTotal"], ["/", 10, 100]], "cartItems"],
        [{"name": "Goods", "value": 2}],
    ),
)
_REFUSES_SCOPE = only(2, SCOPES, "a scope")

SET_DISCOUNT = Effect(
    name="setDiscount",
    props=SetDiscountProps,
    doc="An amount off the session; replaces an earlier discount of the same name.",
    functions=(
        Function("setDiscount(String, Decimal)Null", set_discount, _DOC, _EXAMPLES, needs_frame=True),
        Function(
            "setDiscount(String, Decimal, String)Null",
            set_discount,
            _DOC,
            _EXAMPLES,
            needs_frame=True,
            refuses=_REFUSES_SCOPE,
        ),
        Function(
            "setDiscount(String, Decimal, Boolean)Null", set_discount_partially, _DOC, _EXAMPLES, needs_frame=True
        ),
        Function(
            "setDiscount(String, Decimal, String, Boolean)Null",
            set_discount,
            _DOC,
            _EXAMPLES,
            needs_frame=True,
            refuses=_REFUSES_SCOPE,
        ),
    ),
)
