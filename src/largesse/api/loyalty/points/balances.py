"""What the ledgers of an owner come to, as of any moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.api.loyalty.points.wire import TieredBalance
from largesse.engine.loyalty.history import Entry, replay
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, balances
from largesse.engine.money import ZERO, total
from largesse.plumbing.context import Call
from largesse.storage.loyalty.ledgers import (
    StoredTransaction,
    TransactionFilter,
    list_transactions,
    points_sums,
    read_ledgers,
)

# A log that is played again to look at the past; of a longer one the latest entries are played.
ENTRIES_PLAYED_MAX = 100_000


class Totals(Struct, frozen=True):
    """A ledger as of a moment, what was spent from it, and what of it is lost."""

    ledger: Ledger = NO_POINTS
    spent: Decimal = ZERO
    expired: Decimal = ZERO


async def ledgers_at(call: Call[object], program_id: int, owner: str, at: datetime) -> dict[str, Totals]:
    """All ledgers of an owner by their subledgers, as they are now, or were or will be at another moment."""
    find = _past if at < call.now else _coming
    return await find(call, program_id, owner, at)


def chosen(found: Mapping[str, Totals], subledger_ids: Sequence[str] | None) -> tuple[Totals | None, dict[str, Totals]]:
    """The main ledger, None where it is not wanted, and the subledgers that are, whether anything ever happened in them
    or not; without ids all that there are."""
    wanted = sorted(found) if subledger_ids is None else subledger_ids
    is_main_wanted = subledger_ids is None or "" in subledger_ids
    main = found.get("", Totals()) if is_main_wanted else None
    return main, {name: found.get(name, Totals()) for name in wanted if name}


def show_balance(totals: Totals, at: datetime) -> TieredBalance:
    """What one ledger comes to, without its tier."""
    found = balances(totals.ledger, at)
    return TieredBalance(
        active_points=found.active,
        pending_points=found.pending,
        spent_points=totals.spent,
        expired_points=totals.expired,
        negative_points=found.negative,
    )


async def _coming(call: Call[object], program_id: int, owner: str, at: datetime) -> dict[str, Totals]:
    """The ledgers as they are now, and will be if nothing happens."""
    account_id = call.caller.account_id
    ledgers = await read_ledgers(call.db, account_id, [program_id], [owner], call.now)
    sums = await points_sums(call.db, account_id, program_id, owner, at)
    found = {key.subledger_id: Totals(ledger) for key, ledger in ledgers.items()}
    for name, each in sums.items():
        found[name] = Totals(found.get(name, Totals()).ledger, each.spent, each.expired)
    return found


async def _past(call: Call[object], program_id: int, owner: str, at: datetime) -> dict[str, Totals]:
    """The ledgers as their log says they were."""
    wanted = TransactionFilter(owner=owner, end=at)
    log = await list_transactions(
        call.db, call.caller.account_id, program_id, wanted, now=call.now, rows_max=ENTRIES_PLAYED_MAX, skip=0
    )
    found: dict[str, Totals] = {}
    for name in {each.key.subledger_id for each in log}:
        entries = [_entry_of(each) for each in reversed(log) if each.key.subledger_id == name]
        ledger = replay(entries)
        spent = total([entry.amount for entry in entries if entry.type == "subtraction"])
        found[name] = Totals(ledger, spent, balances(ledger, at).expired)
    return found


def _entry_of(stored: StoredTransaction) -> Entry:
    return Entry(stored.type, stored.transaction_uuid, stored.amount, stored.created, stored.start, stored.expiry)
