"""Authentications as rows: the headers that webhooks send along and nobody reads again."""

import base64
from datetime import datetime
from typing import Literal

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, load_queries

QUERIES = load_queries("largesse.storage.outgoing", "authentications.sql")

AuthenticationType = Literal["basic", "custom"]


class AuthenticationSettings(Struct, frozen=True, kw_only=True):
    """An authentication: headers that are sent and, for `basic`, whose they are."""

    name: str
    type: AuthenticationType
    username: str
    headers: dict[str, str]


class StoredAuthentication(Struct, frozen=True, kw_only=True):
    """An authentication as it stands, without its secrets: the names of its headers, and the webhooks that use it."""

    id: int
    created: datetime
    modified: datetime
    created_by: str
    modified_by: str
    name: str
    type: AuthenticationType
    username: str
    header_names: tuple[str, ...]
    webhooks: tuple[tuple[int, str], ...]


def basic_headers(username: str, password: str) -> dict[str, str]:
    """The header of basic authentication."""
    return {"Authorization": "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()}


async def create_authentication(
    db: Transaction, account_id: int, settings: AuthenticationSettings, author: str, now: datetime
) -> StoredAuthentication:
    """Store an authentication."""
    columns = (settings.name, settings.type, settings.username, settings.headers)
    rows = await db.rows(QUERIES["create_authentication"], account_id, now, author, *columns)
    found = await find_authentication(db, account_id, rows[0]["id"])
    if found is None:
        raise AssertionError("it was stored just now")
    return found


async def find_authentication(db: Transaction, account_id: int, authentication_id: int) -> StoredAuthentication | None:
    """The account's authentication with this id, or None."""
    row = await db.row(QUERIES["find_authentication"], account_id, authentication_id)
    return None if row is None else _authentication_of(row)


async def list_authentications(db: Transaction, account_id: int) -> list[StoredAuthentication]:
    """All authentications of the account."""
    return [_authentication_of(row) for row in await db.rows(QUERIES["list_authentications"], account_id)]


async def update_authentication(
    db: Transaction,
    account_id: int,
    authentication_id: int,
    settings: AuthenticationSettings,
    author: str,
    now: datetime,
) -> StoredAuthentication | None:
    """Replace the settings; None when there is no such authentication. Messages that wait are sent with the new one."""
    columns = (settings.name, settings.type, settings.username, settings.headers)
    await db.run(QUERIES["update_authentication"], account_id, authentication_id, now, author, *columns)
    return await find_authentication(db, account_id, authentication_id)


async def delete_authentication(db: Transaction, account_id: int, authentication_id: int) -> bool:
    """Delete an authentication that no webhook uses; False when there was none."""
    return await db.run(QUERIES["delete_authentication"], account_id, authentication_id) > 0


def _authentication_of(row: Record) -> StoredAuthentication:
    return StoredAuthentication(
        id=row["id"],
        created=row["created"],
        modified=row["modified"],
        created_by=row["created_by"],
        modified_by=row["modified_by"],
        name=row["name"],
        type=row["type"],
        username=row["username"],
        header_names=tuple(row["headers"]),
        webhooks=tuple(zip(row["webhook_ids"], row["webhook_titles"], strict=True)),
    )
