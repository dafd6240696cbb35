"""Ledgers as rows: points lot by lot, and what decisions change in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, assert_never

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.loyalty.changes import (
    AddPoints,
    HoldTier,
    LedgerChange,
    MoveExpiry,
    OwePoints,
    PointsOrigin,
    RecordPoints,
    TransactionType,
    UsePoints,
)
from largesse.engine.loyalty.ledgers import HeldTier, Ledger, LedgerKey, LedgerQuestion, Lot
from largesse.engine.money import ZERO
from largesse.plumbing.database import Record, Transaction, load_queries

QUERIES = load_queries("largesse.storage.loyalty", "ledgers.sql")

TransactionKind = Literal["manual", "session", "import"]

# What is added comes first, so that the same decision can spend it.
_ORDER: tuple[type[LedgerChange], ...] = (AddPoints, UsePoints, OwePoints, MoveExpiry, HoldTier, RecordPoints)


class WaitingPoints(Struct, frozen=True):
    """Points that await an action, and for how long they will be active, unless their expiry is known."""

    owner: str
    transaction_uuid: str
    expiry: datetime | None
    validity: str


class PointsSums(Struct, frozen=True):
    """What was ever added to a ledger and spent from it, and what is lost of it."""

    added: Decimal
    spent: Decimal
    expired: Decimal


class TransactionFilter(Struct, frozen=True, kw_only=True):
    """Which entries of a program's log are meant; None filters nothing. The order is that of the statement's
    arguments."""

    owner: str | None = None
    subledger_ids: Sequence[str] | None = None
    session_ids: Sequence[str] | None = None
    transaction_uuids: Sequence[str] | None = None
    kind: TransactionKind | None = None
    start: datetime | None = None
    end: datetime | None = None
    awaits_activation: bool = False


class StoredTransaction(Struct, frozen=True, kw_only=True):
    """One entry of the log; `start` None awaits an action where `awaits` says so, and says nothing otherwise."""

    id: int
    key: LedgerKey
    transaction_uuid: str
    created: datetime
    type: TransactionType
    amount: Decimal
    name: str
    start: datetime | None
    expiry: datetime | None
    validity: str
    awaits: bool
    is_negative: bool
    origin: PointsOrigin


async def answer_points(
    db: Transaction, account_id: int, asked: LedgerQuestion, advocate: Sequence[str]
) -> dict[LedgerKey, Ledger]:
    """The ledgers that an evaluation asks for, with those of an advocate."""
    owners = [*asked.owners, *advocate]
    return await read_ledgers(db, account_id, asked.program_ids, owners, asked.at, asked.transaction_uuids)


async def read_ledgers(
    db: Transaction,
    account_id: int,
    program_ids: Sequence[int],
    owners: Sequence[str],
    now: datetime,
    transaction_uuids: Sequence[str] = (),
) -> dict[LedgerKey, Ledger]:
    """All ledgers of these owners in these programs that anything ever happened in, with the lots that are neither
    spent nor expired, and those of these transactions."""
    rows = await db.rows(QUERIES["ledgers_of"], account_id, program_ids, owners, now, transaction_uuids)
    found: dict[LedgerKey, Ledger] = {}
    for row in rows:
        key = LedgerKey(row["program_id"], row["owner"], row["subledger"])
        ledger = found.get(key) or _ledger_of(row)
        if row["transaction_uuid"] is not None:
            ledger = structs.replace(ledger, lots=(*ledger.lots, lot_of(row)))
        found[key] = ledger
    return found


async def profile_exists(db: Transaction, account_id: int, sandbox: bool, integration_id: str) -> bool:
    """Whether there is such a profile in the live or the sandbox environment."""
    return bool(await db.value(QUERIES["profile_exists"], account_id, sandbox, integration_id))


async def points_sums(
    db: Transaction, account_id: int, program_id: int, owner: str, at: datetime
) -> dict[str, PointsSums]:
    """What was added, spent and lost in each ledger of an owner, by subledger."""
    rows = await db.rows(QUERIES["points_sums"], account_id, program_id, owner, at)
    return {row["subledger"]: PointsSums(row["added"], row["spent"], row["expired"]) for row in rows}


async def save_points(
    db: Transaction, account_id: int, application_id: int | None, changes: Iterable[LedgerChange], now: datetime
) -> None:
    """Store what a decision changes in ledgers. Raises `Conflict` where points are spent that are no longer there."""
    ordered = sorted(changes, key=lambda change: (_ORDER.index(type(change)), change.key))
    rows = [row for change in ordered for row in _rows(change)]
    await db.run(QUERIES["save_points"], account_id, application_id, now, rows)


async def waiting_points(
    db: Transaction,
    account_id: int,
    program_id: int,
    application_id: int,
    *,
    transaction_uuids: Sequence[str] = (),
    session_id: str | None = None,
) -> list[WaitingPoints]:
    """The points that await an action, of these transactions or of this session; kept from changing until the
    transaction ends."""
    place = (account_id, program_id, transaction_uuids, session_id, application_id)
    rows = await db.rows(QUERIES["waiting_points"], *place)
    return [WaitingPoints(row["owner"], row["transaction_uuid"], row["expiry_date"], row["validity"]) for row in rows]


async def activate_points(
    db: Transaction, account_id: int, program_id: int, waiting: WaitingPoints, now: datetime, expiry: datetime | None
) -> StoredTransaction | None:
    """Let points start now; their entry of the log, None where others have been faster."""
    place = (account_id, program_id, waiting.owner, waiting.transaction_uuid)
    row = await db.row(QUERIES["activate_points"], *place, now, expiry)
    return None if row is None else _transaction_of(row)


async def join_program(db: Transaction, account_id: int, program_id: int, owner: str, now: datetime) -> bool:
    """Make somebody a member; False where they are one already."""
    return await db.run(QUERIES["join_program"], account_id, program_id, owner, now) > 0


async def list_transactions(
    db: Transaction,
    account_id: int,
    program_id: int,
    wanted: TransactionFilter,
    *,
    now: datetime,
    rows_max: int,
    skip: int,
) -> list[StoredTransaction]:
    """At most `rows_max` entries of a program's log, the latest first, after the first `skip`."""
    query = QUERIES["list_transactions"]
    filters = structs.astuple(wanted)
    rows = await db.rows(query, account_id, program_id, *filters, now, rows_max, skip)
    return [_transaction_of(row) for row in rows]


