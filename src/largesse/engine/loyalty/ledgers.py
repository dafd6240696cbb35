"""Ledgers: whose points are active, pending, spent and owed at a moment, and which of them are spent first.

A ledger is a profile's or a card's, in one program, and one of the program's subledgers ("" is the main one). Points
awarded together are a lot: they start and expire together. What a customer owes (points taken back that were spent
already) is paid by whatever points become active. Source: semantics, section 15.3.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, structs

from largesse.engine.money import EXACT, ZERO, total

_NEVER = datetime.max.replace(tzinfo=UTC)


class LedgerKey(NamedTuple):
    """Which ledger: the program, the integration id of the profile or the identifier of the card, the subledger."""

    program_id: int
    owner: str
    subledger_id: str


class Lot(Struct, frozen=True):
    """Points awarded together, as far as they are not spent; no start awaits an action, no expiry is none.

    `validity` is how long points that await an action are active after it, "" for ever or until their expiry.
    """

    transaction_uuid: str
    remaining: Decimal
    created: datetime
    start: datetime | None
    expiry: datetime | None = None
    validity: str = ""

    def is_expired(self, at: datetime) -> bool:
        """Whether the points are lost."""
        return self.expiry is not None and self.expiry <= at

    def is_active(self, at: datetime) -> bool:
        """Whether the points can be spent."""
        return self.start is not None and self.start <= at and not self.is_expired(at)

    def is_pending(self, at: datetime) -> bool:
        """Whether the points are still to come."""
        return (self.start is None or self.start > at) and not self.is_expired(at)


class HeldTier(Struct, frozen=True):
    """The tier that a profile has reached in a program whose tiers expire."""

    tier_id: int
    start: datetime
    expiry: datetime | None = None


class Ledger(Struct, frozen=True):
    """One ledger as it stands: lots with something left, what is owed, the tier held, since when the owner is a
    member."""

    lots: tuple[Lot, ...] = ()
    owed: Decimal = ZERO
    held: HeldTier | None = None
    joined: datetime | None = None


NO_POINTS = Ledger()


class LedgerQuestion(Struct, frozen=True):
    """All ledgers of these owners in these programs are wanted, and of an advocate too where `of_advocate` says so.

    Of the lots that have expired by `at` only those of `transaction_uuids` are.
    """

    at: datetime = _NEVER

    program_ids: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    of_advocate: bool = False
    transaction_uuids: tuple[str, ...] = ()


NO_LEDGERS = LedgerQuestion()


class Balances(Struct, frozen=True):
    """What a ledger comes to at a moment; where something is negative nothing is active."""

    active: Decimal = ZERO
    pending: Decimal = ZERO
    negative: Decimal = ZERO
    expired: Decimal = ZERO


class Taken(NamedTuple):
    """So many points of one lot."""

    lot: Lot
    amount: Decimal


def balances(ledger: Ledger, at: datetime) -> Balances:
    """What a ledger comes to at a moment, if nothing happens until then."""
    active = total([lot.remaining for lot in ledger.lots if lot.is_active(at)])
    net = EXACT.subtract(active, ledger.owed)
    return Balances(
        max(net, ZERO),
        total([lot.remaining for lot in ledger.lots if lot.is_pending(at)]),
        max(EXACT.minus(net), ZERO),
        total([lot.remaining for lot in ledger.lots if lot.is_expired(at)]),
    )


def spending_order(lots: Iterable[Lot]) -> list[Lot]:
    """What expires first is spent first; what never expires is spent last, the oldest of it first."""
    return sorted(lots, key=lambda lot: (lot.expiry or _NEVER, lot.created, lot.transaction_uuid))


def take(ledger: Ledger, amount: Decimal, at: datetime) -> tuple[Taken, ...]:
    """The active points that are spent for an amount, as far as there are any."""
    taken: list[Taken] = []
    for lot in spending_order(lot for lot in ledger.lots if lot.is_active(at) and lot.remaining > ZERO):
        if amount <= ZERO:
            break
        part = min(amount, lot.remaining)
        taken.append(Taken(lot, part))
        amount = EXACT.subtract(amount, part)
    return tuple(taken)


def without(ledger: Ledger, taken: Iterable[Taken]) -> Ledger:
    """The ledger once these points are spent."""
    spent = {part.lot.transaction_uuid: part.amount for part in taken}
    lots = (
        structs.replace(lot, remaining=EXACT.subtract(lot.remaining, spent[lot.transaction_uuid]))
        if lot.transaction_uuid in spent
        else lot
        for lot in ledger.lots
    )
    return structs.replace(ledger, lots=tuple(lots))


def with_lot(ledger: Ledger, lot: Lot) -> Ledger:
    """The ledger with more points."""
    return structs.replace(ledger, lots=(*ledger.lots, lot))


def with_expiry(ledger: Ledger, transaction_uuid: str, expiry: datetime) -> Ledger:
    """The ledger in which the points of one lot expire at another time."""
    lots = (
        structs.replace(lot, expiry=expiry, validity="") if lot.transaction_uuid == transaction_uuid else lot
        for lot in ledger.lots
    )
    return structs.replace(ledger, lots=tuple(lots))
