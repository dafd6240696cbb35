"""Coupon reservations as rows: who holds a code in a wallet or, where reserving is mandatory, who may redeem it at all.

A coupon counts its reservations. Whoever changes them has locked the coupon first, so that the count is right.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from largesse.engine.codes.coupons import Coupon, ReserveCoupon
from largesse.engine.customers.profiles import Profile
from largesse.plumbing.database import Transaction, load_queries
from largesse.plumbing.problems import Conflict
from largesse.storage.codes.coupon_rows import coupon_of
from largesse.storage.customers.profiles import create_profiles, found_profile
from largesse.storage.listing import Listing, list_page
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.codes", "coupon_reservations.sql")

# The list is published without pages: this many are told, and how many there are.
CUSTOMERS_LISTED_MAX = 10_000


class ReservableCoupon(Struct, frozen=True):
    """A coupon that stays as it is until the transaction ends; `recipient` is whose it is, None where nobody's."""

    id: int
    recipient: str | None


async def find_reservable(db: Transaction, scope: Scope, code: str) -> ReservableCoupon | None:
    """The coupon with a code in its stored spelling, locked; None when there is none."""
    row = await db.row(QUERIES["coupon_to_reserve"], scope.account_id, scope.application_id, code)
    return None if row is None else ReservableCoupon(row["id"], row["recipient_integration_id"])


async def create_holders(db: Transaction, scope: Scope, profile_ids: Sequence[str], now: datetime) -> None:
    """Create the profiles that do not exist yet, before the coupon is locked: sessions lock in the same order."""
    await create_profiles(db, scope.account_id, scope.sandbox, profile_ids, now)


async def reserve(db: Transaction, scope: Scope, coupon_id: int, profile_ids: Sequence[str], now: datetime) -> Coupon:
    """Reserve a coupon that `find_reservable` has found, whatever its limit; the coupon as it stands then."""
    query = QUERIES["reserve_coupon"]
    rows = await db.rows(query, scope.account_id, scope.application_id, coupon_id, profile_ids, now)
    return coupon_of(rows[0])


async def release(db: Transaction, scope: Scope, coupon_id: int, profile_ids: Sequence[str]) -> None:
    """Take back reservations of a coupon that `find_reservable` has found; whoever holds none is passed over."""
    await db.run(QUERIES["release_coupon"], scope.account_id, scope.application_id, coupon_id, profile_ids)


async def save_reservations(db: Transaction, scope: Scope, changes: Sequence[ReserveCoupon], now: datetime) -> None:
    """Store the reservations of a decision. Raises `Conflict` where one that must keep to the limit does not."""
    coupon_ids = [change.coupon_id for change in changes]
    profile_ids = [change.profile_id for change in changes]
    limited = [change.within_limit for change in changes]
    place = (scope.account_id, scope.application_id)
    if not await db.value(QUERIES["reserve_coupons"], *place, coupon_ids, profile_ids, limited, now):
        raise Conflict("a coupon is reserved as often as it may be")


async def exists(db: Transaction, scope: Scope, code: str) -> bool:
    """Whether there is a coupon with a code in its stored spelling."""
    return await db.value(QUERIES["is_coupon"], scope.account_id, scope.application_id, code) is not None


async def list_reserved_customers(db: Transaction, scope: Scope, code: str) -> Listing[Profile]:
    """The profiles that hold the coupon with this code, at most `CUSTOMERS_LISTED_MAX` of them, and how many do."""
    arguments = (scope.account_id, scope.application_id, code, scope.sandbox)
    query = QUERIES["reserved_customers"]
    return await list_page(db, query, *arguments, page_size=CUSTOMERS_LISTED_MAX, skip=0, read=found_profile)
