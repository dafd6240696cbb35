"""Profiles as rows, and back."""

from collections.abc import Sequence
from datetime import datetime

from largesse.engine.customers.profiles import Profile
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.customers", "profiles.sql")


async def create_profiles(
    db: Transaction, account_id: int, sandbox: bool, integration_ids: Sequence[str], now: datetime
) -> None:
    """Create empty profiles with these ids where there are none."""
    await db.run(QUERIES["create_profiles"], account_id, sandbox, integration_ids, now)


async def find_profiles(
    db: Transaction, account_id: int, sandbox: bool, integration_ids: Sequence[str]
) -> dict[str, Profile]:
    """Those of the profiles with these ids that there are, by id."""
    rows = await db.rows(QUERIES["find_profiles"], account_id, sandbox, integration_ids)
    return {row["profile_integration_id"]: found_profile(row) for row in rows}


def profile_of(row: Record) -> Profile | None:
    """The profile in a row with the columns that `open_session` and `open_profile` give; None where there is none."""
    return None if row["profile_id"] is None else found_profile(row)


def found_profile(row: Record) -> Profile:
    """The profile in a row with these columns that has one."""
    return Profile(
        id=row["profile_id"],
        integration_id=row["profile_integration_id"],
        created=row["profile_created"],
        attributes=attributes_of(row["profile_attributes"]),
        closed_sessions=row["closed_sessions"],
        total_sales=row["total_sales"],
        last_activity=row["last_activity"],
        sandbox=row["sandbox"],
    )
