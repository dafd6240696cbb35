"""What a request names and only storage knows: whether it exists, and what is to be known of it before the request can
be accepted."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from largesse.engine.attributes import AttributeDefinitions, ListedValue
from largesse.engine.definitions import Definitions
from largesse.engine.loyalty.cards import LoyaltyCard
from largesse.engine.shopping.cart import CART_ITEMS_MAX
from largesse.engine.shopping.catalogs import CatalogItem
from largesse.engine.shopping.sessions import Session, SessionUpdate
from largesse.engine.shopping.stores import Store


class Names(Struct, frozen=True):
    """What to look up: the store's integration id ("" where there is none), and SKUs in a catalog (0: in none),
    and values in allowed lists; `profile_id` is the customer whose prices are wanted, `loyalty_card` a
    card that is shown ("": none)."""

    store_integration_id: str = ""
    catalog_id: int = 0
    skus: tuple[str, ...] = ()
    listed: tuple[ListedValue, ...] = ()
    profile_id: str = ""
    loyalty_card: str = ""


class Named(Struct, frozen=True):
    """What was found, items by SKU; what was not does not exist."""

    store: Store | None = None
    items: Mapping[str, CatalogItem] = {}
    allowed: frozenset[ListedValue] = frozenset()
    card: LoyaltyCard | None = None

    @property
    def usable_card(self) -> LoyaltyCard | None:
        """The card, unless it has been blocked since it was shown first."""
        return self.card if self.card is not None and self.card.status == "active" else None


NOTHING = Named()


def names_of(update: SessionUpdate, before: Session | None, definitions: Definitions) -> Names:
    """What an update of a session names, or leaves as the session before it named it."""
    stored = None if before is None else before.store_integration_id
    store = stored if update.store_integration_id is None else update.store_integration_id
    listed = tuple(dict.fromkeys(_listed(update, definitions.attributes))) if definitions.attributes.has_lists else ()
    shown = (() if before is None else before.loyalty_cards) if update.loyalty_cards is None else update.loyalty_cards
    card = shown[0] if shown else ""
    items = update.cart_items or ()
    if definitions.catalog_id is None or not items or len(items) > CART_ITEMS_MAX:
        return Names(store_integration_id=store or "", listed=listed, loyalty_card=card)
    skus = tuple(dict.fromkeys(item.sku for item in items))
    profile_id = update.profile_id if update.profile_id is not None else "" if before is None else before.profile_id
    return Names(store or "", definitions.catalog_id, skus, listed, profile_id, card)


def named_by(session: Session) -> Names:
    """What a stored session names."""
    return Names(session.store_integration_id or "", loyalty_card=next(iter(session.loyalty_cards), ""))


def _listed(update: SessionUpdate, definitions: AttributeDefinitions) -> Iterator[ListedValue]:
    yield from definitions.listed("CustomerSession", update.attributes or {})
    for item in update.cart_items or ():
        yield from definitions.listed("CartItem", item.attributes)
