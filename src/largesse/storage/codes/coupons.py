"""Coupons as rows: made in bulk from a pattern, found by filters, changed and deleted one by one or together."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from largesse.engine.applications import CaseSensitivity
from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit
from largesse.engine.codes.coupons import Coupon
from largesse.engine.formats.codes import ENUMERATED_CODES_MAX, CodePattern, bytes_for, bytes_to_shuffle, draw, every
from largesse.plumbing.database import Query, Transaction, load_queries
from largesse.plumbing.ids import random_bytes
from largesse.storage.codes.coupon_rows import coupon_of
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.codes", "coupons.sql")

# Codes in one statement: past this nothing is gained, and the codes must travel and be held at both ends.
CODES_PER_STATEMENT_MAX = 10_000

# Codes drawn at once at least: with few missing, most of a nearly full pattern's draws find a code that is taken.
CODES_PER_STATEMENT_MIN = 100

# The same where the draw decides whether a pattern is used up: chance must not.
CODES_PER_DRAW_MIN = 1_000

# A pattern of which 19 codes in 20 are taken counts as used up; a search for the others would take ever longer.
DRAWS_PER_CODE_MAX = 20

# A search for a few codes may be that long in any case; it takes the time of one statement.
DRAWS_MIN = CODES_PER_STATEMENT_MAX

# A second's work, with what hangs on the coupons and the copies that are kept of them.
DELETIONS_PER_STATEMENT_MAX = 10_000

# A few seconds' work, while a statement may take 30.
UPDATES_PER_STATEMENT_MAX = 50_000

Validity = Literal["expired", "validNow", "validFuture"]
StateFilter = Literal["enabled", "disabled", "archived", "scheduled", "running", "expired", "staged"]

# Fields a list may be sorted by, as callers name them, and their columns.
SORTABLE = {
    "id": "c.id",
    "created": "c.created",
    "value": "c.value",
    "startDate": "c.start_date",
    "expiryDate": "c.expiry_date",
    "usageLimit": "c.usage_limit",
    "usageCounter": "c.usage_counter",
    "discountLimit": "c.discount_limit",
    "discountCounter": "c.discount_counter",
}


class CouponCampaign(Struct, frozen=True):
    """What a campaign and its Application say about the campaign's coupons.

    `coupon_settings` is a pattern and its characters as written on the wire, None where the campaign has none;
    `coupon_attributes` is what every new coupon of the campaign starts with.
    """

    case_sensitivity: CaseSensitivity
    mandatory_attributes: tuple[str, ...]
    coupon_settings: JSON
    coupon_attributes: dict[str, JSON]


class CouponTerms(Struct, frozen=True, kw_only=True):
    """All about a coupon that its owner decides, and that coupons created together share."""

    usage_limit: int = 1
    discount_limit: Decimal | None = None
    reservation_limit: int | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    limits: tuple[Limit, ...] = ()
    attributes: dict[str, JSON] = {}
    recipient_integration_id: str | None = None
    is_reservation_mandatory: bool = False
    implicitly_reserved: bool = False


class BatchTerms(Struct, frozen=True, kw_only=True):
    """What changes on many coupons at once: None leaves things as they are, but for the dates, which it removes."""

    usage_limit: int | None = None
    discount_limit: Decimal | None = None
    reservation_limit: int | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    attributes: dict[str, JSON] = {}


class Deletion(Struct, frozen=True):
    """How many coupons a statement has chosen, how many of them were still there to delete, and the last one's id."""

    chosen: int
    deleted: int
    last: int


class Harvest(Struct, frozen=True):
    """How many coupons a pattern yielded, and whether it has hardly any code left."""

    stored: int
    is_used_up: bool


class CouponFilter(Struct, frozen=True, kw_only=True):
    """Which coupons of an Application are meant; None filters nothing. The order is that of the statement's arguments.

    `value` is compared by letters and digits alone in any case, `exact_value` by all characters in any case. A coupon
    without a usage limit is always `usable`. Of `attributes`, null means that the coupon has none of that name. Before
    and after include the moment itself. Source: semantics, section 2.7.
    """

    campaign_id: int | None = None
    value: str | None = None
    exact_value: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    starts_before: datetime | None = None
    starts_after: datetime | None = None
    expires_before: datetime | None = None
    expires_after: datetime | None = None
    valid: Validity | None = None
    usable: bool | None = None
    redeemed: bool | None = None
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    batch_id: str | None = None
    attributes: dict[str, JSON] | None = None
    campaign_state: StateFilter | None = None


