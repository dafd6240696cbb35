"""Everything an evaluation can ask to have stored, as one closed union.

Storage matches it exhaustively; a new kind of change is added to its noun's file, to this union and to storage, and the
type checker points at what is missing. A change that consumes something knows its inverse, which is how cancelling
works.
"""

from typing import TypeAlias

from msgspec import Struct

from largesse.engine.budgets import CountBudget
from largesse.engine.coupons import SetCouponAttributes, UseCoupon
from largesse.engine.effects.record import EffectRecord
from largesse.engine.profiles import UpdateProfile
from largesse.engine.sessions import Session, SessionEvent

# What closing a session consumes, and cancelling it gives back.
Consumption: TypeAlias = UseCoupon | CountBudget | UpdateProfile


class SaveSession(Struct, frozen=True):
    """Change: store a session whole.

    Refused when the stored one has moved on from `expected_update_count` (0: there must be none). `effects` are the
    session's net effects from now on, `consumed` what cancelling would have to give back.
    """

    session: Session
    expected_update_count: int
    effects: tuple[EffectRecord, ...]
    consumed: tuple[Consumption, ...] = ()


class RecordEvent(Struct, frozen=True):
    """Change: append one event, with the effects that were returned for it."""

    type: SessionEvent
    effects: tuple[EffectRecord, ...]


Change: TypeAlias = SaveSession | RecordEvent | UpdateProfile | UseCoupon | CountBudget | SetCouponAttributes


def inverses(consumed: tuple[Consumption, ...]) -> tuple[Consumption, ...]:
    """What gives back all that was consumed."""
    return tuple(change.inverse() for change in consumed)
