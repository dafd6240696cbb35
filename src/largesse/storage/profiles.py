"""Profiles as rows, and back."""

from largesse.engine.profiles import Profile
from largesse.plumbing.database import Record
from largesse.storage.values import attributes_of


def profile_of(row: Record) -> Profile | None:
    """The profile in a row with the columns that `open_session` and `open_profile` give; None where there is none."""
    if row["profile_id"] is None:
        return None
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
