"""Shoppers who close, cancel and return until the server is gone, and the books they keep of what they were told."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.support.crowd import Answer, Shopper, cart, crowd

SHOPPERS = 16
PROFILES = 40
"""More than shoppers, so that few are turned away; few enough that each comes back."""

REPEATED = 20
"""Closes that were answered and are sent again nevertheless."""

CODE = "EVERYONE"
DISCOUNT = 7
PRICE = 100
UNITS = 3
UNIT_DISCOUNT = 2

CANCELLED_OF = 5
"""Every so manieth session is cancelled after it was closed."""

RETURNED_OF = 3
"""Of every so manieth of the others one unit comes back."""

RULE = {
    "title": "seven off",
    "condition": ["and", ["couponValid"]],
    "effects": [
        ["setDiscount", "seven off", DISCOUNT],
        ["setDiscountPerItem", [".", "Session", "CartItems"], "two off", [["Item"], UNIT_DISCOUNT]],
    ],
}
LIMITS = [
    {"action": "setDiscount", "limit": 1_000_000, "entities": []},
    {"action": "redeemCoupon", "limit": 1_000_000, "entities": []},
]


@dataclass
class Books:
    """What shoppers know: which sessions they tried to close, to cancel or to return a unit of, and which of that was
    answered; of closing with its effects."""

    closing: dict[str, str] = field(default_factory=dict)
    closed: dict[str, Any] = field(default_factory=dict)
    cancelling: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)
    returning: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)


async def press(
    url: str, key: str, books: Books, numbers: Iterator[int], answers: int, kill: Callable[[], None]
) -> None:
    """Closes, cancels and returns until so many sessions were closed, then has the server killed in the midst of it."""
    enough = len(books.closed) + answers
    async with crowd(url, key, SHOPPERS) as shoppers, asyncio.TaskGroup() as group:
        for shopper in shoppers:
            group.create_task(_shop(shopper, books, numbers))
        while len(books.closed) < enough:
            await asyncio.sleep(0)
        kill()


async def _shop(shopper: Shopper, books: Books, numbers: Iterator[int]) -> None:
    """One session after the other, until the connection breaks."""
    try:
        for number in numbers:
            await _one_session(shopper, books, number)
    except (OSError, EOFError):
        return


async def _one_session(shopper: Shopper, books: Books, number: int) -> None:
    session_id, profile_id = f"s-{number}", f"p-{number % PROFILES}"
    books.closing[session_id] = profile_id
    books.closed[session_id] = await close(shopper, session_id, profile_id)
    if number % CANCELLED_OF == 0:
        books.cancelling.add(session_id)
        _expect_success(await shopper.insist(session_id, state="cancelled"))
        books.cancelled.add(session_id)
    elif number % RETURNED_OF == 0:
        books.returning.add(session_id)
        _expect_success(await shopper.give_back(session_id, {"position": 0, "quantity": 1}))
        books.returned.add(session_id)


async def ask_again(url: str, key: str, books: Books) -> None:
    """Sends every close that was not answered again, under its key, and the latest of those that were: they are told
    what they were told."""
    unanswered = [session_id for session_id in books.closing if session_id not in books.closed]
    async with crowd(url, key, 1) as (shopper,):
        for session_id in [*unanswered, *list(books.closed)[-REPEATED:]]:
            effects = await close(shopper, session_id, books.closing[session_id])
            assert books.closed.setdefault(session_id, effects) == effects, f"{session_id} was told something else"


async def close(shopper: Shopper, session_id: str, profile_id: str) -> Any:
    """Closes a session under a key of its own; the effects."""
    answer = await shopper.insist(
        session_id,
        idempotency_key=f"close {session_id}",
        state="closed",
        profileId=profile_id,
        couponCodes=[CODE],
        cartItems=[line | {"quantity": UNITS} for line in cart(PRICE)],
    )
    _expect_success(answer)
    return answer.body["effects"]


def _expect_success(answer: Answer) -> None:
    assert answer.status == 200, answer.body
