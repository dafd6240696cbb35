"""setDiscountPerAdditionalCostPerItem: an amount off one additional cost of each of some items."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.effects.discounting import give_discount
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.effects.rollback_discount import RollbackDiscountProps
from largesse.engine.evaluation import cascade
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import shortest
from largesse.engine.state import LimitReachedError
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import only_items, refuse_no_items
from largesse.language import Example, ExpressionError, Function, Json, Kind, Value, each_element


class SetDiscountPerAdditionalCostPerItemProps(Props, frozen=True):
    """The discount's name and amount, the cost it is on by id and name, and the item: its line and the unit of the
    line, both from 0."""

    name: str
    additional_cost_id: int
    additional_cost: str
    value: Decimal
    position: int
    sub_position: int | UnsetType = UNSET
    desired_value: Decimal | UnsetType = UNSET

    def undone(self) -> tuple[str, Props]:
        """The discount on the cost of the item is taken back."""
        rollback = RollbackDiscountProps(
            self.name,
            self.value,
            cart_item_position=self.position,
            cart_item_sub_position=self.sub_position,
            additional_cost_id=self.additional_cost_id,
            additional_cost=self.additional_cost,
        )
        return "rollbackDiscount", rollback

    def discount(self) -> Decimal:
        """All of it."""
        return self.value

    def item(self) -> tuple[int, int | None]:
        """The item, by its line and unit."""
        return self.position, None if self.sub_position is UNSET else self.sub_position


def set_discount_per_additional_cost_per_item(
    frame: EvaluationFrame,
    items: Sequence[Value],
    cost: str,
    name: str,
    amount_of: Callable[[Unit], Decimal],
    partial: bool | None = None,
) -> None:
    """Take off the named cost of each item what `amount_of` gives; an item without that cost fails the rule."""
    state = frame.state
    definition = frame.definitions.additional_costs.get(cost)
    if definition is None:
        raise ExpressionError(f'there is no additional cost "{cost}"')
    units = only_items(items)
    bare = next((unit for unit in units if cost not in unit.additional_costs), None)
    if bare is not None:
        raise LimitReachedError(f'the item at {bare.index} has no additional cost "{cost}"')
    cascading = state.application.enable_cascading_discounts
    for unit in state.discountable(units):
        room = min(unit.additional_costs[cost].price, unit.cost_total) if cascading else None
        grant = give_discount(state, amount_of(unit), room, partial)
        if grant is None:
            continue
        state.emit(
            "setDiscountPerAdditionalCostPerItem",
            SetDiscountPerAdditionalCostPerItemProps(
                f"{name}#{unit.index}",
                definition.id,
                cost,
                shortest(grant.value),
                unit.index,
                unit.sub_index,
                UNSET if grant.desired is None else shortest(grant.desired),
            ),
        )
        if cascading:
            cascade.lower_unit(state, unit, "additionalCosts", grant.value)


_DOC = (
    "Take an amount off one additional cost of each item of a list: either a block that computes the amount for one "
    "item, or one amount for all. The rule fails when an item does not have that cost."
)

_WRAPPED: dict[str, Json] = {"name": "Wrapping#0", "additionalCost": "wrap", "value": 1, "position": 0}
_EXAMPLES = (
    Example(
        ["setDiscountPerAdditionalCostPerItem", [".", "Session", "CartItems"], "wrap", "Wrapping", 1],
        [_WRAPPED | {"subPosition": 0}, _WRAPPED | {"subPosition": 1}],
    ),
)

SET_DISCOUNT_PER_ADDITIONAL_COST_PER_ITEM = Effect(
    name="setDiscountPerAdditionalCostPerItem",
    props=SetDiscountPerAdditionalCostPerItemProps,
    doc="An amount off one additional cost of one item, one effect per item.",
    functions=tuple(
        Function(
            f"setDiscountPerAdditionalCostPerItem(List, String, String, Decimal|Token{options})Null",
            set_discount_per_additional_cost_per_item,
            _DOC,
            _EXAMPLES,
            needs_frame=True,
            binds=each_element,
            body=Kind.DECIMAL,
            refuses=refuse_no_items,
        )
        for options in ("", ", Boolean")
    ),
)
