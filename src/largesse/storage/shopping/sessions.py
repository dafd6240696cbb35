"""Sessions and their returns as rows, and back: a session is stored as one document, beside its net effects and what
closing it consumed.

The columns around the document (state, profile, version) exist for guards and searches; the document is the truth.
"""

from datetime import datetime

import msgspec
from msgspec import Struct, structs

from largesse.engine.facts import StoredSession
from largesse.engine.formats.documents import decode_consumed, decode_effects, decode_session
from largesse.engine.shopping.returns import RecordReturn, ReturnedLine
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.shopping", "sessions.sql")

# A server is started more often than every three months; until then the default partition takes what is left over.
EVENT_MONTHS_AHEAD = 3


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


async def find_session(db: Transaction, scope: Scope, integration_id: str) -> StoredSession | None:
    """The session with this integration id in the Application, or None."""
    row = await db.row(QUERIES["find_session"], scope.account_id, scope.application_id, integration_id)
    return None if row is None else session_of(row)


async def integration_id_of(db: Transaction, account_id: int, application_id: int, session_id: int) -> str | None:
    """What the shop calls the session with this id of ours, or None where there is none."""
    row = await db.row(QUERIES["session_integration_id"], account_id, application_id, session_id)
    return None if row is None else str(row["integration_id"])


def session_of(row: Record) -> StoredSession | None:
    """The session in a row that has `session_id` and the three documents; None where there is none.

    The id comes from the row: a session's first document is written before the database has given it one.
    """
    if row["session_id"] is None:
        return None
    return StoredSession(
        structs.replace(decode_session(row["document"]), id=row["session_id"]),
        decode_effects(row["effects"]),
        decode_consumed(row["consumed"]),
    )


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


async def make_event_partitions(db: Transaction, now: datetime) -> None:
    """Have a partition ready for the events of this month and the next ones; costs nothing where they exist."""
    await db.value(QUERIES["make_event_partitions"], now, EVENT_MONTHS_AHEAD)
