"""Sessions as rows, and back: a session is stored as one document, beside its net effects and what closing it consumed.

The columns around the document (state, profile, version) exist for guards and searches; the document is the truth.
"""

from msgspec import structs

from largesse.engine.facts import StoredSession
from largesse.engine.formats.documents import decode_consumed, decode_effects, decode_session
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage", "sessions.sql")


async def find_session(db: Transaction, scope: Scope, integration_id: str) -> StoredSession | None:
    """The session with this integration id in the Application, or None."""
    row = await db.row(QUERIES["find_session"], scope.account_id, scope.application_id, integration_id)
    return None if row is None else session_of(row)


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
