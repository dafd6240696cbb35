"""rollbackDiscount: a discount of a cancelled or reopened session, or of a returned item, is taken back."""

from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class RollbackDiscountProps(Props, frozen=True):
    """The discount as it was set: its name and amount, and the item or cost it was on.

    Where only some units of an item that was discounted as a whole are returned, the amount is their share.
    """

    name: str
    value: Decimal
    cart_item_position: int | UnsetType = UNSET
    cart_item_sub_position: int | UnsetType = UNSET
    additional_cost_id: int | UnsetType = UNSET
    additional_cost: str | UnsetType = UNSET
    scope: str | UnsetType = UNSET


ROLLBACK_DISCOUNT = Effect(
    name="rollbackDiscount",
    props=RollbackDiscountProps,
    doc="A discount is taken back because its session was cancelled or reopened, or its item returned; its budgets are "
    "as they were before it.",
    example={"name": "Ten", "value": 10},
)
