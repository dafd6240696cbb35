"""Referrals from files and into files."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.codes.coupon_files import EXPORT_TIMEOUT_SECONDS, refused_places
from largesse.storage.codes.referrals import Validity

QUERIES = load_queries("largesse.storage.codes", "referral_files.sql")


class ImportedReferral(NamedTuple):
    """A referral as a file has it, its code in the spelling of the Application. The order is that of the statement."""

    code: str
    advocate_profile_integration_id: str
    usage_limit: int
    start_date: datetime | None
    expiry_date: datetime | None
    attributes: dict[str, JSON]


class ExportFilter(Struct, frozen=True, kw_only=True):
    """Which referrals of an Application to export, None filtering nothing, and how. The order is the statement's."""

    campaign_id: int | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: bool | None = None
    batch_id: str | None = None
    for_spreadsheets: bool = False


async def insert_imported(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    sent: Sequence[ImportedReferral],
    batch_id: str,
    import_id: int,
    now: datetime,
) -> list[int]:
    """Store a referral for each of these; the places of those whose code is taken, be it by the same file."""
    place = (account_id, application_id, campaign_id)
    columns = list(zip(*sent, strict=True))
    rows = await db.rows(QUERIES["insert_imported_referrals"], *place, *columns, batch_id, import_id, now)
    return refused_places([referral.code for referral in sent], [row["lookup"] for row in rows])


async def export_referrals(
    db: Transaction,
    account_id: int,
    application_id: int,
    wanted: ExportFilter,
    *,
    now: datetime,
    write: Callable[[bytes], Coroutine[object, object, None]],
) -> int:
    """Write the referrals that are wanted as a CSV file with a header; how many there are."""
    arguments = (account_id, application_id, now, *structs.astuple(wanted))
    return await db.copy_out(
        QUERIES["export_referrals"], *arguments, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS
    )
