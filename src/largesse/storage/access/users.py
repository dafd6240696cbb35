"""Users as rows: the people of an account, who sign in with an address and a password."""

import asyncio
from datetime import datetime

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.secrets import hash_password

QUERIES = load_queries("largesse.storage.access", "users.sql")


class StoredUser(Struct, frozen=True, kw_only=True):
    """A user as stored. An address is used once in the whole installation, whatever its case."""

    account_id: int
    id: int
    email: str
    name: str
    password_hash: str
    is_admin: bool


async def create_user(
    db: Transaction,
    account_id: int,
    email: str,
    password: str,
    now: datetime,
    *,
    is_admin: bool = False,
    name: str = "",
) -> int:
    """Store a new user; the id. Raises `UniqueViolation` when the address is in use."""
    password_hash = await asyncio.to_thread(hash_password, password)
    rows = await db.rows(QUERIES["create_user"], account_id, email.strip(), name, password_hash, is_admin, now)
    user_id: int = rows[0]["id"]
    return user_id


async def find_user(db: Transaction, account_id: int, user_id: int) -> StoredUser | None:
    """The account's user with this id, or None."""
    row = await db.row(QUERIES["find_user"], account_id, user_id)
    return None if row is None else _user_of(row)


async def find_user_by_email(db: Transaction, email: str) -> StoredUser | None:
    """The user with this address, or None."""
    row = await db.row(QUERIES["find_user_by_email"], email.strip())
    return None if row is None else _user_of(row)


def _user_of(row: Record) -> StoredUser:
    return StoredUser(
        account_id=row["account_id"],
        id=row["id"],
        email=row["email"],
        name=row["name"],
        password_hash=row["password_hash"],
        is_admin=row["is_admin"],
    )
