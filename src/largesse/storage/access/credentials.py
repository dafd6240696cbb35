"""Who is behind a key or a token: the one search that starts without an account, because its answer tells it."""

from datetime import datetime, timedelta
from typing import Literal, assert_never

from largesse.plumbing.context import Caller
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.secrets import hash_key
from largesse.storage.access.api_keys import time_offset
from largesse.storage.access.management_keys import ALL_ENDPOINTS

QUERIES = load_queries("largesse.storage.access", "credentials.sql")

Scheme = Literal["ApiKey-v1", "ManagementKey-v1", "Bearer"]

# `last_used` tells people which keys are dead; written at every request it would make each read of theirs a write.
LAST_USED_PRECISION = timedelta(minutes=1)


async def find_caller(db: Transaction, scheme: Scheme, secret: str, now: datetime) -> Caller | None:
    """The caller with this key or token, or None when it is unknown, expired or disabled at `now`."""
    match scheme:
        case "ApiKey-v1":
            caller = await _shop(db, secret)
        case "ManagementKey-v1":
            caller = await _program(db, secret, now)
        case "Bearer":
            caller = await _person(db, secret)
        case _:
            assert_never(scheme)
    return None if caller is None or (caller.expires is not None and caller.expires <= now) else caller


async def _shop(db: Transaction, secret: str) -> Caller | None:
    row = await db.row(QUERIES["api_key_by_hash"], bytes.fromhex(hash_key(secret)))
    if row is None:
        return None
    return Caller(
        kind="application",
        account_id=row["account_id"],
        application_id=row["application_id"],
        user_id=row["created_by"],
        key_id=row["id"],
        time_offset=time_offset(row["time_offset"]),
        expires=row["expires"],
    )


async def _program(db: Transaction, secret: str, now: datetime) -> Caller | None:
    row = await db.row(QUERIES["management_key_by_hash"], bytes.fromhex(hash_key(secret)))
    if row is None or row["disabled"]:
        return None
    if row["expiry_date"] > now and _is_stale(row, now):
        await db.run(QUERIES["touch_management_key"], row["account_id"], row["id"], now)
    return Caller(
        kind="management_key",
        account_id=row["account_id"],
        user_id=row["created_by"],
        key_id=row["id"],
        endpoints=None if ALL_ENDPOINTS in row["endpoints"] else tuple(row["endpoints"]),
        allowed_application_ids=tuple(row["allowed_application_ids"]),
        expires=row["expiry_date"],
    )


async def _person(db: Transaction, secret: str) -> Caller | None:
    row = await db.row(QUERIES["token_by_hash"], bytes.fromhex(hash_key(secret)))
    if row is None:
        return None
    return Caller(
        kind="user",
        account_id=row["account_id"],
        user_id=row["user_id"],
        key_id=row["id"],
        is_admin=row["is_admin"],
        expires=row["expires"],
    )


def _is_stale(row: Record, now: datetime) -> bool:
    return row["last_used"] is None or now - row["last_used"] >= LAST_USED_PRECISION
