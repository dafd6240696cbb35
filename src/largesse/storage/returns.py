"""Returns as rows: appended with the save of their session, and read back as its previous returns."""

from datetime import datetime

import msgspec
from msgspec import Struct

from largesse.engine.returns import RecordReturn, ReturnedLine
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage", "returns.sql")


class StoredReturn(Struct, frozen=True):
    """One return as stored; `profile_id` is None for an anonymous customer."""

    id: int
    created: datetime
    session_id: int
    session_integration_id: str
    profile_integration_id: str
    profile_id: int | None
    event_id: int
    lines: tuple[ReturnedLine, ...]


async def append_return(
    db: Transaction, scope: Scope, change: RecordReturn, session_id: int, event_id: int, now: datetime
) -> int:
    """Store a return of a session; its id."""
    row = await db.row(
        QUERIES["append_return"],
        scope.account_id,
        scope.application_id,
        session_id,
        change.session_integration_id,
        change.profile_id,
        event_id,
        change.lines,
        now,
    )
    if row is None:
        raise AssertionError("append_return gives one row")
    return_id: int = row["id"]
    return return_id


async def returns_of(db: Transaction, scope: Scope, session_id: int) -> list[StoredReturn]:
    """The returns of a session, oldest first."""
    query = QUERIES["returns_of_session"]
    rows = await db.rows(query, scope.account_id, scope.application_id, scope.sandbox, session_id)
    return [
        StoredReturn(
            row["id"],
            row["created"],
            row["session_id"],
            row["session_integration_id"],
            row["profile_integration_id"],
            row["profile_id"],
            row["event_id"],
            msgspec.convert(row["items"], tuple[ReturnedLine, ...]),
        )
        for row in rows
    ]
