"""The types of events that shops may send, as rows."""

from datetime import datetime

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.shopping", "event_types.sql")


class StoredEventType(Struct, frozen=True, kw_only=True):
    """A type of events."""

    id: int
    created: datetime
    name: str
    title: str
    description: str


class EventTypeTaken(Exception):  # noqa: N818 - it says what is so
    """The account has an event type of this name already."""


async def create_event_type(
    db: Transaction, account_id: int, name: str, title: str, description: str, now: datetime
) -> StoredEventType:
    """Define a type of events. Raises `EventTypeTaken`."""
    try:
        rows = await db.rows(QUERIES["create_event_type"], account_id, now, name, title, description)
    except UniqueViolation as violation:
        raise EventTypeTaken from violation
    return _event_type_of(rows[0])


async def ensure_event_type(db: Transaction, account_id: int, name: str, now: datetime) -> None:
    """Define a type of events, with its name as its title, unless there is one of this name."""
    await db.run(QUERIES["ensure_event_type"], account_id, name, now)


async def list_event_types(
    db: Transaction, account_id: int, *, name: str | None = None, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredEventType]:
    """A page of the account's event types, or the one of a name; `sort` is id, name, title or created, with a leading
    "-" for descending."""
    query = QUERIES["list_event_types"]
    return await list_page(db, query, account_id, name, sort, page_size=page_size, skip=skip, read=_event_type_of)


async def event_type_names(db: Transaction, account_id: int) -> frozenset[str]:
    """The names of all types of events that shops may send."""
    return frozenset(row["name"] for row in await db.rows(QUERIES["event_type_names"], account_id))


async def recorded_types(db: Transaction, scope: Scope, *, descending: bool, page_size: int, skip: int) -> Listing[str]:
    """A page of the types, built-in ones included, of which an Application has recorded events."""
    query = QUERIES["recorded_types"]
    place = scope.account_id, scope.application_id, descending
    return await list_page(db, query, *place, page_size=page_size, skip=skip, read=lambda row: row["type"])


def _event_type_of(row: Record) -> StoredEventType:
    return StoredEventType(**{name: row[name] for name in StoredEventType.__struct_fields__})