async def find_coupon_campaign(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, *, keep: bool = False
) -> CouponCampaign | None:
    """The campaign that coupons belong to, or None. With `keep` it stays as it is until the transaction ends."""
    query = QUERIES["coupon_campaign_kept" if keep else "coupon_campaign"]
    row = await db.row(query, account_id, application_id, campaign_id)
    if row is None:
        return None
    return CouponCampaign(
        row["case_sensitivity"],
        tuple(row["mandatory_attributes"] or ()),
        row["coupon_settings"],
        attributes_of(row["coupon_attributes"] or {}),
    )


async def create_coupons(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    pattern: CodePattern,
    count: int,
    terms: CouponTerms,
    batch_id: str,
    now: datetime,
) -> int:
    """Store `count` coupons with free codes of a pattern; how many there are now: fewer when the pattern is used up.

    Then the caller gives up, and the transaction takes back what was stored.
    """
    place = (account_id, application_id, campaign_id)
    columns = (*structs.astuple(terms), batch_id, now)
    stored = 0
    for codes in candidates(pattern, count):
        missing = count - stored
        free = codes if len(codes) <= missing else await _free_codes(db, account_id, application_id, codes)
        stored += await db.run(QUERIES["insert_coupons"], *place, free[:missing], *columns)
        if stored == count:
            break
    return stored


async def create_some(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    pattern: CodePattern,
    count: int,
    terms: CouponTerms,
    batch_id: str,
    now: datetime,
) -> Harvest:
    """Store coupons with free codes of a pattern: at most `count`, and as many as one draw of codes yields.

    Whoever needs more comes again. A pattern that yields less than a code in `DRAWS_PER_CODE_MAX` is used up.
    """
    is_small = pattern.capacity <= ENUMERATED_CODES_MAX
    if is_small:
        codes = every(pattern, random_bytes(bytes_to_shuffle(pattern)))
    else:
        size = min(max(count, CODES_PER_DRAW_MIN), CODES_PER_STATEMENT_MAX)
        codes = draw(pattern, random_bytes(bytes_for(pattern, size)))
    free = codes if len(codes) <= count else await _free_codes(db, account_id, application_id, codes)
    columns = (*structs.astuple(terms), batch_id, now)
    # In the order of the index that finds them: a sixth faster, and two who create at once wait instead of deadlocking.
    taking = sorted(free[:count])
    stored = await db.run(QUERIES["insert_coupons"], account_id, application_id, campaign_id, taking, *columns)
    is_scarce = len(free) < count if is_small else stored * DRAWS_PER_CODE_MAX < len(codes)
    return Harvest(stored, is_used_up=stored < count and is_scarce)


async def create_for_recipients(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    pattern: CodePattern,
    recipients: Sequence[str],
    terms: CouponTerms,
    batch_id: str,
    now: datetime,
) -> int:
    """Store a coupon for each of these different customers; how many there are now: fewer if the pattern is used up."""
    place = (account_id, application_id, campaign_id)
    columns = (
        terms.usage_limit,
        terms.discount_limit,
        terms.reservation_limit,
        terms.start_date,
        terms.expiry_date,
        terms.attributes,
        batch_id,
        now,
    )
    missing = list(recipients)
    for codes in candidates(pattern, len(recipients)):
        free = codes if len(codes) <= len(missing) else await _free_codes(db, account_id, application_id, codes)
        taking = free[: len(missing)]
        rows = await db.rows(QUERIES["insert_coupons_for"], *place, taking, *columns, missing[: len(taking)])
        served = {row["recipient_integration_id"] for row in rows}
        missing = [recipient for recipient in missing if recipient not in served]
        if not missing:
            break
    return len(recipients) - len(missing)


async def list_batch(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, batch_id: str
) -> list[Coupon]:
    """All coupons created together, in the order of their creation."""
    rows = await db.rows(QUERIES["coupons_of_batch"], account_id, application_id, campaign_id, batch_id)
    return [coupon_of(row) for row in rows]


async def list_coupons(
    db: Transaction,
    account_id: int,
    application_id: int,
    wanted: CouponFilter,
    *,
    now: datetime,
    by: str,
    is_descending: bool,
    rows_max: int,
    skip: int,
) -> list[Coupon]:
    """At most `rows_max` of the coupons that are wanted, after the first `skip`, sorted `by` a column of `SORTABLE`."""
    direction = "DESC" if is_descending else "ASC"
    matching = _matching(wanted)
    query = Query("list_coupons", f"{matching.text}\nORDER BY {by} {direction}, c.id {direction} LIMIT $21 OFFSET $22")
    arguments = (account_id, application_id, now, *structs.astuple(wanted))
    return [coupon_of(row) for row in await db.rows(query, *arguments, rows_max, skip)]


