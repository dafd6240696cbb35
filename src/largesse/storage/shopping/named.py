"""What a request names, looked up before the request can be accepted; what nobody names costs no exchange."""

from datetime import datetime

from largesse.engine.shopping.catalogs import CatalogItem
from largesse.engine.shopping.named import Named, Names
from largesse.plumbing.database import Transaction
from largesse.storage.attributes import known_values
from largesse.storage.loyalty.cards import find_session_card
from largesse.storage.scope import Scope
from largesse.storage.shopping.catalogs import CatalogKey, items_by_sku
from largesse.storage.shopping.stores import find_session_store


async def read_named(db: Transaction, scope: Scope, names: Names, now: datetime) -> Named:
    """What was found of the things with these names, as of now."""
    store, items = None, dict[str, CatalogItem]()
    if names.store_integration_id:
        store = await find_session_store(db, scope, names.store_integration_id)
    if names.skus:
        catalog = CatalogKey(scope.account_id, names.catalog_id)
        who = names.profile_id
        items = await items_by_sku(db, catalog, names.skus, now, sandbox=scope.sandbox, profile_id=who)
    allowed = await known_values(db, scope.account_id, names.listed)
    card = await find_session_card(db, scope, names.loyalty_card) if names.loyalty_card else None
    return Named(store, items, allowed, card)
