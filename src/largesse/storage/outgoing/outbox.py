"""The outbox: requests to other systems, stored together with what they tell of, and sent afterwards."""

from collections.abc import Iterable
from datetime import datetime

from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.outgoing", "outbox.sql")


async def save_calls(db: Transaction, scope: Scope, calls: Iterable[CallWebhook], now: datetime) -> None:
    """Put the calls of webhooks into the outbox; they are due at once, and lost if the transaction is rolled back."""
    rows = [
        (
            call.message_id,
            call.webhook_id,
            call.title,
            call.campaign_id,
            call.verb,
            call.url,
            dict(call.headers),
            call.body,
            call.authentication_id,
        )
        for call in calls
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    await db.run(QUERIES["put_calls_into_outbox"], scope.account_id, scope.application_id, now, *columns)
