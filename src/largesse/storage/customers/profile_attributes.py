"""Attributes that rules set of somebody else than the session is of: of an advocate."""

from datetime import datetime

from largesse.engine.customers.profiles import SetProfileAttributes
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.customers", "profile_attributes.sql")


async def save_profile_attributes(db: Transaction, scope: Scope, change: SetProfileAttributes, now: datetime) -> None:
    """Store attributes of a profile; what they do not name stays."""
    query = QUERIES["set_attributes"]
    await db.run(query, scope.account_id, scope.sandbox, change.integration_id, change.attributes, now)
