"""The cart: its lines, its ceilings and its totals before any discount.

Source: semantics, sections 3.4 and 4.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.money import EXACT, ZERO, total
from largesse.engine.refusals import OUT_OF_RANGE, TOO_MANY, Refusal
from largesse.engine.shopping.additional_costs import AdditionalCost

# Both published: a cart is refused beyond either.
CART_ITEMS_MAX = 1_000
QUANTITY_TOTAL_MAX = 10_000


class Product(Struct, frozen=True):
    """The product a line belongs to."""

    name: str


class Price(Struct, frozen=True):
    """One of several prices of an item, and the adjustment that it comes from, if it comes from one."""

    price: Decimal
    reference_id: str = ""
    context_id: str = ""
    effective_from: datetime | None = None
    effective_until: datetime | None = None


class CartItem(Struct, frozen=True):
    """One line of a cart; its position is its index in the cart.

    `price` is per unit, like every price in `additional_costs`. Weight is in grams, the other measures in millimetres.
    `returned_quantity` counts the units taken back since the session was closed. `catalog_item_id` is the item of the
    catalog that defaults were taken from. Where that knows several prices, `prices` are those the customer may have, by
    their types, and `selected_price_type` is the one that was taken.
    """

    sku: str
    quantity: int
    price: Decimal
    name: str | None = None
    category: str | None = None
    product: Product | None = None
    weight: Decimal | None = None
    height: Decimal | None = None
    width: Decimal | None = None
    length: Decimal | None = None
    attributes: dict[str, JSON] = {}
    additional_costs: dict[str, AdditionalCost] = {}
    returned_quantity: int = 0
    catalog_item_id: int | None = None
    selected_price_type: str | None = None
    prices: dict[str, Price] = {}

    @property
    def remaining_quantity(self) -> int:
        """Units not returned."""
        return self.quantity - self.returned_quantity


class Totals(Struct, frozen=True):
    """What a session comes to before discounts; `total` is the sum of the other three."""

    total: Decimal
    cart_items: Decimal
    additional_costs: Decimal
    cart_item_additional_costs: Decimal


def totals(items: Sequence[CartItem], costs: Mapping[str, AdditionalCost]) -> Totals:
    """Add up a session: its items, its own additional costs and those of its items, each per remaining unit."""
    cart_items = total([EXACT.multiply(item.price, item.remaining_quantity) for item in items])
    item_costs = total(
        [
            EXACT.multiply(cost.price, item.remaining_quantity)
            for item in items
            for cost in item.additional_costs.values()
        ]
    )
    session_costs = total([cost.price for cost in costs.values()])
    return Totals(total([cart_items, session_costs, item_costs]), cart_items, session_costs, item_costs)


def size_refusals(items: Sequence[CartItem], pointer: str) -> list[Refusal]:
    """A cart beyond its ceilings, said once."""
    if len(items) > CART_ITEMS_MAX:
        return [Refusal(TOO_MANY, f"cartItems must not hold more than {CART_ITEMS_MAX} items", pointer)]
    quantity = sum(item.quantity for item in items)
    if quantity > QUANTITY_TOTAL_MAX:
        details = f"the quantities of cartItems add up to {quantity}, more than {QUANTITY_TOTAL_MAX}"
        return [Refusal(TOO_MANY, details, pointer)]
    return []


def number_refusals(item: CartItem, pointer: str) -> Iterable[Refusal]:
    """Numbers of one line that no cart can have."""
    if item.quantity < 1:
        yield Refusal(OUT_OF_RANGE, "quantity must be at least 1", f"{pointer}/quantity")
    if item.price < ZERO:
        yield Refusal(OUT_OF_RANGE, "price must not be negative", f"{pointer}/price")
    for measure in ("weight", "height", "width", "length"):
        value: Decimal | None = getattr(item, measure)
        if value is not None and value < ZERO:
            yield Refusal(OUT_OF_RANGE, f"{measure} must not be negative", f"{pointer}/{measure}")
