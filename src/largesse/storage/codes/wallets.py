"""The codes of one customer: coupons that are held or were redeemed, and referrals for friends."""

from datetime import datetime

from msgspec import Struct

from largesse.engine.campaigns import FrontendState, frontend_state
from largesse.engine.codes.coupons import Coupon
from largesse.engine.codes.referrals import Referral
from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.codes.coupon_rows import coupon_of
from largesse.storage.codes.referrals import CUSTOMERS_LISTED_MAX, referral_of
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.codes", "wallets.sql")

# The lists are published without pages. A wallet is what one customer looks through; none gets near these.
COUPONS_LISTED_MAX = 1_000
REFERRALS_LISTED_MAX = 1_000


class HeldCoupon(Struct, frozen=True):
    """A coupon as its holder sees it, and what its campaign is up to."""

    coupon: Coupon
    campaign: FrontendState


class GivenReferral(Struct, frozen=True):
    """A referral, and the profiles it has referred, the first one first."""

    referral: Referral
    referred: list[str]


async def held_coupons(db: Transaction, scope: Scope, profile_id: str, now: datetime) -> list[HeldCoupon]:
    """The coupons a profile has reserved, redeemed or been given, then those everybody has, oldest first; at most
    `COUPONS_LISTED_MAX` of them."""
    place = (scope.account_id, scope.application_id, profile_id)
    return [
        HeldCoupon(
            coupon_of(row),
            frontend_state(row["campaign_state"], row["campaign_start"], row["campaign_end"], now),
        )
        for row in await db.rows(QUERIES["wallet"], *place, COUPONS_LISTED_MAX)
    ]


async def given_referrals(db: Transaction, scope: Scope, advocate_id: str) -> list[GivenReferral]:
    """The referrals of an advocate, oldest first, at most `REFERRALS_LISTED_MAX` of them."""
    place = (scope.account_id, scope.application_id, advocate_id)
    rows = await db.rows(QUERIES["referrals_of_advocate"], *place, REFERRALS_LISTED_MAX, CUSTOMERS_LISTED_MAX)
    return [GivenReferral(referral_of(row), list(row["referred"])) for row in rows]
