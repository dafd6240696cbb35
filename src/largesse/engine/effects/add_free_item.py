"""addFreeItem: something to put into the cart for nothing."""

from decimal import ROUND_FLOOR, Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.evaluation.spending import ONE, room_for_units, use
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import ZERO
from largesse.engine.state import LimitReachedError
from largesse.language import Example, ExpressionError, Function, Json

# Nothing is published; each unit is an effect of its own, so there must be an end.
FREE_ITEMS_MAX = 1_000


class AddFreeItemProps(Props, frozen=True):
    """One free unit: its SKU, the name of the effect and, with partial rewards, how many units were wanted."""

    sku: str
    name: str
    desired_quantity: int | UnsetType = UNSET


def add_free_item(frame: EvaluationFrame, sku: str, name: str) -> None:
    """Add one free unit."""
    add_free_items(frame, sku, name, ONE)


def add_free_items(frame: EvaluationFrame, sku: str, name: str, quantity: Decimal, partial: bool | None = None) -> None:
    """Add `quantity` free units, one effect each; with partial rewards as many as the budget still allows."""
    state = frame.state
    wanted = quantity.to_integral_value(ROUND_FLOOR)
    if wanted != quantity or not ONE <= wanted <= FREE_ITEMS_MAX:
        raise ExpressionError(f"{quantity} free items cannot be given; use a whole number from 1 to {FREE_ITEMS_MAX}")
    cut = state.application.enable_partial_discounts if partial is None else partial
    given = wanted
    room = room_for_units(state, "addFreeItemEffect")
    if cut and room is not None and ZERO < room < wanted:
        given = room.to_integral_value(ROUND_FLOOR)
    if given < ONE:
        raise LimitReachedError("the budget for addFreeItemEffect is used up")
    use(state, "addFreeItemEffect", given)
    for _ in range(int(given)):
        state.emit("addFreeItem", AddFreeItemProps(sku, name, int(wanted) if cut else UNSET))


def add_free_item_for(frame: EvaluationFrame, profile: str, sku: str, name: str) -> None:
    """Add one free unit for a profile; only the profile of the session can be given one here."""
    if frame.profile is None or profile != frame.profile.integration_id:
        raise ExpressionError(f'a free item cannot be given to the profile "{profile}" in this session')
    add_free_items(frame, sku, name, ONE)


_SOCKS: Json = {"sku": "SOCKS", "name": "Socks"}
_DOC = "Put a free item into the cart: its SKU, the name of the effect and, if more than one, how many."

_EXAMPLES = (
    Example(["addFreeItem", "SOCKS", "Socks"], [_SOCKS]),
    Example(["addFreeItem", "SOCKS", "Socks", 2], [_SOCKS, _SOCKS]),
)

ADD_FREE_ITEM = Effect(
    name="addFreeItem",
    props=AddFreeItemProps,
    doc="One unit of an item to add to the cart at no price.",
    functions=(
        Function("addFreeItem(String, String)Null", add_free_item, _DOC, _EXAMPLES, needs_frame=True),
        Function("addFreeItem(String, String, Decimal)Null", add_free_items, _DOC, _EXAMPLES, needs_frame=True),
        Function(
            "addFreeItem(String, String, Decimal, Boolean)Null", add_free_items, _DOC, _EXAMPLES, needs_frame=True
        ),
        Function("addFreeItem(String, String, String)Null", add_free_item_for, _DOC, _EXAMPLES, needs_frame=True),
    ),
)
