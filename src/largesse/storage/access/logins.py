"""Logins as rows: the tokens of users who have signed in, known by their hashes only."""

from datetime import datetime, timedelta

from largesse.plumbing.database import Transaction, load_queries
from largesse.plumbing.secrets import hash_key, new_key

QUERIES = load_queries("largesse.storage.access", "logins.sql")

# Three months, as published for the token of a login.
TOKEN_LIFE = timedelta(days=90)


async def create_token(db: Transaction, account_id: int, user_id: int, now: datetime) -> str:
    """Store a new token for a user, and clear away those that have expired; the token, to be shown once."""
    token = new_key()
    await db.run(QUERIES["delete_expired_tokens"], account_id, user_id, now)
    token_hash = bytes.fromhex(hash_key(token))
    await db.run(QUERIES["create_token"], account_id, user_id, token_hash, now, now + TOKEN_LIFE)
    return token


async def delete_token(db: Transaction, account_id: int, token_id: int) -> None:
    """Let a token work no longer."""
    await db.run(QUERIES["delete_token"], account_id, token_id)
