"""The update of a session, read from plain data with the keys that requests use."""

from collections.abc import Mapping

from msgspec import structs

from largesse.engine.attributes import JSON
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.sessions import SessionUpdate


def plain_update(session: Mapping[str, JSON]) -> SessionUpdate:
    """The update; items may leave their price to the catalog. Raises ValueError where the data have another shape."""
    items = session.get("cartItems")
    if not isinstance(items, list | tuple) or not all(isinstance(item, Mapping) for item in items):
        return from_plain(session, SessionUpdate)
    unpriced = tuple(position for position, item in enumerate(items) if item.get("price") is None)
    priced = [{**item, "price": 0} if item.get("price") is None else item for item in items]
    return structs.replace(from_plain({**session, "cartItems": priced}, SessionUpdate), unpriced=unpriced)