async def delete_transactions(
    db: Transaction, account_id: int, program_id: int, owner: str, subledger_ids: Sequence[str] | None
) -> None:
    """Forget whatever happened in these ledgers of an owner, in all of them where it is None; members stay members."""
    await db.row(QUERIES["hold_ledgers"], account_id, program_id, owner)
    for query in ("delete_transactions", "delete_points", "delete_standings"):
        await db.run(QUERIES[query], account_id, program_id, owner, subledger_ids)


def _rows(change: LedgerChange) -> list[dict[str, JSON]]:
    """A change as the function of the database reads it; new points are a lot and an entry of the log."""
    key: Mapping[str, JSON] = {
        "program": change.key.program_id,
        "owner": change.key.owner,
        "subledger": change.key.subledger_id,
    }
    match change:
        case AddPoints():
            lot = {"start": change.start, "expiry": change.expiry, "validity": change.validity}
            points = {**key, "uuid": change.transaction_uuid, "amount": change.amount, **lot}
            entry = {"type": "addition", "name": change.name, "awaits": change.start is None, **_from(change.origin)}
            return [{**points, "kind": "add", "joins": change.joins}, {**points, "kind": "record", **entry}]
        case UsePoints():
            used = {"uuid": change.transaction_uuid, "amount": change.amount, "revoked": change.revoked}
            return [{**key, "kind": "use", **used}]
        case OwePoints():
            return [{**key, "kind": "owe", "amount": change.amount}]
        case MoveExpiry():
            return [{**key, "kind": "move", "uuid": change.transaction_uuid, "expiry": change.expiry}]
        case HoldTier():
            held = {"tier": change.tier_id, "start": change.start, "expiry": change.expiry}
            return [{**key, "kind": "hold", **held}]
        case RecordPoints():
            entry = {
                "uuid": change.transaction_uuid,
                "type": change.transaction_type,
                "amount": change.amount,
                "name": change.name,
            }
            term = {"start": change.start, "expiry": change.expiry, "negative": change.creates_negative_balance}
            return [{**key, "kind": "record", **entry, **term, **_from(change.origin)}]
        case _:
            assert_never(change)


def _from(origin: PointsOrigin) -> dict[str, JSON]:
    return {
        "session": origin.session_id,
        "store": origin.store_id,
        "campaign": origin.campaign_id,
        "ruleset": origin.ruleset_id,
        "rule": origin.rule_name,
        "user": origin.user_id,
    }


def _ledger_of(row: Record) -> Ledger:
    """A ledger without its lots."""
    held = None if row["tier_id"] is None else HeldTier(row["tier_id"], row["tier_start"], row["tier_expiry"])
    return Ledger((), row["owed"] or ZERO, held, row["joined"])


def lot_of(row: Record) -> Lot:
    """The lot in a row with its columns."""
    return Lot(
        row["transaction_uuid"],
        row["remaining"],
        row["created"],
        row["start_date"],
        row["expiry_date"],
        row["validity"],
    )


def _transaction_of(row: Record) -> StoredTransaction:
    origin = PointsOrigin(
        row["session_id"], row["store_id"], row["campaign_id"], row["ruleset_id"], row["rule_name"], row["user_id"]
    )
    return StoredTransaction(
        id=row["id"],
        key=LedgerKey(row["program_id"], row["owner"], row["subledger"]),
        transaction_uuid=row["transaction_uuid"],
        created=row["created"],
        type=row["type"],
        amount=row["amount"],
        name=row["name"],
        start=row["start_date"],
        expiry=row["expiry_date"],
        validity=row["validity"],
        awaits=row["awaits"],
        is_negative=row["is_negative"],
        origin=origin,
    )
