"""Collections as rows: long lists of texts, of an account or of a campaign, and which texts are in them."""

from collections.abc import Callable, Collection, Coroutine, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from largesse.engine.shopping.collections import CollectionDefinition, Memberships
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.plumbing.problems import Conflict
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage.shopping", "collections.sql")

# Half a million items take a second or two on a small machine; no shop waits for longer.
EXPORT_TIMEOUT_SECONDS = 120


class CollectionPlace(Struct, frozen=True):
    """Whose a collection is: the account's own, unless a campaign is named."""

    account_id: int
    application_id: int | None = None
    campaign_id: int | None = None


class StoredCollection(Struct, frozen=True, kw_only=True):
    """A collection as it stands, without what is in it."""

    id: int
    account_id: int
    application_id: int | None
    campaign_id: int | None
    name: str
    description: str
    subscribed_applications_ids: tuple[int, ...]
    created: datetime
    created_by: int
    modified: datetime
    modified_by: int | None

    @property
    def place(self) -> CollectionPlace:
        """Whose it is."""
        return CollectionPlace(self.account_id, self.application_id, self.campaign_id)


class CollectionTaken(Exception):  # noqa: N818 - it says what is so
    """There is a collection with this name already."""


async def create_collection(
    db: Transaction,
    place: CollectionPlace,
    name: str,
    description: str,
    application_ids: Sequence[int],
    user_id: int,
    now: datetime,
) -> StoredCollection:
    """Store a new, empty collection. Raises `CollectionTaken`."""
    whose = (place.account_id, place.application_id, place.campaign_id)
    try:
        rows = await db.rows(
            QUERIES["create_collection"], *whose, name, description, list(application_ids), now, user_id
        )
    except UniqueViolation as violation:
        raise CollectionTaken from violation
    return _collection_of(rows[0])


async def find_collection(db: Transaction, account_id: int, collection_id: int) -> StoredCollection | None:
    """The account's collection with this id, whoever's in the account it is, or None."""
    row = await db.row(QUERIES["find_collection"], account_id, collection_id)
    return None if row is None else _collection_of(row)


async def list_collections(
    db: Transaction, place: CollectionPlace, *, name: str | None, sort: str, page_size: int, skip: int
) -> Listing[StoredCollection]:
    """A page of the account's own collections, of those of all campaigns of an Application, or of one campaign; `sort`
    is id, name, created or modified, with a leading "-" for descending."""
    whose = (place.account_id, place.application_id, place.campaign_id)
    query = QUERIES["list_collections"]
    return await list_page(db, query, *whose, name, sort, page_size=page_size, skip=skip, read=_collection_of)


async def update_collection(
    db: Transaction,
    collection: StoredCollection,
    *,
    description: str,
    application_ids: Sequence[int],
    user_id: int,
    now: datetime,
) -> StoredCollection | None:
    """Change what can be changed about a collection; None when it is gone."""
    key = (collection.account_id, collection.id)
    row = await db.row(QUERIES["update_collection"], *key, description, list(application_ids), now, user_id)
    return None if row is None else _collection_of(row)


async def delete_collection(db: Transaction, collection: StoredCollection) -> None:
    """Delete a collection with all that is in it."""
    await db.run(QUERIES["delete_collection"], collection.account_id, collection.id)


async def replace_items(
    db: Transaction, collection: StoredCollection, chunks: Iterable[Sequence[str]], user_id: int, now: datetime
) -> int:
    """Put these items in the place of those there are; how many there are now. Raises `Conflict` where the collection
    is gone by now."""
    key = (collection.account_id, collection.id)
    if await db.row(QUERIES["hold_collection"], *key) is None:
        raise Conflict(f"collection {collection.id} was deleted meanwhile")
    await db.run(QUERIES["empty_collection"], *key)
    stored = 0
    for chunk in chunks:
        stored += await db.run(QUERIES["add_collection_items"], *key, list(chunk))
    await db.run(QUERIES["stamp_collection"], *key, now, user_id)
    return stored


async def list_items(db: Transaction, collection: StoredCollection, *, limit: int, skip: int = 0) -> list[str]:
    """At most so many items, in order, after skipping some."""
    rows = await db.rows(QUERIES["collection_items"], collection.account_id, collection.id, limit, skip)
    return [row["item"] for row in rows]


async def export_items(
    db: Transaction, collection: StoredCollection, write: Callable[[bytes], Coroutine[object, object, None]]
) -> int:
    """Write all items as a CSV file with a header; how many there are."""
    query, key = QUERIES["export_collection_items"], (collection.account_id, collection.id)
    return await db.copy_out(query, *key, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS)


async def collection_definitions(
    db: Transaction, account_id: int, application_id: int
) -> dict[int, CollectionDefinition]:
    """The collections that rules of an Application may name, by id."""
    rows = await db.rows(QUERIES["collection_definitions"], account_id, application_id)
    return {row["id"]: CollectionDefinition(row["id"], row["name"], row["owner_campaign_id"]) for row in rows}


async def find_memberships(
    db: Transaction, account_id: int, collection_ids: Collection[int], texts: Collection[str]
) -> Memberships:
    """Which of these texts are in which of these collections."""
    rows = await db.rows(QUERIES["collection_memberships"], account_id, list(collection_ids), list(texts))
    members: dict[int, set[str]] = {}
    for row in rows:
        members.setdefault(row["collection_id"], set()).add(row["item"])
    return Memberships(frozenset(texts), {each: frozenset(found) for each, found in members.items()})


def _collection_of(row: Record) -> StoredCollection:
    return StoredCollection(
        id=row["id"],
        account_id=row["account_id"],
        application_id=row["owner_application_id"],
        campaign_id=row["owner_campaign_id"],
        name=row["name"],
        description=row["description"],
        subscribed_applications_ids=tuple(row["subscribed_applications_ids"]),
        created=row["created"],
        created_by=row["created_by"],
        modified=row["modified"],
        modified_by=row["modified_by"],
    )
