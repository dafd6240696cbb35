"""Custom attributes as rows: what an account has defined for its entities, and the values of their allowed lists.

A list may hold half a million values; a request looks up those it sends.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct, convert, structs

from largesse.engine.attributes import AttributeDefinition, AttributeType, Entity, ListedValue, Subscription
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.shopping.event_types import ensure_event_type

QUERIES = load_queries("largesse.storage", "attributes.sql")

# Constraints of the schema, and the field each keeps unique per entity.
UNIQUE_FIELDS = {"attributes_name": "name", "attributes_title": "title"}


class NewAttribute(Struct, frozen=True, kw_only=True):
    """All there is to define about an attribute, in the order of the columns in the statement that writes it.

    An empty list of subscribed Applications means that all may use it. Source: semantics, section 7.
    """

    entity: Entity
    event_type: str | None = None
    name: str
    title: str
    type: AttributeType
    description: str = ""
    suggestions: tuple[str, ...] = ()
    has_allowed_list: bool = False
    restricted_by_suggestions: bool = False
    editable: bool = True
    subscribed_applications_ids: tuple[int, ...] = ()
    subscribed_catalogs_ids: tuple[int, ...] = ()
    allowed_subscriptions: tuple[Subscription, ...] = ()


class StoredAttribute(Struct, frozen=True, kw_only=True):
    """An attribute as it stands."""

    id: int
    account_id: int
    created: datetime
    definition: NewAttribute


class AttributeTaken(Exception):  # noqa: N818 - it says what is so
    """The entity has an attribute with this `field` ("name" or "title") already."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


async def create_attribute(
    db: Transaction, account_id: int, definition: NewAttribute, now: datetime
) -> StoredAttribute:
    """Define an attribute, and the type of events that it is for. Raises `AttributeTaken`."""
    try:
        rows = await db.rows(QUERIES["create_attribute"], account_id, now, *structs.astuple(definition))
    except UniqueViolation as violation:
        raise AttributeTaken(UNIQUE_FIELDS[violation.constraint]) from violation
    if definition.entity == "Event" and definition.event_type is not None:
        await ensure_event_type(db, account_id, definition.event_type, now)
    return _attribute_of(rows[0])


async def find_attribute(db: Transaction, account_id: int, attribute_id: int) -> StoredAttribute | None:
    """The account's attribute with this id, or None."""
    row = await db.row(QUERIES["find_attribute"], account_id, attribute_id)
    return None if row is None else _attribute_of(row)


async def list_attributes(
    db: Transaction,
    account_id: int,
    *,
    entity: str | None = None,
    application_ids: Sequence[int] | None = None,
    type_name: str | None = None,
    search: str | None = None,
    sort: str = "id",
    page_size: int,
    skip: int = 0,
) -> Listing[StoredAttribute]:
    """A page of the account's attributes; None filters nothing.

    `application_ids` keeps what at least one of these Applications may use; `search` looks into name, description and
    type in any case. `sort` is id, name, title, entity, type or created, with a leading "-" for descending.
    """
    filters = (entity, application_ids, type_name, search, sort)
    query = QUERIES["list_attributes"]
    return await list_page(db, query, account_id, *filters, page_size=page_size, skip=skip, read=_attribute_of)


async def describe_attribute(
    db: Transaction, account_id: int, attribute_id: int, description: str
) -> StoredAttribute | None:
    """Change the description, the only part of an attribute that may change; None when there is no such attribute."""
    row = await db.row(QUERIES["describe_attribute"], account_id, attribute_id, description)
    return None if row is None else _attribute_of(row)


async def delete_attribute(db: Transaction, account_id: int, attribute_id: int) -> bool:
    """Stop defining an attribute; False when there was none.

    Values stored under its name stay where they are and are still shown, but can no longer be set.
    """
    return await db.run(QUERIES["delete_attribute"], account_id, attribute_id) > 0


async def attribute_definitions(
    db: Transaction, account_id: int, entity: Entity | None = None
) -> list[AttributeDefinition]:
    """The account's attributes as the engine checks values with them: all, or those of one entity."""
    return [
        AttributeDefinition(
            id=row["id"],
            entity=row["entity"],
            name=row["name"],
            type=row["type"],
            restricted_by_suggestions=row["restricted_by_suggestions"],
            has_allowed_list=row["has_allowed_list"],
            suggestions=tuple(row["suggestions"]),
            subscribed_applications_ids=tuple(row["subscribed_applications_ids"]),
            subscribed_catalogs_ids=tuple(row["subscribed_catalogs_ids"]),
            allowed_subscriptions=tuple(row["allowed_subscriptions"]),
            event_type=row["event_type"],
        )
        for row in await db.rows(QUERIES["attribute_definitions"], account_id, entity)
    ]


async def known_values(db: Transaction, account_id: int, asked: Collection[ListedValue]) -> frozenset[ListedValue]:
    """Those of some values that stand in the lists of their attributes; asking for none costs no exchange."""
    if not asked:
        return frozenset()
    attribute_ids, items = zip(*asked, strict=True)
    rows = await db.rows(QUERIES["known_values"], account_id, list(attribute_ids), list(items))
    return frozenset((row["attribute_id"], row["item"]) for row in rows)


async def all_values(db: Transaction, account_id: int, attribute_ids: Sequence[int]) -> frozenset[ListedValue]:
    """The whole lists of some attributes, for imports of as many values."""
    if not attribute_ids:
        return frozenset()
    rows = await db.rows(QUERIES["all_values"], account_id, list(attribute_ids))
    return frozenset((row["attribute_id"], row["item"]) for row in rows)


async def begin_list(db: Transaction, account_id: int, attribute_id: int) -> None:
    """Let an attribute have a new and empty allowed list."""
    await db.run(QUERIES["clear_values"], account_id, attribute_id)
    await db.run(QUERIES["note_list"], account_id, attribute_id)


async def add_values(db: Transaction, account_id: int, attribute_id: int, items: Sequence[str]) -> int:
    """Add values to an allowed list; how many were not there yet."""
    return await db.run(QUERIES["add_values"], account_id, attribute_id, list(items))


def _attribute_of(row: Record) -> StoredAttribute:
    columns = {field.name: row[field.name] for field in structs.fields(NewAttribute)}
    return StoredAttribute(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        definition=convert(columns, NewAttribute),
    )
