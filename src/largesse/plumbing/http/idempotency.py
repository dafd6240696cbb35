"""`Idempotency-Key`: a request that is sent again under its key gets the reply of the first time, and does nothing.

A client that has lost the connection cannot know whether its request was carried out. With a key it may simply ask
again: the reply is kept for a day, in the transaction of the request's own writes, so neither is ever there without the
other.

* A key belongs to one Application, one operation and one path. Under it the same query and body must be sent.
* Successes are kept, and refusals that would be no different a moment later. What is told before an operation begins
  (a body that cannot be read, a key that may not) is not: it did nothing, and is told again.
* While the first request still runs, the second is told to come back.

Which table holds the replies is for an outer ring to say: `Replies`. [IA Idempotency-Key; semantics 2.5]
"""

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from largesse.plumbing.context import Caller
from largesse.plumbing.database import Transaction
from largesse.plumbing.http.exchange import Answer
from largesse.plumbing.problems import Busy, Invalid, Problem, TooManyRequests, Unauthorized, at_parameter

HEADER = "Idempotency-Key"

KEY_CHARACTERS_MAX = 255
"""Published."""

KEPT = timedelta(hours=24)
"""Published: for how long a reply is kept."""

PASSING = frozenset({Unauthorized.status, Busy.status, TooManyRequests.status})
"""Refusals that may be no more when the request comes again: keeping them would make a retry pointless."""


class Attempt(Struct, frozen=True, kw_only=True):
    """A request under a key: `place` stands for where it was sent and the key, `fingerprint` for what was sent."""

    account_id: int
    application_id: int
    place: bytes
    fingerprint: bytes


class Earlier(Struct, frozen=True, kw_only=True):
    """What is known of requests under a key: one `is_running`, or one was answered, or (with neither) there was
    none."""

    is_running: bool = False
    fingerprint: bytes = b""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Replies:
    """Where replies are kept.

    * `find`: what is known under a key since a moment; from then on until the transaction ends nobody else is told that
      nothing is.
    * `keep`: a reply given at a moment, unless one of later than another moment is kept already.
    """

    find: Callable[[Transaction, Attempt, datetime], Awaitable[Earlier]]
    keep: Callable[[Transaction, Attempt, Answer, datetime, datetime], Awaitable[None]]


def attempt_of(
    caller: Caller, key: str | None, sent_to: Iterable[object], query_string: bytes, body: bytes
) -> Attempt | None:
    """The attempt that a request is; None without a key. Raises `Invalid` for a key that is too long, or empty.

    `sent_to` is the operation with the values of its path.
    """
    if key is None:
        return None
    if not 1 <= len(key) <= KEY_CHARACTERS_MAX:
        details = f"The {HEADER} header must have 1 to {KEY_CHARACTERS_MAX} characters"
        raise Invalid(errors=[at_parameter("Too long" if key else "Required", details, HEADER)])
    return Attempt(
        account_id=caller.account_id,
        application_id=caller.application_id or 0,
        place=_digest(*(str(part).encode() for part in sent_to), key.encode()),
        fingerprint=_digest(query_string, body),
    )


async def replay(replies: Replies, db: Transaction, attempt: Attempt, now: datetime) -> Answer | None:
    """The reply kept of an earlier request; None where this is the first, which may run then.

    Raises `Busy` while the first still runs, and `Invalid` where it sent something else.
    """
    earlier = await replies.find(db, attempt, now - KEPT)
    if earlier.is_running:
        raise Busy(f"A request with this {HEADER} is still running")
    if earlier.answer is not None and earlier.fingerprint != attempt.fingerprint:
        details = f"This {HEADER} was used for another request; a key may be sent again only with the same one"
        raise Invalid(errors=[at_parameter("Invalid value", details, HEADER)])
    return earlier.answer


async def keep(replies: Replies, db: Transaction, attempt: Attempt, answer: Answer, now: datetime) -> None:
    """Keeps a reply for `KEPT`, in the transaction that `replay` found to be the first."""
    await replies.keep(db, attempt, answer, now, now - KEPT)


async def keep_refusal(replies: Replies, db: Transaction, attempt: Attempt, answer: Answer, now: datetime) -> None:
    """Keeps a refusal in a transaction after the one that was rolled back for it.

    Between the two somebody else may have begun under the same key: then it is their reply that is kept.
    """
    earlier = await replies.find(db, attempt, now - KEPT)
    if not earlier.is_running and earlier.answer is None:
        await keep(replies, db, attempt, answer, now)


def is_lasting(problem: Problem) -> bool:
    """Whether a refusal is kept, as one that the same request would meet again."""
    return 400 <= problem.status < 500 and problem.status not in PASSING


def _digest(*parts: bytes) -> bytes:
    """A hash of parts that differ even where their concatenations do not."""
    return hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()
