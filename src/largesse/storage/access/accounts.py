"""Accounts as rows: the tenants of an installation."""

from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.access", "accounts.sql")


class StoredAccount(Struct, frozen=True, kw_only=True):
    """An account as it stands, with what it has.

    Bills go to its first administrator ("" where there is no user at all). A campaign is active while it is enabled,
    whatever its schedule.
    """

    id: int
    company_name: str
    created: datetime
    modified: datetime
    billing_email: str
    user_count: int
    application_count: int
    campaigns_active_count: int
    campaigns_inactive_count: int
    attributes: dict[str, JSON]


async def create_account(db: Transaction, company_name: str, now: datetime) -> int:
    """Store a new account; its id."""
    rows = await db.rows(QUERIES["create_account"], company_name, now)
    account_id: int = rows[0]["account_id"]
    return account_id


async def find_account(db: Transaction, account_id: int) -> StoredAccount | None:
    """The account with this id, or None."""
    row = await db.row(QUERIES["find_account"], account_id)
    if row is None:
        return None
    return StoredAccount(
        id=row["id"],
        company_name=row["company_name"],
        created=row["created"],
        modified=row["modified"],
        billing_email=row["billing_email"] or "",
        user_count=row["user_count"],
        application_count=row["application_count"],
        campaigns_active_count=row["campaigns_active_count"],
        campaigns_inactive_count=row["campaigns_inactive_count"],
        attributes=attributes_of(row["attributes"]),
    )


async def change_account(
    db: Transaction, account_id: int, company_name: str | None, attributes: dict[str, JSON] | None, now: datetime
) -> None:
    """Give an account another name or other attributes; None leaves them as they are."""
    await db.run(QUERIES["change_account"], account_id, company_name, attributes, now)


async def account_attributes(db: Transaction, account_id: int) -> dict[str, JSON]:
    """What rules may read of the account."""
    return attributes_of(await db.value(QUERIES["account_attributes"], account_id) or {})


async def hides_code_reasons(db: Transaction, account_id: int) -> bool:
    """Whether shops are told of unusable codes only that they are not found."""
    return bool(await db.value(QUERIES["hides_code_reasons"], account_id))


async def hide_code_reasons(db: Transaction, account_id: int, hidden: bool) -> None:
    """Tell shops of unusable codes only that they are not found, or the true reasons again."""
    await db.run(QUERIES["hide_code_reasons"], account_id, hidden)
