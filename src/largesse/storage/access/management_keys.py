"""Management keys as rows: what staff programs sign their requests with, known by their hashes only."""

from datetime import datetime

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.secrets import hash_key, new_key
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage.access", "management_keys.sql")

# In a key's list of endpoints this one stands for all of them.
ALL_ENDPOINTS = "*"


class ManagementKeySettings(Struct, frozen=True, kw_only=True):
    """What is decided about a management key.

    `endpoints` are templates of paths that it may call, `ALL_ENDPOINTS` among them opens every path; an empty
    `allowed_application_ids` opens every Application.
    """

    name: str
    expiry_date: datetime
    endpoints: tuple[str, ...]
    allowed_application_ids: tuple[int, ...] = ()


class StoredManagementKey(Struct, frozen=True, kw_only=True):
    """A management key as it stands; the key itself is not kept."""

    id: int
    account_id: int
    created_by: int
    created: datetime
    last_used: datetime | None
    disabled: bool
    settings: ManagementKeySettings


async def create_management_key(
    db: Transaction, account_id: int, settings: ManagementKeySettings, user_id: int, now: datetime
) -> tuple[StoredManagementKey, str]:
    """Store a new management key; the row, and the key, to be shown once."""
    key = new_key()
    rows = await db.rows(
        QUERIES["create_management_key"],
        account_id,
        settings.name,
        bytes.fromhex(hash_key(key)),
        settings.expiry_date,
        list(settings.endpoints),
        list(settings.allowed_application_ids),
        user_id,
        now,
    )
    return _management_key_of(rows[0]), key


async def list_management_keys(
    db: Transaction, account_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredManagementKey]:
    """A page of the account's management keys.

    `sort` is id, name, created, expiryDate or lastUsed, with a leading "-" for descending.
    """
    query = QUERIES["list_management_keys"]
    return await list_page(db, query, account_id, sort, page_size=page_size, skip=skip, read=_management_key_of)


async def find_management_key(db: Transaction, account_id: int, key_id: int) -> StoredManagementKey | None:
    """The account's management key with this id, or None."""
    row = await db.row(QUERIES["find_management_key"], account_id, key_id)
    return None if row is None else _management_key_of(row)


async def delete_management_key(db: Transaction, account_id: int, key_id: int) -> bool:
    """Let a management key work no longer; False when there is no such key."""
    return await db.run(QUERIES["delete_management_key"], account_id, key_id) > 0


def _management_key_of(row: Record) -> StoredManagementKey:
    return StoredManagementKey(
        id=row["id"],
        account_id=row["account_id"],
        created_by=row["created_by"],
        created=row["created"],
        last_used=row["last_used"],
        disabled=row["disabled"],
        settings=ManagementKeySettings(
            name=row["name"],
            expiry_date=row["expiry_date"],
            endpoints=tuple(row["endpoints"]),
            allowed_application_ids=tuple(row["allowed_application_ids"]),
        ),
    )
