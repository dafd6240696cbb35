"""Ledgers kept in memory, changed as the database changes them."""

from datetime import datetime
from typing import assert_never

from msgspec import structs

from largesse.engine.loyalty.changes import (
    AddPoints,
    HoldTier,
    LedgerChange,
    MoveExpiry,
    OwePoints,
    RecordPoints,
    UsePoints,
)
from largesse.engine.loyalty.ledgers import (
    NO_POINTS,
    HeldTier,
    Ledger,
    LedgerKey,
    Lot,
    take,
    with_expiry,
    with_lot,
    without,
)
from largesse.engine.money import ZERO


class MemoryPoints:
    """All ledgers, and the log of what happened in them."""

    def __init__(self) -> None:
        self.ledgers: dict[LedgerKey, Ledger] = {}
        self.log: list[AddPoints | RecordPoints] = []

    def apply(self, change: LedgerChange, now: datetime) -> None:
        """Change a ledger; once all changes of a decision are made, `settle`."""
        ledger = self.ledgers.get(change.key, NO_POINTS)
        match change:
            case AddPoints():
                lot = Lot(change.transaction_uuid, change.amount, now, change.start, change.expiry, change.validity)
                joined = now if change.joins and ledger.joined is None else ledger.joined
                ledger = structs.replace(with_lot(ledger, lot), joined=joined)
                self.log.append(change)
            case UsePoints(_, transaction_uuid, amount):
                lot = next(lot for lot in ledger.lots if lot.transaction_uuid == transaction_uuid)
                assert lot.remaining >= amount, "points are spent twice"
                used = structs.replace(lot, remaining=lot.remaining - amount)
                lots = tuple(used if each is lot else each for each in ledger.lots)
                ledger = structs.replace(ledger, lots=lots)
            case OwePoints(_, amount):
                ledger = structs.replace(ledger, owed=ledger.owed + amount)
            case MoveExpiry(_, transaction_uuid, expiry):
                ledger = with_expiry(ledger, transaction_uuid, expiry)
            case HoldTier(_, tier_id, start, expiry):
                ledger = structs.replace(ledger, held=HeldTier(tier_id, start, expiry))
            case RecordPoints():
                self.log.append(change)
            case _:
                assert_never(change)
        self.ledgers[change.key] = ledger

    def settle(self, now: datetime) -> None:
        """Pay what owners owe with what is active."""
        for key, ledger in self.ledgers.items():
            if ledger.owed:
                paid = take(ledger, ledger.owed, now)
                owed = ledger.owed - sum((part.amount for part in paid), ZERO)
                self.ledgers[key] = structs.replace(without(ledger, paid), owed=owed)
