"""Catalogs of cart items: what is known of an item beside what its cart says.

What a cart leaves out (price, product, custom attributes) is taken from the catalog of its Application; what it sends
wins. Source: semantics, sections 4 and 22.
"""

from decimal import Decimal

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.shopping.cart import CartItem, Price, Product

# Published: an item carries so many attributes at most, and one request so many actions.
CATALOG_ATTRIBUTES_MAX = 100
SYNC_ACTIONS_MAX = 1_000
ADJUSTMENTS_MAX = 100

# The type of the price that an item itself has.
BASE = "base"


class CatalogItem(Struct, frozen=True):
    """One item of a catalog; `price` None leaves the price to the cart. `prices` are those of other types that the
    customer may have at the moment."""

    id: int
    sku: str
    price: Decimal | None = None
    product: Product | None = None
    attributes: dict[str, JSON] = {}
    prices: dict[str, Price] = {}

    @property
    def is_priced(self) -> bool:
        """Whether it has a price of any type."""
        return self.price is not None or bool(self.prices)


def with_defaults(item: CartItem, known: CatalogItem, *, is_priced: bool) -> CartItem:
    """A line of a cart with what it left out; unless it `is_priced`, with the catalog's price, if that has one."""
    filled = item if is_priced else _priced(item, known)
    return structs.replace(
        filled,
        product=known.product if item.product is None else item.product,
        attributes={**known.attributes, **item.attributes},
        catalog_item_id=known.id,
    )


def _priced(item: CartItem, known: CatalogItem) -> CartItem:
    """The line at the lowest price that the catalog knows for this customer, the base price before equal ones."""
    if not known.prices:
        return item if known.price is None else structs.replace(item, price=known.price)
    base = {} if known.price is None else {BASE: Price(known.price)}
    prices = {**base, **known.prices}
    selected = min(prices, key=lambda name: prices[name].price)
    return structs.replace(item, price=prices[selected].price, selected_price_type=selected, prices=prices)
