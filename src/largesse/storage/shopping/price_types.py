"""Types of prices as rows: for which audiences they are, and which catalogs may have them."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.shopping.catalogs import CatalogKey

QUERIES = load_queries("largesse.storage.shopping", "price_types.sql")


class PriceTypeSettings(Struct, frozen=True, kw_only=True):
    """What may be changed about a type of prices: everything but its name; no audiences mean everybody, no catalogs
    all of them."""

    title: str
    description: str = ""
    targeted_audiences_ids: tuple[int, ...] = ()
    subscribed_catalogs_ids: tuple[int, ...] = ()


class StoredPriceType(Struct, frozen=True, kw_only=True):
    """A type of prices as it stands."""

    id: int
    account_id: int
    created: datetime
    modified: datetime
    name: str
    settings: PriceTypeSettings


class PriceTypeTaken(Exception):  # noqa: N818 - it says what is so
    """The account has a type of prices with this name already."""


async def create_price_type(
    db: Transaction, account_id: int, name: str, settings: PriceTypeSettings, now: datetime
) -> StoredPriceType:
    """Store a new type of prices. Raises `PriceTypeTaken`."""
    try:
        rows = await db.rows(QUERIES["create_price_type"], account_id, now, name, *_columns(settings))
    except UniqueViolation as violation:
        raise PriceTypeTaken from violation
    return _price_type_of(rows[0])


async def list_price_types(
    db: Transaction, account_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredPriceType]:
    """A page of the account's types of prices; `sort` is id or name, with a leading "-" for descending."""
    query = QUERIES["list_price_types"]
    return await list_page(db, query, account_id, sort, page_size=page_size, skip=skip, read=_price_type_of)


async def update_price_type(
    db: Transaction, account_id: int, price_type_id: int, settings: PriceTypeSettings, now: datetime
) -> StoredPriceType | None:
    """Replace the settings; None when there is no such type of prices."""
    row = await db.row(QUERIES["update_price_type"], account_id, price_type_id, now, *_columns(settings))
    return None if row is None else _price_type_of(row)


async def price_types_of(db: Transaction, catalog: CatalogKey) -> set[str]:
    """The names of the types of prices that items of a catalog may have, beside the base price."""
    rows = await db.rows(QUERIES["price_types_of_catalog"], catalog.account_id, catalog.catalog_id)
    return {row["name"] for row in rows}


async def existing_audiences(db: Transaction, account_id: int, ids: Sequence[int]) -> set[int]:
    """Those of some ids that are audiences of the account, in either of its worlds."""
    return {row["id"] for row in await db.rows(QUERIES["existing_audiences"], account_id, list(ids))}


def _columns(settings: PriceTypeSettings) -> tuple[object, ...]:
    return (
        settings.title,
        settings.description,
        settings.targeted_audiences_ids,
        settings.subscribed_catalogs_ids,
    )


def _price_type_of(row: Record) -> StoredPriceType:
    return StoredPriceType(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        modified=row["modified"],
        name=row["name"],
        settings=PriceTypeSettings(
            title=row["title"],
            description=row["description"],
            targeted_audiences_ids=tuple(row["targeted_audiences_ids"]),
            subscribed_catalogs_ids=tuple(row["subscribed_catalogs_ids"]),
        ),
    )
