"""A ledger as it was: its log played again up to a moment."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from msgspec import Struct, structs

from largesse.engine.loyalty.changes import TransactionType
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, Lot, Taken, take, with_lot, without
from largesse.engine.money import EXACT, ZERO, total


class Entry(Struct, frozen=True):
    """One entry of a log."""

    type: TransactionType
    transaction_uuid: str
    amount: Decimal
    created: datetime
    start: datetime | None
    expiry: datetime | None


def replay(entries: Iterable[Entry]) -> Ledger:
    """The ledger that these entries, the oldest first, lead to.

    What is subtracted comes out of active points, then out of pending ones; what is left of it is owed.
    """
    ledger = NO_POINTS
    for entry in entries:
        match entry.type:
            case "addition":
                lot = Lot(entry.transaction_uuid, entry.amount, entry.created, entry.start, entry.expiry)
                ledger = with_lot(ledger, lot)
            case "subtraction":
                ledger = _subtracted(ledger, entry)
    return ledger


def _subtracted(ledger: Ledger, entry: Entry) -> Ledger:
    taken = list(take(ledger, entry.amount, entry.created))
    rest = EXACT.subtract(entry.amount, total([part.amount for part in taken]))
    for lot in ledger.lots:
        if rest > ZERO and lot.is_pending(entry.created):
            part = min(rest, lot.remaining)
            taken.append(Taken(lot, part))
            rest = EXACT.subtract(rest, part)
    after = without(ledger, taken)
    return structs.replace(after, owed=EXACT.add(after.owed, rest))
