"""The outbox: requests to other systems, stored together with what they tell of, and sent afterwards.

Whoever sends takes what is due, and in the same transaction notes each attempt in the log and what becomes of the
message: sent or refused, it is gone; otherwise it is due again after a pause that doubles, until it is given up.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.sending import Answer, Letter
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.outgoing", "outbox.sql")

# Published for notifications, and chosen for webhooks: so long is a message tried again, counted from its beginning.
RETRIED = timedelta(minutes=10)
PAUSE = timedelta(seconds=1)
# How long the log is kept, as published.
LOGGED = timedelta(days=7)

TOO_MANY_REQUESTS, SERVER_ERRORS = 429, 500


class Message(Struct, frozen=True, kw_only=True):
    """A message that is due; `letter` carries its id and the secrets of its authentication, `shown` does not."""

    account_id: int
    application_id: int
    id: str
    created: datetime
    attempts: int
    letter: Letter
    shown: bytes


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


async def take_due(db: Transaction, now: datetime, count: int) -> list[Message]:
    """The messages that have waited longest; they are nobody else's until the transaction ends."""
    return [_message_of(row) for row in await db.rows(QUERIES["take_due_messages"], now, count)]


async def settle(db: Transaction, message: Message, answer: Answer, sent: datetime, answered: datetime) -> None:
    """Note an attempt, and what becomes of the message."""
    place = (message.account_id, message.application_id, message.id)
    await db.run(
        QUERIES["log_attempt"],
        *place,
        sent,
        message.shown,
        None if answer.status is None else answered,
        answer.body,
        answer.status,
    )
    due = answered + PAUSE * 2**message.attempts
    if is_worth_repeating(answer) and due <= message.created + RETRIED:
        await db.run(QUERIES["postpone_message"], *place, due)
    else:
        await db.run(QUERIES["drop_message"], *place)


def is_worth_repeating(answer: Answer) -> bool:
    """Whether the receiver may do better later: it failed, was overrun, or was not reached at all."""
    return answer.status is None or answer.status == TOO_MANY_REQUESTS or answer.status >= SERVER_ERRORS


async def forget_log(db: Transaction, now: datetime) -> int:
    """Drop what the log has kept for longer than its days; how many entries."""
    return await db.run(QUERIES["forget_message_log"], now - LOGGED)


def _message_of(row: Record) -> Message:
    headers: dict[str, str] = row["headers"]
    shown = "".join(f"{name}: {value}\n" for name, value in headers.items())
    secret_headers: dict[str, str] = row["secret_headers"] or {}
    message_id = str(row["id"])
    # Whatever the author has written under a name is replaced by what the authentication says.
    names = {name.lower() for name in secret_headers}
    kept = tuple((name, value) for name, value in headers.items() if name.lower() not in names)
    return Message(
        account_id=row["account_id"],
        application_id=row["application_id"],
        id=message_id,
        created=row["created"],
        attempts=row["attempts"],
        letter=Letter(
            verb=row["verb"],
            url=row["url"],
            headers=(*kept, *secret_headers.items(), ("X-UUID", message_id)),
            body=row["body"],
        ),
        shown=f"{row['verb']} {row['url']}\n{shown}\n{row['body']}".encode(),
    )
