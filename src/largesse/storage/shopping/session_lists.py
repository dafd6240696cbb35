"""The sessions of an Application as staff look through them."""

from datetime import datetime

from msgspec import Struct, structs

from largesse.engine.facts import StoredSession
from largesse.engine.shopping.sessions import SessionState
from largesse.plumbing.database import Query, Transaction, load_queries
from largesse.storage.scope import Scope
from largesse.storage.shopping.sessions import session_of

QUERIES = load_queries("largesse.storage.shopping", "session_lists.sql")

# Fields a list may be sorted by, as callers name them, and their columns.
SORTABLE = {"id": "s.id", "created": "s.created", "integrationId": "s.integration_id"}


class SessionTexts(Struct, frozen=True, kw_only=True):
    """Texts that fields of a session are compared with; None compares nothing. The order is that of the statement's
    arguments."""

    integration_id: str | None = None
    profile: str | None = None
    coupon: str | None = None
    referral: str | None = None
    store_integration_id: str | None = None


class SessionFilter(Struct, frozen=True, kw_only=True):
    """Which sessions are meant: `equal` are compared whole, `holding` must occur in their fields, in any case."""

    id: int | None = None
    state: SessionState | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    equal: SessionTexts = SessionTexts()
    holding: SessionTexts = SessionTexts()


class ListedSession(Struct, frozen=True):
    """A session, and the id of ours of its profile; None for an anonymous customer."""

    stored: StoredSession
    profile_id: int | None


async def list_sessions(
    db: Transaction, scope: Scope, wanted: SessionFilter, *, by: str, is_descending: bool, rows_max: int, skip: int
) -> list[ListedSession]:
    """At most `rows_max` of the sessions that are wanted, after the first `skip`, sorted `by` one of `SORTABLE`."""
    direction = "DESC" if is_descending else "ASC"
    order = f"\nORDER BY {by} {direction}, s.id {direction} LIMIT $18 OFFSET $19"
    query = Query("list_sessions", QUERIES["matching_sessions"].text + order)
    filters = (wanted.id, wanted.state, wanted.created_before, wanted.created_after)
    texts = (*structs.astuple(wanted.equal), *structs.astuple(wanted.holding))
    place = (scope.account_id, scope.application_id, scope.sandbox)
    rows = await db.rows(query, *place, *filters, *texts, rows_max, skip)
    found = [(session_of(row), row["profile_id"]) for row in rows]
    return [ListedSession(stored, profile_id) for stored, profile_id in found if stored is not None]
