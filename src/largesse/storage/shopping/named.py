"""What a request names, looked up before the request can be accepted; what nobody names costs no exchange."""

from largesse.engine.shopping.named import NOTHING, Named, Names
from largesse.plumbing.database import Transaction
from largesse.storage.scope import Scope
from largesse.storage.shopping.stores import find_session_store


async def read_named(db: Transaction, scope: Scope, names: Names) -> Named:
    """What was found of the things with these names."""
    if not names.store_integration_id:
        return NOTHING
    return Named(store=await find_session_store(db, scope, names.store_integration_id))
