"""Events that are not about a session, as rows. Those of sessions are stored with their sessions."""

from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.formats.documents import encode_effects
from largesse.engine.shopping.events import TrackEvent
from largesse.plumbing.database import Transaction, UniqueViolation, load_queries
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.shopping", "events.sql")


class StoredEvent(Struct, frozen=True, kw_only=True):
    """An event to which its shop has given an id."""

    id: int
    created: datetime
    type: str
    profile_id: str
    store_integration_id: str | None
    attributes: dict[str, JSON]
    integration_id: str
    connected_session_id: str | None


class EventTaken(Exception):  # noqa: N818 - it says what is so
    """The shop has sent an event with this id already."""


async def save_event(db: Transaction, scope: Scope, change: TrackEvent, now: datetime) -> int:
    """Append an event; its id. Raises `EventTaken`."""
    event = change.event
    rows = await db.rows(
        QUERIES["append_event"],
        scope.account_id,
        scope.application_id,
        now,
        event.type,
        change.profile_id,
        change.store_integration_id,
        event.attributes,
        encode_effects(change.effects),
        event.integration_id or None,
        event.connected_session_id or None,
    )
    event_id: int = rows[0]["id"]
    if event.integration_id:
        try:
            query = QUERIES["name_event"]
            await db.run(query, scope.account_id, scope.application_id, event.integration_id, event_id, now)
        except UniqueViolation as violation:
            raise EventTaken from violation
    return event_id


async def find_event(db: Transaction, scope: Scope, integration_id: str) -> StoredEvent | None:
    """The event that a shop has sent with this id, or None."""
    row = await db.row(QUERIES["find_event"], scope.account_id, scope.application_id, integration_id)
    if row is None:
        return None
    return StoredEvent(
        id=row["id"],
        created=row["created"],
        type=row["type"],
        profile_id=row["profile_integration_id"],
        store_integration_id=row["store_integration_id"],
        attributes=attributes_of(row["attributes"]),
        integration_id=row["integration_id"],
        connected_session_id=row["connected_session_id"],
    )
