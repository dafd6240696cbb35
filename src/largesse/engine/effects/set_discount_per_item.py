"""setDiscountPerItem: an amount off each of some items."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import UNSET, UnsetType, structs

from largesse.engine.applications import ItemDiscountScope
from largesse.engine.effects.discounting import give_discount, named_scope
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.literals import only
from largesse.engine.effects.record import Props
from largesse.engine.effects.rollback_discount import RollbackDiscountProps
from largesse.engine.evaluation import cascade
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import shortest
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import only_items, refuse_no_items
from largesse.language import Example, Function, Json, Kind, Known, Value, each_element

SCOPES: tuple[ItemDiscountScope, ...] = ("price", "itemTotal", "additionalCosts")


class SetDiscountPerItemProps(Props, frozen=True):
    """The discount of one item: `position` is its line in the cart, `sub_position` the unit of that line, both from 0.

    The name carries the position as a suffix (`Sale#2`). `sub_position` is absent where cart items are not flattened.
    """

    name: str
    value: Decimal
    position: int
    sub_position: int | UnsetType = UNSET
    desired_value: Decimal | UnsetType = UNSET
    scope: ItemDiscountScope | UnsetType = UNSET
    total_discount: Decimal | UnsetType = UNSET
    desired_total_discount: Decimal | UnsetType = UNSET
    bundle_index: int | UnsetType = UNSET
    bundle_name: str | UnsetType = UNSET
    targeted_item_position: int | UnsetType = UNSET
    targeted_item_sub_position: int | UnsetType = UNSET
    excluded_from_price_history: bool | UnsetType = UNSET

    def undone(self) -> tuple[str, Props]:
        """The discount of the item is taken back."""
        rollback = RollbackDiscountProps(
            self.name,
            self.value,
            cart_item_position=self.position,
            cart_item_sub_position=self.sub_position,
            scope=self.scope,
        )
        return "rollbackDiscount", rollback

    def discount(self) -> Decimal:
        """All of it."""
        return self.value

    def item(self) -> tuple[int, int | None]:
        """The item, by its line and unit."""
        return self.position, None if self.sub_position is UNSET else self.sub_position


class BundleMarks(NamedTuple):
    """What tells that an item was discounted as one of a bundle: the bundle, and the item that is meant, if one is."""

    bundle_index: int
    bundle_name: str
    targeted_item_position: int | UnsetType
    targeted_item_sub_position: int | UnsetType


def set_discount_per_item(
    frame: EvaluationFrame,
    items: Sequence[Value],
    name: str,
    amount_of: Callable[[Unit], Decimal],
    scope: str = "",
    partial: bool | None = None,
    marks: BundleMarks | None = None,
) -> None:
    """Take off each item what `amount_of` gives for it, one after the other, as far as the budgets allow."""
    state = frame.state
    cascading = state.application.enable_cascading_discounts
    covered = named_scope(scope, SCOPES, state.application.default_discount_additional_cost_per_item_scope)
    for unit in state.discountable(only_items(items)):
        room = cascade.unit_room(unit, covered) if cascading else None
        grant = give_discount(state, amount_of(unit), room, partial)
        if grant is None:
            continue
        props = SetDiscountPerItemProps(
            f"{name}#{unit.index}",
            shortest(grant.value),
            unit.index,
            unit.sub_index,
            UNSET if grant.desired is None else shortest(grant.desired),
            covered,
        )
        state.emit("setDiscountPerItem", props if marks is None else structs.replace(props, **marks._asdict()))
        if cascading:
            cascade.lower_unit(state, unit, covered, grant.value)


def _refuse(arguments: tuple[Known, ...]) -> str | None:
    return refuse_no_items(arguments) or only(3, SCOPES, "a scope")(arguments)


_DOC = (
    "Take an amount off each item of a list: either a block that computes the amount for one item, or one amount for "
    "all. The scope is price, itemTotal or additionalCosts (default: the Application's). Items are discounted in "
    "list order."
)

_EACH: dict[str, Json] = {"name": "Each#0", "value": 1, "position": 0, "scope": "price"}
_TENTH: Json = [["Item"], ["*", [".", "Item", "Price"], ["/", 10, 100]]]
_EXAMPLE = Example(
    ["setDiscountPerItem", [".", "Session", "CartItems"], "Each", _TENTH],
    [_EACH | {"subPosition": 0}, _EACH | {"subPosition": 1}],
)

SET_DISCOUNT_PER_ITEM = Effect(
    name="setDiscountPerItem",
    props=SetDiscountPerItemProps,
    doc="An amount off one item, one effect per item.",
    functions=tuple(
        Function(
            f"setDiscountPerItem(List, String, Decimal|Token{options})Null",
            set_discount_per_item,
            _DOC,
            (_EXAMPLE,),
            needs_frame=True,
            binds=each_element,
            body=Kind.DECIMAL,
            refuses=_refuse,
        )
        for options in ("", ", String", ", String, Boolean")
    ),
)
