"""Files that were imported, as rows: what came, how much of it, and who sent it."""

from datetime import datetime

from largesse.plumbing.database import Transaction, load_queries

QUERIES = load_queries("largesse.storage.requests", "imports.sql")


async def begin_import(db: Transaction, account_id: int, user_id: int, entity: str, now: datetime) -> int:
    """Note that a file is being imported; the number of the import, for the rows that it makes."""
    rows = await db.rows(QUERIES["begin_import"], account_id, user_id, entity, now)
    import_id: int = rows[0]["id"]
    return import_id


async def finish_import(db: Transaction, account_id: int, import_id: int, amount: int) -> None:
    """Note how many things an import has made."""
    await db.run_guarded(QUERIES["finish_import"], account_id, import_id, amount)
