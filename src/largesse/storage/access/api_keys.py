"""API keys as rows: what the shop of an Application signs its requests with, known by their hashes only."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.secrets import hash_key, new_key
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage.access", "api_keys.sql")

Platform = Literal[
    "none",
    "segment",
    "braze",
    "mparticle",
    "shopify",
    "iterable",
    "customer_engagement",
    "customer_data",
    "salesforce",
    "emarsys",
]


class ApiKeySettings(Struct, frozen=True, kw_only=True):
    """What is decided about a key: `time_offset_nanoseconds` is added to now when rules run for its requests."""

    title: str
    expires: datetime
    platform: Platform = "none"
    time_offset_nanoseconds: int = 0


class StoredApiKey(Struct, frozen=True, kw_only=True):
    """A key as it stands; the key itself is not kept."""

    id: int
    account_id: int
    application_id: int
    created_by: int
    created: datetime
    settings: ApiKeySettings


async def create_api_key(
    db: Transaction, account_id: int, application_id: int, settings: ApiKeySettings, user_id: int, now: datetime
) -> tuple[StoredApiKey, str]:
    """Store a new key of an Application; the row, and the key, to be shown once."""
    key = new_key()
    rows = await db.rows(
        QUERIES["create_api_key"],
        account_id,
        application_id,
        settings.title,
        bytes.fromhex(hash_key(key)),
        settings.expires,
        settings.platform,
        "",
        settings.time_offset_nanoseconds,
        user_id,
        now,
    )
    return _api_key_of(rows[0]), key


async def list_api_keys(
    db: Transaction, account_id: int, application_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredApiKey]:
    """A page of the Application's keys; `sort` is id, title, created or expires, with a leading "-" for descending."""
    query = QUERIES["list_api_keys"]
    arguments = (account_id, application_id, sort)
    return await list_page(db, query, *arguments, page_size=page_size, skip=skip, read=_api_key_of)


async def find_api_key(db: Transaction, account_id: int, application_id: int, key_id: int) -> StoredApiKey | None:
    """The Application's key with this id, or None."""
    row = await db.row(QUERIES["find_api_key"], account_id, application_id, key_id)
    return None if row is None else _api_key_of(row)


async def delete_api_key(db: Transaction, account_id: int, application_id: int, key_id: int) -> bool:
    """Let a key work no longer; False when there is no such key."""
    return await db.run(QUERIES["delete_api_key"], account_id, application_id, key_id) > 0


def time_offset(nanoseconds: int) -> timedelta:
    """The offset of a key as a span of time, to the microsecond."""
    return timedelta(microseconds=nanoseconds // 1000)


def _api_key_of(row: Record) -> StoredApiKey:
    return StoredApiKey(
        id=row["id"],
        account_id=row["account_id"],
        application_id=row["application_id"],
        created_by=row["created_by"],
        created=row["created"],
        settings=ApiKeySettings(
            title=row["title"],
            expires=row["expires"],
            platform=row["platform"],
            time_offset_nanoseconds=row["time_offset"],
        ),
    )
