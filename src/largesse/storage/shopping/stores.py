"""Stores as rows, and the campaigns linked to them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit
from largesse.engine.shopping.stores import Store
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.shopping", "stores.sql")


class StoreSettings(Struct, frozen=True, kw_only=True):
    """What may be changed about a store: everything but its integration id."""

    name: str
    description: str = ""
    attributes: dict[str, JSON] = {}


class StoredStore(Struct, frozen=True, kw_only=True):
    """A store as it stands, with the ids of the campaigns linked to it."""

    id: int
    application_id: int
    integration_id: str
    created: datetime
    updated: datetime
    campaign_ids: tuple[int, ...]
    settings: StoreSettings


class StoreFilter(Struct, frozen=True, kw_only=True):
    """Which stores are wanted; None where it does not matter.

    `name` is contained in the store's, `text` in its name or its integration id, both whatever the case.
    """

    campaign_id: int | None = None
    name: str | None = None
    integration_id: str | None = None
    text: str | None = None


class StoreTaken(Exception):  # noqa: N818 - it says what is so
    """The Application has a store with this integration id already."""


async def create_store(
    db: Transaction, scope: Scope, integration_id: str, settings: StoreSettings, now: datetime
) -> StoredStore:
    """Store a new store. Raises `StoreTaken`."""
    place = (scope.account_id, scope.application_id, now, integration_id)
    try:
        rows = await db.rows(QUERIES["create_store"], *place, *_columns(settings))
    except UniqueViolation as violation:
        raise StoreTaken from violation
    return _store_of(rows[0])


async def find_store(db: Transaction, scope: Scope, store_id: int) -> StoredStore | None:
    """The Application's store with this id, or None."""
    row = await db.row(QUERIES["find_store"], scope.account_id, scope.application_id, store_id)
    return None if row is None else _store_of(row)


async def list_stores(
    db: Transaction, scope: Scope, wanted: StoreFilter, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredStore]:
    """A page of the stores that pass the filter; `sort` is id, name, integrationId, created or updated, with a leading
    "-" for descending."""
    filters = (wanted.campaign_id, wanted.name, wanted.integration_id, wanted.text)
    arguments = (scope.account_id, scope.application_id, *filters, sort)
    return await list_page(db, QUERIES["list_stores"], *arguments, page_size=page_size, skip=skip, read=_store_of)


async def update_store(db: Transaction, scope: Scope, store_id: int, settings: StoreSettings, now: datetime) -> None:
    """Replace the settings of a store. Raises `Conflict` when it is gone."""
    place = (scope.account_id, scope.application_id, store_id, now)
    await db.run_guarded(QUERIES["update_store"], *place, *_columns(settings))


async def delete_store(db: Transaction, scope: Scope, store_id: int) -> bool:
    """Delete a store and its budgets; False when there is none.

    Campaigns stay linked to it, so that one for this store alone is not suddenly for all.
    """
    return await db.run(QUERIES["delete_store"], scope.account_id, scope.application_id, store_id) > 0


async def find_session_store(db: Transaction, scope: Scope, integration_id: str) -> Store | None:
    """The store that a session names as evaluation needs it, or None."""
    row = await db.row(QUERIES["store_of_session"], scope.account_id, scope.application_id, integration_id)
    if row is None:
        return None
    budgets: dict[int, tuple[Limit, ...]] = {}
    for each in row["budgets"] or ():
        limit = msgspec.convert({**each, "entities": ("Store",)}, Limit)
        campaign_id = each["campaign_id"]
        budgets[campaign_id] = (*budgets.get(campaign_id, ()), limit)
    return Store(
        id=row["id"],
        integration_id=row["integration_id"],
        name=row["name"],
        description=row["description"],
        attributes=attributes_of(row["attributes"]),
        campaigns=frozenset(row["campaign_ids"]),
        budgets=budgets,
    )


async def known_stores(db: Transaction, scope: Scope, store_ids: Sequence[int]) -> set[int]:
    """Those of some ids that are stores of the Application."""
    if not store_ids:
        return set()
    rows = await db.rows(QUERIES["known_stores"], scope.account_id, scope.application_id, list(store_ids))
    return {row["id"] for row in rows}


async def stores_by_integration_id(db: Transaction, scope: Scope, integration_ids: Sequence[str]) -> dict[str, int]:
    """The ids of those of some integration ids that are stores of the Application."""
    query = QUERIES["stores_by_integration_id"]
    rows = await db.rows(query, scope.account_id, scope.application_id, list(integration_ids))
    return {row["integration_id"]: row["id"] for row in rows}


async def linked_stores(db: Transaction, scope: Scope, campaign_id: int) -> dict[str, int]:
    """The stores that a campaign is linked to: ids by integration id, in the order of the ids."""
    rows = await db.rows(QUERIES["linked_stores"], scope.account_id, scope.application_id, campaign_id)
    return {row["integration_id"]: row["id"] for row in rows}


async def link_stores(
    db: Transaction, scope: Scope, campaign_id: int, store_ids: Sequence[int], *, imported: bool = False
) -> None:
    """Let a campaign be for these stores and no others, for all sessions if there are none; `imported` if they came in
    a file."""
    query = QUERIES["link_stores"]
    await db.run(query, scope.account_id, scope.application_id, campaign_id, list(store_ids), imported)


def _columns(settings: StoreSettings) -> tuple[object, ...]:
    return (settings.name, settings.description, settings.attributes)


def _store_of(row: Record) -> StoredStore:
    return StoredStore(
        id=row["id"],
        application_id=row["application_id"],
        integration_id=row["integration_id"],
        created=row["created"],
        updated=row["updated"],
        campaign_ids=tuple(row["campaign_ids"]),
        settings=StoreSettings(
            name=row["name"], description=row["description"], attributes=attributes_of(row["attributes"])
        ),
    )
