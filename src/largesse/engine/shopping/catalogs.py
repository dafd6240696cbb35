"""Catalogs of cart items: what is known of an item beside what its cart says.

What a cart leaves out (price, product, custom attributes) is taken from the catalog of its Application; what it sends
wins. Source: semantics, sections 4 and 22.
"""

from decimal import Decimal

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.shopping.cart import CartItem, Product

# Published: an item carries so many attributes at most, and one request so many actions.
CATALOG_ATTRIBUTES_MAX = 100
SYNC_ACTIONS_MAX = 1_000


class CatalogItem(Struct, frozen=True):
    """One item of a catalog; `price` None leaves the price to the cart."""

    id: int
    sku: str
    price: Decimal | None = None
    product: Product | None = None
    attributes: dict[str, JSON] = {}


def with_defaults(item: CartItem, known: CatalogItem, *, is_priced: bool) -> CartItem:
    """A line of a cart with what it left out; unless it `is_priced`, with the catalog's price, if that has one."""
    price = item.price if is_priced or known.price is None else known.price
    return structs.replace(
        item,
        price=price,
        product=known.product if item.product is None else item.product,
        attributes={**known.attributes, **item.attributes},
        catalog_item_id=known.id,
    )
