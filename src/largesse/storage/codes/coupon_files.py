"""Coupons from files and into files: codes that were sent, and lists of thousands that are never held in memory."""

from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.plumbing.database import Query, Transaction, load_queries
from largesse.storage.codes.coupons import CouponFilter, among_matching

QUERIES = load_queries("largesse.storage.codes", "coupon_files.sql")

# From here on a table is no longer what the planner believes it to be.
ROWS_TO_ANALYZE_MIN = 10_000

# Five million coupons take a minute on a small machine; no shop waits for longer.
EXPORT_TIMEOUT_SECONDS = 600


class ImportedCoupon(NamedTuple):
    """A coupon as a file has it, its code in the spelling of the Application. The order is that of the statement."""

    code: str
    usage_limit: int
    discount_limit: Decimal | None
    start_date: datetime | None
    expiry_date: datetime | None
    attributes: dict[str, JSON]
    recipient_integration_id: str | None


class Export(Struct, frozen=True, kw_only=True):
    """What an export holds and how it is written.

    With `is_deleted` it holds coupons that are gone, of those deleted in the time from `deleted_after` to
    `deleted_before`, and otherwise those that are there.
    """

    by: str
    is_descending: bool
    for_spreadsheets: bool = False
    values_only: bool = False
    is_deleted: bool = False
    deleted_after: datetime | None = None
    deleted_before: datetime | None = None


async def insert_imported(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    sent: Sequence[ImportedCoupon],
    batch_id: str,
    import_id: int,
    now: datetime,
) -> list[int]:
    """Store a coupon for each of these; the places of those whose code is taken, be it by the same file."""
    place = (account_id, application_id, campaign_id)
    columns = list(zip(*sent, strict=True))
    rows = await db.rows(QUERIES["insert_imported_coupons"], *place, *columns, batch_id, import_id, now)
    return refused_places([coupon.code for coupon in sent], [row["lookup"] for row in rows])


def refused_places(sent: Sequence[str], stored: Sequence[str]) -> list[int]:
    """The places of the codes sent for which there was no room."""
    if len(stored) == len(sent):
        return []
    room = Counter(stored)
    refused = []
    for index, code in enumerate(sent):
        if room[code]:
            room[code] -= 1
        else:
            refused.append(index)
    return refused


async def renew_statistics(db: Transaction, rows: int) -> None:
    """After so many new coupons, have the planner look at the table again, if they are enough to change its mind."""
    if rows >= ROWS_TO_ANALYZE_MIN:
        await db.run(QUERIES["analyze_coupons"])


async def export_coupons(
    db: Transaction,
    account_id: int,
    application_id: int,
    wanted: CouponFilter,
    export: Export,
    *,
    now: datetime,
    write: Callable[[bytes], Coroutine[object, object, None]],
) -> int:
    """Write the coupons that are wanted as a CSV file with a header; how many there are."""
    base = among_matching(QUERIES["export_coupons"], wanted)
    source = f"({QUERIES['deleted_coupons_between'].text})" if export.is_deleted else "coupons"
    direction = "DESC" if export.is_descending else "ASC"
    text = base.text.replace("/* source */", source) + f"\nORDER BY {export.by} {direction}, c.id {direction}"
    if export.values_only:
        text = QUERIES["export_coupon_values"].text.replace("/* export by account_id */", text)
    arguments: list[object] = [account_id, application_id, now, *structs.astuple(wanted)]
    arguments += [export.for_spreadsheets, "true" if export.is_deleted else None]
    if export.is_deleted:
        arguments += [export.deleted_after, export.deleted_before]
    return await db.copy_out(Query(base.name, text), *arguments, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS)
