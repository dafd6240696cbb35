"""The attributes an account has defined, for whoever checks values or rules against them."""

from largesse.engine.attributes import AttributeDefinition
from largesse.plumbing.database import Transaction, load_queries

QUERIES = load_queries("largesse.storage", "definitions.sql")


async def attribute_definitions(db: Transaction, account_id: int) -> list[AttributeDefinition]:
    """All of them, in no particular order."""
    return [
        AttributeDefinition(
            row["id"],
            row["entity"],
            row["name"],
            row["type"],
            row["restricted_by_suggestions"],
            tuple(row["suggestions"]),
            tuple(row["subscribed_applications_ids"]),
        )
        for row in await db.rows(QUERIES["attribute_definitions"], account_id)
    ]
