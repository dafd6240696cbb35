"""Cart item filters as rows: the named lists of an Application, and the expressions each of them had."""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.shopping.cart_item_filters import CartItemFilter
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.shopping", "cart_item_filters.sql")

_EXPRESSION = msgspec.json.Decoder(JSON, float_hook=Decimal)
_encode = msgspec.json.Encoder(decimal_format="number").encode


class StoredFilter(Struct, frozen=True, kw_only=True):
    """A filter as it stands; without an active expression no rule can read it."""

    id: int
    application_id: int
    name: str
    description: str
    active_expression_id: int | None
    created: datetime
    created_by: int
    modified: datetime | None
    modified_by: int | None


class StoredExpression(Struct, frozen=True, kw_only=True):
    """An expression that a filter has or had, as plain JSON."""

    id: int
    application_id: int
    filter_id: int
    expression: JSON
    created: datetime
    created_by: int


class FilterTaken(Exception):  # noqa: N818 - it says what is so
    """The Application has a filter with this name already."""


async def create_filter(
    db: Transaction, scope: Scope, name: str, description: str, user_id: int, now: datetime
) -> StoredFilter:
    """Store a new filter. Raises `FilterTaken`."""
    place = (scope.account_id, scope.application_id)
    try:
        rows = await db.rows(QUERIES["create_cart_item_filter"], *place, name, description, now, user_id)
    except UniqueViolation as violation:
        raise FilterTaken from violation
    return _filter_of(rows[0])


async def find_filter(db: Transaction, scope: Scope, filter_id: int) -> StoredFilter | None:
    """The Application's filter with this id, or None."""
    row = await db.row(QUERIES["find_cart_item_filter"], scope.account_id, scope.application_id, filter_id)
    return None if row is None else _filter_of(row)


async def list_filters(db: Transaction, scope: Scope, *, name: str | None, limit: int, skip: int) -> list[StoredFilter]:
    """At most `limit` filters of the Application, the oldest first, after skipping some."""
    query = QUERIES["list_cart_item_filters"]
    rows = await db.rows(query, scope.account_id, scope.application_id, name, limit, skip)
    return [_filter_of(row) for row in rows]


async def update_filter(
    db: Transaction,
    scope: Scope,
    filter_id: int,
    *,
    description: str,
    active_expression_id: int | None,
    user_id: int,
    now: datetime,
) -> StoredFilter | None:
    """Change what can be changed about a filter; None when there is none."""
    place = (scope.account_id, scope.application_id, filter_id)
    query = QUERIES["update_cart_item_filter"]
    row = await db.row(query, *place, description, active_expression_id, now, user_id)
    return None if row is None else _filter_of(row)


async def delete_filter(db: Transaction, scope: Scope, filter_id: int) -> bool:
    """Delete a filter; False when there is none."""
    query = QUERIES["delete_cart_item_filter"]
    return await db.run(query, scope.account_id, scope.application_id, filter_id) > 0


async def create_expression(
    db: Transaction, scope: Scope, filter_id: int, expression: JSON, user_id: int, now: datetime
) -> StoredExpression:
    """Store a new expression of a filter; which of them is in force is said by the filter."""
    place = (scope.account_id, scope.application_id, filter_id)
    query = QUERIES["create_cart_item_filter_expression"]
    rows = await db.rows(query, *place, _encode(expression), now, user_id)
    return _expression_of(rows[0])


async def find_expression(db: Transaction, scope: Scope, filter_id: int, expression_id: int) -> StoredExpression | None:
    """An expression of the filter, or None."""
    place = (scope.account_id, scope.application_id, filter_id)
    row = await db.row(QUERIES["find_cart_item_filter_expression"], *place, expression_id)
    return None if row is None else _expression_of(row)


async def cart_item_filter_definitions(
    db: Transaction, account_id: int, application_id: int
) -> tuple[CartItemFilter, ...]:
    """The filters that rules of the Application may read, in the order of their creation."""
    rows = await db.rows(QUERIES["cart_item_filter_definitions"], account_id, application_id)
    return tuple(CartItemFilter(row["id"], row["name"], _EXPRESSION.decode(row["expression"])) for row in rows)


def _filter_of(row: Record) -> StoredFilter:
    return StoredFilter(**{name: row[name] for name in StoredFilter.__struct_fields__})


def _expression_of(row: Record) -> StoredExpression:
    return StoredExpression(
        id=row["id"],
        application_id=row["application_id"],
        filter_id=row["filter_id"],
        expression=_EXPRESSION.decode(row["expression"]),
        created=row["created"],
        created_by=row["created_by"],
    )
