"""setDiscountPerAdditionalCost: an amount off one additional cost of the session, such as shipping."""

from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.effects.discounting import give_discount
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.effects.rollback_discount import RollbackDiscountProps
from largesse.engine.evaluation import cascade
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import shortest
from largesse.language import Example, ExpressionError, Function


class SetDiscountPerAdditionalCostProps(Props, frozen=True):
    """The discount's name and amount, and the cost it is on, by its id and its name."""

    name: str
    additional_cost_id: int
    additional_cost: str
    value: Decimal
    desired_value: Decimal | UnsetType = UNSET

    def undone(self) -> tuple[str, Props]:
        """The discount on the cost is taken back."""
        rollback = RollbackDiscountProps(
            self.name,
            self.value,
            additional_cost_id=self.additional_cost_id,
            additional_cost=self.additional_cost,
        )
        return "rollbackDiscount", rollback

    def discount(self) -> Decimal:
        """All of it."""
        return self.value


def set_discount_per_additional_cost(
    frame: EvaluationFrame, cost: str, name: str, amount: Decimal, partial: bool | None = None
) -> None:
    """Take `amount` off the named cost; the session must carry it."""
    state = frame.state
    definition = frame.definitions.additional_costs.get(cost)
    if definition is None or cost not in state.session.cost_remainders:
        raise ExpressionError(f'the session has no additional cost "{cost}"')
    cascading = state.application.enable_cascading_discounts
    grant = give_discount(state, amount, state.session.cost_remainders[cost] if cascading else None, partial)
    if grant is None:
        return
    desired = UNSET if grant.desired is None else shortest(grant.desired)
    state.emit(
        "setDiscountPerAdditionalCost",
        SetDiscountPerAdditionalCostProps(name, definition.id, cost, shortest(grant.value), desired),
    )
    if cascading:
        cascade.lower_cost(state, cost, grant.value)


_DOC = "Take an amount off one additional cost of the session, given by its name, under the name of the discount."

_EXAMPLES = (
    Example(
        ["setDiscountPerAdditionalCost", "shipping", "Free shipping", 5],
        [{"name": "Free shipping", "additionalCost": "shipping", "value": 5}],
    ),
)

SET_DISCOUNT_PER_ADDITIONAL_COST = Effect(
    name="setDiscountPerAdditionalCost",
    props=SetDiscountPerAdditionalCostProps,
    doc="An amount off one additional cost of the session.",
    functions=(
        Function(
            "setDiscountPerAdditionalCost(String, String, Decimal)Null",
            set_discount_per_additional_cost,
            _DOC,
            _EXAMPLES,
            needs_frame=True,
        ),
        Function(
            "setDiscountPerAdditionalCost(String, String, Decimal, Boolean)Null",
            set_discount_per_additional_cost,
            _DOC,
            _EXAMPLES,
            needs_frame=True,
        ),
    ),
)
