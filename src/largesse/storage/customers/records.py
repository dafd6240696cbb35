"""Customers as staff look through them, and the friends they have referred."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.customers.profiles import Profile
from largesse.plumbing.database import Query, Record, Transaction, load_queries
from largesse.storage.customers.profiles import found_profile
from largesse.storage.listing import Listing, list_page
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.customers", "records.sql")


class CustomerFilter(Struct, frozen=True, kw_only=True):
    """Which profiles are meant; None filters nothing. `attributes` must all have these values."""

    ids: Sequence[int] | None = None
    integration_ids: Sequence[str] | None = None
    attributes: dict[str, JSON] | None = None


class Customer(Struct, frozen=True):
    """A profile, and who has referred it in the Application that is asked about; None where nobody has."""

    profile: Profile
    advocate_id: str | None


class Friend(Struct, frozen=True):
    """One who was referred: by whom, with which code, and in which session."""

    session_id: str
    advocate_id: str
    friend_id: str
    code: str
    created: datetime


async def list_customers(
    db: Transaction,
    account_id: int,
    sandbox: bool,
    application_id: int | None,
    wanted: CustomerFilter,
    *,
    rows_max: int,
    skip: int,
) -> list[Customer]:
    """At most `rows_max` of the profiles that are wanted, after the first `skip`, the oldest first."""
    page = "\nORDER BY p.id LIMIT $7 OFFSET $8"
    query = Query("list_customers", QUERIES["matching_customers"].text + page)
    rows = await db.rows(query, *_arguments(account_id, sandbox, application_id, wanted), rows_max, skip)
    return [Customer(found_profile(row), row["advocate_integration_id"]) for row in rows]


async def count_customers(
    db: Transaction, account_id: int, sandbox: bool, application_id: int | None, wanted: CustomerFilter
) -> int:
    """How many profiles are wanted."""
    counted = f"SELECT count(*) AS total FROM ({QUERIES['matching_customers'].text}) AS found"  # noqa: S608 - text of our own
    query = Query("count_customers", counted)
    rows = await db.rows(query, *_arguments(account_id, sandbox, application_id, wanted))
    total: int = rows[0]["total"]
    return total


async def find_customer_by_id(db: Transaction, account_id: int, profile_id: int) -> Profile | None:
    """The profile with this id of ours, or None."""
    row = await db.row(QUERIES["customer_by_id"], account_id, profile_id)
    return None if row is None else found_profile(row)


async def list_friends(
    db: Transaction, scope: Scope, advocate_id: str, *, sort: str, page_size: int, skip: int
) -> Listing[Friend]:
    """A page of an advocate's friends; `sort` is created or friendIntegrationId, with a leading "-" for descending."""
    arguments = (scope.account_id, scope.application_id, advocate_id, sort)
    return await list_page(db, QUERIES["list_friends"], *arguments, page_size=page_size, skip=skip, read=_friend_of)


def _arguments(
    account_id: int, sandbox: bool, application_id: int | None, wanted: CustomerFilter
) -> tuple[object, ...]:
    return (account_id, sandbox, application_id, wanted.ids, wanted.integration_ids, wanted.attributes)


def _friend_of(row: Record) -> Friend:
    return Friend(
        session_id=row["session_integration_id"],
        advocate_id=row["advocate_integration_id"],
        friend_id=row["friend_integration_id"],
        code=row["code"],
        created=row["created"],
    )
