"""Referrals as rows: made for advocates with free codes of a pattern, found by filters, changed and deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from largesse.engine.applications import CaseSensitivity
from largesse.engine.attributes import JSON
from largesse.engine.codes.referrals import Referral, SetReferralAttributes, UseReferral
from largesse.engine.formats.codes import CodePattern
from largesse.plumbing.database import Query, Record, Transaction, load_queries
from largesse.storage.codes.coupons import candidates
from largesse.storage.customers.profiles import profile_of
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.codes", "referrals.sql")

Validity = Literal["expired", "validNow", "validFuture"]

# The list is published without pages, inside the answer to a session's update: who wants all reads the sessions.
CUSTOMERS_LISTED_MAX = 1_000

# Fields a list may be sorted by, as callers name them, and their columns.
SORTABLE = {
    "id": "r.id",
    "created": "r.created",
    "code": "r.code",
    "startDate": "r.start_date",
    "expiryDate": "r.expiry_date",
    "usageLimit": "r.usage_limit",
    "usageCounter": "r.usage_counter",
    "advocateProfileIntegrationId": "r.advocate_profile_integration_id",
}


class ReferralCampaign(Struct, frozen=True):
    """What a campaign and its Application say about the campaign's referrals.

    `referral_settings` is a pattern and its characters as written on the wire, None where the campaign has none.
    """

    case_sensitivity: CaseSensitivity
    sandbox: bool
    referral_settings: JSON


class ReferralTerms(Struct, frozen=True, kw_only=True):
    """All about a referral that its owner decides, and that referrals created together share."""

    friend_profile_integration_id: str | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    usage_limit: int = 1
    attributes: dict[str, JSON] = {}


class ReferralFilter(Struct, frozen=True, kw_only=True):
    """Which referrals of a campaign are meant; None filters nothing. The order is that of the statement's arguments.

    `code` is compared by letters and digits alone in any case. A referral without a usage limit is always `usable`.
    """

    code: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: bool | None = None
    advocate: str | None = None


async def find_referral_campaign(
    db: Transaction, account_id: int, application_id: int, campaign_id: int
) -> ReferralCampaign | None:
    """The campaign that referrals belong to, or None; it is not deleted until the transaction ends."""
    row = await db.row(QUERIES["referral_campaign"], account_id, application_id, campaign_id)
    if row is None:
        return None
    return ReferralCampaign(row["case_sensitivity"], row["sandbox"], row["referral_settings"])


async def create_referrals(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    pattern: CodePattern,
    advocates: Sequence[str],
    terms: ReferralTerms,
    batch_id: str | None,
    now: datetime,
) -> list[Referral]:
    """Store a referral for each of these different advocates, with free codes of a pattern; those that there are now.

    They are fewer when the pattern is used up: then the caller gives up, and the transaction takes back what was
    stored.
    """
    query = QUERIES["insert_referrals"]
    columns = (*structs.astuple(terms), batch_id, now)
    stored: dict[str, Referral] = {}
    for codes in candidates(pattern, len(advocates)):
        missing = [advocate for advocate in advocates if advocate not in stored]
        free = codes if len(codes) <= len(missing) else await _free_codes(db, account_id, application_id, codes)
        taking = free[: len(missing)]
        place = (account_id, application_id, campaign_id, taking, missing[: len(taking)])
        for row in await db.rows(query, *place, *columns):
            stored[row["advocate_profile_integration_id"]] = referral_of(row)
        if len(stored) == len(advocates):
            break
    return [stored[advocate] for advocate in advocates if advocate in stored]


async def list_referrals(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    wanted: ReferralFilter,
    *,
    now: datetime,
    by: str,
    is_descending: bool,
    rows_max: int,
    skip: int,
) -> list[Referral]:
    """At most `rows_max` of the referrals that are wanted, after the first `skip`, sorted `by` one of `SORTABLE`."""
    direction = "DESC" if is_descending else "ASC"
    order = f"\nORDER BY {by} {direction}, r.id {direction} LIMIT $11 OFFSET $12"
    query = Query("list_referrals", QUERIES["matching_referrals"].text + order)
    arguments = (account_id, application_id, campaign_id, now, *structs.astuple(wanted))
    return [referral_of(row) for row in await db.rows(query, *arguments, rows_max, skip)]


async def find_referral(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, referral_id: int
) -> Referral | None:
    """One referral of a campaign, kept from changing until the transaction ends; None when there is none."""
    row = await db.row(QUERIES["find_referral"], account_id, application_id, campaign_id, referral_id)
    return None if row is None else referral_of(row)


async def update_referral(
    db: Transaction, account_id: int, application_id: int, referral_id: int, terms: ReferralTerms
) -> None:
    """Replace what the owner decides about a referral that `find_referral` has found."""
    place = (account_id, application_id, referral_id)
    await db.run_guarded(QUERIES["update_referral"], *place, *structs.astuple(terms))


async def delete_referral(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, referral_id: int
) -> bool:
    """Delete one referral of a campaign; False when there is none."""
    return await db.run(QUERIES["delete_referral"], account_id, application_id, campaign_id, referral_id) > 0


async def _free_codes(db: Transaction, account_id: int, application_id: int, codes: list[str]) -> list[str]:
    """Those of the codes that no referral of the Application has, in the same order."""
    rows = await db.rows(QUERIES["codes_taken"], account_id, application_id, codes)
    taken = {row["lookup"] for row in rows}
    return [code for code in codes if code not in taken]


async def find_session_referral(db: Transaction, scope: Scope, code: str, profile_id: str) -> Referral | None:
    """The referral with a code in its stored spelling, as the session of a profile ("": anonymous) sees it."""
    query = QUERIES["referral_by_code"]
    row = await db.row(query, scope.account_id, scope.application_id, code, profile_id, scope.sandbox)
    if row is None:
        return None
    return structs.replace(referral_of(row), advocate=profile_of(row), referred_in=row["referred_in"])


async def save_uses(db: Transaction, scope: Scope, changes: Sequence[UseReferral], now: datetime) -> None:
    """Store the redemptions of a decision, or what it gives back. Raises `Conflict` when a guard fails."""
    for change in changes:
        arguments = (change.referral_id, change.friend_id, change.session_id, change.uses, now)
        await db.run(QUERIES["use_referral"], scope.account_id, scope.application_id, *arguments)


async def save_referral_attributes(db: Transaction, scope: Scope, change: SetReferralAttributes) -> None:
    """Store attributes that rules have set of a referral."""
    query = QUERIES["set_referral_attributes"]
    await db.run(query, scope.account_id, scope.application_id, change.referral_id, change.attributes)


async def referred_customers(db: Transaction, scope: Scope, referral_id: int) -> list[str]:
    """The profiles a referral has referred, at most `CUSTOMERS_LISTED_MAX` of them."""
    place = (scope.account_id, scope.application_id, referral_id)
    rows = await db.rows(QUERIES["referred_customers"], *place, CUSTOMERS_LISTED_MAX)
    return [row["friend_integration_id"] for row in rows]


def referral_of(row: Record) -> Referral:
    """The referral in a row of its table."""
    return Referral(
        id=row["id"],
        campaign_id=row["campaign_id"],
        code=row["code"],
        created=row["created"],
        advocate_profile_integration_id=row["advocate_profile_integration_id"],
        friend_profile_integration_id=row["friend_profile_integration_id"],
        start_date=row["start_date"],
        expiry_date=row["expiry_date"],
        usage_limit=row["usage_limit"],
        usage_counter=row["usage_counter"],
        attributes=attributes_of(row["attributes"]),
        batch_id=row["batch_id"],
        import_id=row["import_id"],
    )
