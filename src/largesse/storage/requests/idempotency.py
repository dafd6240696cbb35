"""Replies kept under idempotency keys, as rows: written with the request's own writes, dropped a few at a time."""

from datetime import datetime

from largesse.plumbing.database import Transaction, load_queries
from largesse.plumbing.http.exchange import Answer
from largesse.plumbing.http.idempotency import KEPT, Attempt, Earlier
from largesse.storage.jobs.sweeping import ShopKey, Sweep, sweep

QUERIES = load_queries("largesse.storage.requests", "idempotency.sql")

# Dropped for every one kept: the table shrinks faster than it grows, and no request pays for the whole of yesterday.
DROPPED_PER_REPLY = 4


async def find_reply(db: Transaction, attempt: Attempt, since: datetime) -> Earlier:
    """What is known under the attempt's key since a moment.

    Takes the key until the transaction ends; where another transaction has it, that request is still running.
    """
    where = (attempt.account_id, attempt.application_id, attempt.place)
    row = await db.row(QUERIES["find_reply"], *where, since)
    if row is None:
        return Earlier()
    if row["is_running"]:
        return Earlier(is_running=True)
    answer = Answer(row["status"], row["body"], row["media_type"].encode())
    return Earlier(fingerprint=row["fingerprint"], answer=answer)


async def keep_reply(db: Transaction, attempt: Attempt, answer: Answer, now: datetime, since: datetime) -> None:
    """Keep a reply given `now`, unless one given after `since` is kept already; drops some that are older."""
    await db.run(
        QUERIES["keep_reply"],
        attempt.account_id,
        attempt.application_id,
        attempt.place,
        attempt.fingerprint,
        answer.status,
        answer.media_type.decode(),
        answer.body,
        now,
        since,
        DROPPED_PER_REPLY,
    )


async def drop_replies(db: Transaction, place: ShopKey, now: datetime) -> Sweep:
    """Drop some replies of the next shop that nobody can ask for any more."""
    return await sweep(db, QUERIES["next_shop_with_replies"], QUERIES["drop_replies"], place, now - KEPT)