async def delete_coupons(
    db: Transaction, account_id: int, application_id: int, wanted: CouponFilter, *, now: datetime
) -> int:
    """Delete the coupons that are wanted, with their reservations and redemptions; how many there were."""
    deleted, last = 0, 0
    while (chunk := await delete_some(db, account_id, application_id, wanted, after=last, as_of=now, now=now)).chosen:
        deleted, last = deleted + chunk.deleted, chunk.last
    return deleted


async def delete_some(
    db: Transaction,
    account_id: int,
    application_id: int,
    wanted: CouponFilter,
    *,
    after: int,
    as_of: datetime,
    now: datetime,
) -> Deletion:
    """Delete the next coupons, by id, that are wanted as of a moment: as many as one statement should."""
    query = among_matching(QUERIES["delete_some_coupons"], wanted)
    arguments = (as_of, *structs.astuple(wanted), DELETIONS_PER_STATEMENT_MAX, after, now)
    row = (await db.rows(query, account_id, application_id, *arguments))[0]
    return Deletion(row["chosen"], row["gone"], row["last"] or after)


async def find_coupon(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, coupon_id: int
) -> Coupon | None:
    """One coupon of a campaign, kept from changing until the transaction ends; None when there is none."""
    row = await db.row(QUERIES["find_coupon"], account_id, application_id, campaign_id, coupon_id)
    return None if row is None else coupon_of(row)


async def update_coupon(
    db: Transaction, account_id: int, application_id: int, coupon_id: int, terms: CouponTerms
) -> None:
    """Replace what the owner decides about a coupon that `find_coupon` has found; its code and counters stay."""
    place = (account_id, application_id, coupon_id)
    await db.run_guarded(QUERIES["update_coupon"], *place, *structs.astuple(terms))


async def update_coupon_batch(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, batch_id: str | None, terms: BatchTerms
) -> int:
    """Change all coupons of a batch, or without one of the campaign; how many there are.

    No statement changes more than `UPDATES_PER_STATEMENT_MAX`, so that none takes longer than a statement may.
    """
    place = (account_id, application_id, campaign_id, batch_id)
    changed = 0
    after: object = 0
    while (last := await db.value(QUERIES["end_of_chunk"], *place, after, UPDATES_PER_STATEMENT_MAX)) is not None:
        changed += await db.run(QUERIES["update_coupon_batch"], *place, after, last, *structs.astuple(terms))
        after = last
    return changed


async def delete_coupon(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, coupon_id: int, *, now: datetime
) -> bool:
    """Delete one coupon of a campaign with its reservations and redemptions; False when there is none."""
    return await db.run(QUERIES["delete_coupon"], account_id, application_id, campaign_id, coupon_id, now) > 0


def candidates(pattern: CodePattern, count: int) -> Iterator[list[str]]:
    """Codes to try, a statement's worth at a time, until nobody wants more or a search has no prospects."""
    if pattern.capacity <= ENUMERATED_CODES_MAX:
        codes = every(pattern, random_bytes(bytes_to_shuffle(pattern)))
        for start in range(0, len(codes), CODES_PER_STATEMENT_MAX):
            yield codes[start : start + CODES_PER_STATEMENT_MAX]
        return
    size = min(max(count, CODES_PER_STATEMENT_MIN), CODES_PER_STATEMENT_MAX)
    for _ in range(0, max(count * DRAWS_PER_CODE_MAX, DRAWS_MIN), size):
        yield draw(pattern, random_bytes(bytes_for(pattern, size)))


async def _free_codes(db: Transaction, account_id: int, application_id: int, codes: list[str]) -> list[str]:
    """Those of the codes that no coupon of the Application has, in the same order."""
    rows = await db.rows(QUERIES["codes_taken"], account_id, application_id, codes)
    taken = {row["lookup"] for row in rows}
    return [code for code in codes if code not in taken]


def among_matching(query: Query, wanted: CouponFilter) -> Query:
    """A statement with the conditions of the filtering one in the place it has for them."""
    conditions = _matching(wanted).text.partition("WHERE ")[2]
    return Query(query.name, query.text.replace("/* conditions */", conditions))


def _matching(wanted: CouponFilter) -> Query:
    """The filtering statement under a text of its own for every set of filters.

    A prepared statement gets one plan for whatever its arguments are; a code wants another plan than a campaign.
    """
    base = QUERIES["matching_coupons"]
    filters = " ".join(field.name for field in structs.fields(wanted) if getattr(wanted, field.name) is not None)
    return Query(base.name, f"/* by {filters} */ {base.text}")
