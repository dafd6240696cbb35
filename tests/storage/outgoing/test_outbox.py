"""The outbox: calls are stored with the decision that asks for them, whole, and due at once."""

from datetime import UTC, datetime

import pytest

from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.plumbing.database import Database
from largesse.storage.changes import save
from largesse.storage.scope import Scope

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
CALL = CallWebhook(
    message_id="2f1c2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6",
    webhook_id=7,
    title="Tell",
    campaign_id=3,
    verb="POST",
    url="https://shop.example/x",
    headers=(("A", "b"), ("Content-Type", "application/json")),
    body='{"a": 1}',
    authentication_id=None,
)


async def test_calls_are_stored_with_the_decision(database: Database) -> None:
    async with database.transaction() as db:
        await save(db, Scope(1, 2), [CALL], NOW)
