"""What a request names and only storage knows: whether it exists, and what is to be known of it before the request can
be accepted."""

from msgspec import Struct

from largesse.engine.shopping.sessions import Session, SessionUpdate
from largesse.engine.shopping.stores import Store


class Names(Struct, frozen=True):
    """What to look up: the store's integration id; "" where there is none."""

    store_integration_id: str = ""


class Named(Struct, frozen=True):
    """What was found; what was not does not exist."""

    store: Store | None = None


NOTHING = Named()


def names_of(update: SessionUpdate, before: Session | None) -> Names:
    """What an update of a session names, or leaves as the session before it named it."""
    stored = None if before is None else before.store_integration_id
    store = stored if update.store_integration_id is None else update.store_integration_id
    return Names(store_integration_id=store or "")
