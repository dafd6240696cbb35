"""Additional costs as rows: the fees an account has defined."""

from datetime import datetime

from msgspec import Struct

from largesse.engine.shopping.additional_costs import AdditionalCostDefinition, CostType
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage.shopping", "additional_costs.sql")

# Constraints of the schema, and the field each keeps unique.
UNIQUE_FIELDS = {"additional_costs_name": "name", "additional_costs_title": "title"}


class CostSettings(Struct, frozen=True, kw_only=True):
    """What may be changed about an additional cost: everything but its name.

    An empty list of subscribed Applications means that all may use it. Source: semantics, section 5.
    """

    title: str
    description: str = ""
    subscribed_applications_ids: tuple[int, ...] = ()
    type: CostType = "session"


class StoredAdditionalCost(Struct, frozen=True, kw_only=True):
    """An additional cost as it stands."""

    id: int
    account_id: int
    created: datetime
    name: str
    settings: CostSettings


class AdditionalCostTaken(Exception):  # noqa: N818 - it says what is so
    """The account has an additional cost with this `field` ("name" or "title") already."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


async def create_additional_cost(
    db: Transaction, account_id: int, name: str, settings: CostSettings, now: datetime
) -> StoredAdditionalCost:
    """Define an additional cost. Raises `AdditionalCostTaken`."""
    try:
        rows = await db.rows(QUERIES["create_additional_cost"], account_id, now, name, *_columns(settings))
    except UniqueViolation as violation:
        raise AdditionalCostTaken(UNIQUE_FIELDS[violation.constraint]) from violation
    return _cost_of(rows[0])


async def find_additional_cost(db: Transaction, account_id: int, cost_id: int) -> StoredAdditionalCost | None:
    """The account's additional cost with this id, or None."""
    row = await db.row(QUERIES["find_additional_cost"], account_id, cost_id)
    return None if row is None else _cost_of(row)


async def list_additional_costs(
    db: Transaction, account_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredAdditionalCost]:
    """A page of the account's additional costs; `sort` is id, name, title, type or created, with a leading "-" for
    descending.
    """
    query = QUERIES["list_additional_costs"]
    return await list_page(db, query, account_id, sort, page_size=page_size, skip=skip, read=_cost_of)


async def update_additional_cost(
    db: Transaction, account_id: int, cost_id: int, settings: CostSettings
) -> StoredAdditionalCost | None:
    """Replace the settings; None when there is no such additional cost. Raises `AdditionalCostTaken`."""
    try:
        row = await db.row(QUERIES["update_additional_cost"], account_id, cost_id, *_columns(settings))
    except UniqueViolation as violation:
        raise AdditionalCostTaken(UNIQUE_FIELDS[violation.constraint]) from violation
    return None if row is None else _cost_of(row)


async def delete_additional_cost(db: Transaction, account_id: int, cost_id: int) -> bool:
    """Stop defining an additional cost; False when there was none. Stored sessions keep what they were sent with."""
    return await db.run(QUERIES["delete_additional_cost"], account_id, cost_id) > 0


async def additional_cost_definitions(db: Transaction, account_id: int) -> list[AdditionalCostDefinition]:
    """The account's additional costs as the engine checks carts with them."""
    return [
        AdditionalCostDefinition(
            id=row["id"],
            name=row["name"],
            type=row["type"],
            subscribed_applications_ids=tuple(row["subscribed_applications_ids"]),
        )
        for row in await db.rows(QUERIES["additional_cost_definitions"], account_id)
    ]


def _columns(settings: CostSettings) -> tuple[object, ...]:
    return (settings.title, settings.description, settings.subscribed_applications_ids, settings.type)


def _cost_of(row: Record) -> StoredAdditionalCost:
    return StoredAdditionalCost(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        name=row["name"],
        settings=CostSettings(
            title=row["title"],
            description=row["description"],
            subscribed_applications_ids=tuple(row["subscribed_applications_ids"]),
            type=row["type"],
        ),
    )
