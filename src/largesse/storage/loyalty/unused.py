"""Unused points of owners, award by award."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from largesse.engine.loyalty.ledgers import LedgerKey, Lot
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.loyalty.ledgers import lot_of

QUERIES = load_queries("largesse.storage.loyalty", "unused.sql")

PointsStatus = Literal["active", "pending", "expired"]


class PointsFilter(Struct, frozen=True, kw_only=True):
    """Which unused points are meant; None filters nothing. The order is that of the statement's arguments."""

    status: PointsStatus
    subledger_ids: Sequence[str] | None = None
    session_ids: Sequence[str] | None = None
    transaction_uuids: Sequence[str] | None = None


class StoredPoints(Struct, frozen=True, kw_only=True):
    """What is left of points awarded together, and the entry of the log that awarded them."""

    id: int
    key: LedgerKey
    name: str
    session_id: str
    lot: Lot


async def list_unused(
    db: Transaction,
    account_id: int,
    program_id: int,
    owner: str,
    wanted: PointsFilter,
    *,
    now: datetime,
    sort: str,
    rows_max: int,
    skip: int,
) -> list[StoredPoints]:
    """At most `rows_max` awards of an owner after the first `skip`; `sort` is startDate or expiryDate, with a leading
    "-" for descending."""
    filters = structs.astuple(wanted)
    rows = await db.rows(QUERIES["list_unused"], account_id, program_id, owner, *filters, now, sort, rows_max, skip)
    return [_points_of(row) for row in rows]


def _points_of(row: Record) -> StoredPoints:
    return StoredPoints(
        id=row["id"],
        key=LedgerKey(row["program_id"], row["owner"], row["subledger"]),
        name=row["name"],
        session_id=row["session_id"],
        lot=lot_of(row),
    )
