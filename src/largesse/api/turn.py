"""Waiting in turn: requests for one session or one profile run one after the other; too many at once are refused."""

from collections.abc import Awaitable
from typing import TypeVar

from largesse.plumbing.database import Crowded
from largesse.plumbing.problems import Busy

T = TypeVar("T")


async def in_turn(opening: Awaitable[T]) -> T:
    """What `opening` gives, or the published 409 where too many requests are waiting already."""
    try:
        return await opening
    except Crowded as crowded:
        noun = crowded.gate.partition(" ")[0]
        raise Busy(f"Too many requests are updating this {noun} at the same time") from crowded
