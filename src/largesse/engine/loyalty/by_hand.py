"""Points that staff add and take by hand."""

from datetime import datetime
from decimal import Decimal

from largesse.engine.loyalty.changes import AddPoints, LedgerChange, PointsOrigin, RecordPoints, UsePoints
from largesse.engine.loyalty.ledgers import Ledger, LedgerKey, Lot, balances, take, with_lot, without
from largesse.engine.loyalty.programs import LoyaltyProgram, Term, rounded
from largesse.engine.loyalty.tiers import tier_to_hold
from largesse.engine.refusals import OUT_OF_RANGE, Refusal


def add_by_hand(
    program: LoyaltyProgram,
    key: LedgerKey,
    ledger: Ledger,
    points: Decimal,
    name: str,
    term: Term,
    transaction_uuid: str,
    user_id: int | None,
    now: datetime,
) -> tuple[LedgerChange, ...]:
    """What adding points changes."""
    amount = rounded(points)
    lot = Lot(transaction_uuid, amount, now, term.start, term.expiry, term.validity)
    origin = PointsOrigin(user_id=user_id)
    added = AddPoints(
        key,
        transaction_uuid,
        amount,
        name,
        term.start,
        term.expiry,
        term.validity,
        origin,
        joins(program, lot, now),
    )
    tier = tier_to_hold(program, key, with_lot(ledger, lot), now)
    return (added,) if tier is None else (added, tier)


def deduct_by_hand(
    program: LoyaltyProgram,
    key: LedgerKey,
    ledger: Ledger,
    points: Decimal,
    name: str,
    transaction_uuid: str,
    user_id: int | None,
    now: datetime,
) -> tuple[LedgerChange, ...] | Refusal:
    """What taking points changes; only active points can be taken."""
    amount = rounded(points)
    active = balances(ledger, now).active
    if amount > active:
        return Refusal(OUT_OF_RANGE, f"there are only {active} active points to deduct", "/points")
    taken = take(ledger, amount, now)
    tier = tier_to_hold(program, key, without(ledger, taken), now)
    return (
        *(UsePoints(key, lot.transaction_uuid, part, lot.start, lot.expiry) for lot, part in taken),
        RecordPoints(key, transaction_uuid, "subtraction", amount, name, PointsOrigin(user_id=user_id)),
        *(() if tier is None else (tier,)),
    )


def joins(program: LoyaltyProgram, lot: Lot, now: datetime) -> bool:
    """Whether who gets these points becomes a member of the program with them, unless it is one already."""
    match program.program_join_policy:
        case "not_join":
            return False
        case "points_earned":
            return True
        case "points_activated":
            return lot.is_active(now)
