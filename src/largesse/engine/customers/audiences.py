"""Audiences: named groups of customers, who join and leave them by requests of shops and by rules.

A membership is changed at once, whether or not a session is closed, and nothing takes it back. Source: semantics,
section 20.
"""

from typing import Literal

from msgspec import Struct

# Which of the two customers that rules know: the one who is evaluated, or the one who has referred that one.
Who = Literal["Current", "Advocate"]


class Audience(Struct, frozen=True, kw_only=True):
    """An audience as rules may name it."""

    id: int
    name: str
    integration: str = ""
    integration_id: str | None = None


class ChangeMembership(Struct, frozen=True, tag=True):
    """Change: a profile joins an audience or leaves it; the profile is created if it is missing."""

    profile_id: str
    audience_id: int
    is_member: bool


class AudienceMoves(Struct, frozen=True):
    """The audiences that the evaluated customer has joined and left with this very update."""

    joined: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


NO_MOVES = AudienceMoves()
