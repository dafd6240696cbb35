"""Catalogs of cart items as rows: whose they are, and what is known of each item."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.shopping.cart import Price, Product
from largesse.engine.shopping.catalogs import CatalogItem
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.shopping", "catalogs.sql")


class StoredCatalog(Struct, frozen=True, kw_only=True):
    """A catalog as it stands, with the Applications that take from it; `version` counts synchronizations."""

    id: int
    account_id: int
    created: datetime
    modified: datetime
    created_by: int
    name: str
    description: str
    version: int
    application_ids: tuple[int, ...]


class StoredItem(Struct, frozen=True):
    """An item of a catalog as it stands; `version` counts its changes."""

    id: int
    created: datetime
    catalog_id: int
    version: int
    item: CatalogItem


class SentItem(Struct, frozen=True):
    """What is said about one item; without a price the one it has stays."""

    sku: str
    price: Decimal | None = None
    product: str | None = None
    attributes: dict[str, JSON] = {}


class Adjustment(Struct, frozen=True):
    """The price of an item of one type for some time (None: for ever on that side); without a price it has none."""

    sku: str
    price_type: str
    price: Decimal | None
    reference_id: str
    context_id: str
    calculated_at: datetime
    effective_from: datetime | None
    effective_until: datetime | None


class CatalogKey(Struct, frozen=True):
    """Where a catalog is: its account and its id."""

    account_id: int
    catalog_id: int


async def create_catalog(
    db: Transaction, account_id: int, name: str, description: str, user_id: int, now: datetime
) -> CatalogKey:
    """Store a new catalog, without items and Applications."""
    rows = await db.rows(QUERIES["create_catalog"], account_id, now, user_id, name, description)
    return CatalogKey(account_id, rows[0]["id"])


async def subscribe(db: Transaction, catalog: CatalogKey, application_ids: Sequence[int]) -> list[int]:
    """Let Applications take from a catalog; those that cannot, because they take from another one."""
    if not application_ids:
        return []
    query = QUERIES["subscribe"]
    rows = await db.rows(query, catalog.account_id, catalog.catalog_id, list(application_ids))
    return [row["application_id"] for row in rows]


async def find_catalog(db: Transaction, catalog: CatalogKey) -> StoredCatalog | None:
    """The catalog, or None."""
    row = await db.row(QUERIES["find_catalog"], catalog.account_id, catalog.catalog_id)
    return None if row is None else _catalog_of(row)


async def list_catalogs(
    db: Transaction, account_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredCatalog]:
    """A page of the account's catalogs; `sort` is id, name or created, with a leading "-" for descending."""
    query = QUERIES["list_catalogs"]
    return await list_page(db, query, account_id, sort, page_size=page_size, skip=skip, read=_catalog_of)


async def describe_catalog(db: Transaction, catalog: CatalogKey, name: str, description: str, now: datetime) -> None:
    """Change a catalog's name and description. Raises `Conflict` when it is gone."""
    await db.run_guarded(QUERIES["describe_catalog"], catalog.account_id, catalog.catalog_id, now, name, description)


async def find_catalog_of(db: Transaction, account_id: int, application_id: int) -> int | None:
    """The catalog that an Application takes from, or None."""
    row = await db.row(QUERIES["catalog_of_application"], account_id, application_id)
    return None if row is None else int(row["catalog_id"])


async def items_by_sku(
    db: Transaction, catalog: CatalogKey, skus: Sequence[str], now: datetime, *, sandbox: bool, profile_id: str
) -> dict[str, CatalogItem]:
    """The items with these SKUs, those that exist, with the prices that a profile ("" for nobody) may have now."""
    place = (catalog.account_id, catalog.catalog_id, list(skus))
    rows = await db.rows(QUERIES["items_by_sku"], *place, now, sandbox, profile_id)
    return {row["sku"]: structs.replace(_item_of(row), prices=_prices_of(row["prices"] or ())) for row in rows}


async def known_skus(db: Transaction, catalog: CatalogKey, skus: Sequence[str]) -> set[str]:
    """Those of some SKUs that the catalog has."""
    rows = await db.rows(QUERIES["known_skus"], catalog.account_id, catalog.catalog_id, list(skus))
    return {row["sku"] for row in rows}


async def add_adjustments(db: Transaction, catalog: CatalogKey, adjustments: Sequence[Adjustment]) -> None:
    """Add prices of items that the catalog has."""
    columns = [list(column) for column in zip(*map(structs.astuple, adjustments), strict=True)]
    await db.run(QUERIES["add_adjustments"], catalog.account_id, catalog.catalog_id, *columns)


async def list_items(
    db: Transaction,
    catalog: CatalogKey,
    *,
    skus: Sequence[str] | None = None,
    products: Sequence[str] | None = None,
    page_size: int,
    skip: int = 0,
) -> Listing[StoredItem]:
    """A page of a catalog's items in the order in which they came, those with these SKUs or products where given."""
    query = QUERIES["list_items"]
    arguments = (catalog.account_id, catalog.catalog_id, skus, products)
    return await list_page(db, query, *arguments, page_size=page_size, skip=skip, read=_stored_item_of)


async def begin_sync(db: Transaction, catalog: CatalogKey, version: int | None, now: datetime) -> bool:
    """Count one more synchronization, one at a time; False where the catalog is not at the version named."""
    place = (catalog.account_id, catalog.catalog_id)
    return await db.row(QUERIES["begin_sync"], *place, version, now) is not None


async def add_items(
    db: Transaction, catalog: CatalogKey, items: Sequence[SentItem], replaceable: Collection[str], now: datetime
) -> None:
    """Add items; one whose SKU is there stays as it is, unless it is among the `replaceable`."""
    if items:
        place = (catalog.account_id, catalog.catalog_id, now, list(replaceable))
        await db.run(QUERIES["add_items"], *place, *_columns(items))


async def patch_items(db: Transaction, catalog: CatalogKey, items: Sequence[SentItem]) -> None:
    """Change items that are there, merging their attributes; what is not there is passed over."""
    if items:
        await db.run(QUERIES["patch_items"], catalog.account_id, catalog.catalog_id, *_columns(items))


async def remove_items(db: Transaction, catalog: CatalogKey, skus: Sequence[str]) -> None:
    """Remove items; what is not there is passed over."""
    await db.run(QUERIES["remove_items"], catalog.account_id, catalog.catalog_id, list(skus))


async def patch_matching(
    db: Transaction,
    catalog: CatalogKey,
    filters: Sequence[Mapping[str, JSON]],
    price: Decimal | None,
    attributes: Mapping[str, JSON],
) -> None:
    """Change all items of which every filter holds, {attr, op, value} each."""
    place = (catalog.account_id, catalog.catalog_id, list(filters))
    await db.run(QUERIES["patch_matching"], *place, price, dict(attributes))


async def remove_matching(db: Transaction, catalog: CatalogKey, filters: Sequence[Mapping[str, JSON]]) -> None:
    """Remove all items of which every filter holds."""
    await db.run(QUERIES["remove_matching"], catalog.account_id, catalog.catalog_id, list(filters))


def _columns(items: Sequence[SentItem]) -> tuple[list[object], ...]:
    return (
        [item.sku for item in items],
        [item.price for item in items],
        [item.product for item in items],
        [item.attributes for item in items],
    )


def _catalog_of(row: Record) -> StoredCatalog:
    return StoredCatalog(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        modified=row["modified"],
        created_by=row["created_by"],
        name=row["name"],
        description=row["description"],
        version=row["version"],
        application_ids=tuple(row["application_ids"]),
    )


def _stored_item_of(row: Record) -> StoredItem:
    return StoredItem(row["id"], row["created"], row["catalog_id"], row["version"], _item_of(row))


def _prices_of(column: JSON) -> dict[str, Price]:
    return {each["price_type"]: _price_of(each) for each in column if each["price"] is not None}


def _price_of(column: JSON) -> Price:
    price: Price = msgspec.convert(column | {"price": Decimal(column["price"])}, Price)
    return price


def _item_of(row: Record) -> CatalogItem:
    product = None if row["product"] is None else Product(row["product"])
    return CatalogItem(row["id"], row["sku"], row["price"], product, attributes_of(row["attributes"]))
