"""Codes that rules make, as rows; and what campaigns say about them.

A code that turns out to be taken is a fact that has changed like any other: `Conflict`, and the decision is made again
with other dice.
"""

from datetime import datetime

from largesse.engine.codes.coupons import Coupon
from largesse.engine.codes.creations import CodeSources, CreateCoupon, CreateReferral, code_source
from largesse.engine.codes.referrals import Referral
from largesse.plumbing.database import Transaction, load_queries
from largesse.plumbing.problems import Conflict
from largesse.storage.codes.coupon_rows import coupon_of
from largesse.storage.codes.referrals import referral_of
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.codes", "creations.sql")


async def code_sources(db: Transaction, account_id: int, application_id: int) -> CodeSources:
    """The campaigns that rules may make codes for, and what all codes of the Application have in common."""
    rows = await db.rows(QUERIES["code_sources"], account_id, application_id)
    common = await db.row(QUERIES["code_rules"], account_id, application_id)
    if common is None:
        return CodeSources()
    campaigns = {
        row["id"]: code_source(
            row["coupon_settings"], row["referral_settings"], attributes_of(row["coupon_attributes"] or {})
        )
        for row in rows
    }
    return CodeSources(campaigns, tuple(common["mandatory_attributes"] or ()), common["case_sensitivity"])


async def create_coupon(db: Transaction, scope: Scope, change: CreateCoupon, now: datetime) -> Coupon:
    """Store a new coupon. Raises `Conflict` where its code is taken, or its campaign is gone."""
    row = await db.row(
        QUERIES["create_coupon"],
        scope.account_id,
        scope.application_id,
        change.campaign_id,
        change.code,
        change.recipient,
        change.usage_limit,
        change.discount_limit,
        change.start_date,
        change.expiry_date,
        change.attributes,
        now,
    )
    if row is None:
        raise Conflict(f"the code {change.code} of a new coupon is taken")
    return coupon_of(row)


async def create_referral(db: Transaction, scope: Scope, change: CreateReferral, now: datetime) -> Referral:
    """Store a new referral. Raises `Conflict` where its code is taken, or its campaign is gone."""
    row = await db.row(
        QUERIES["create_referral"],
        scope.account_id,
        scope.application_id,
        change.campaign_id,
        change.code,
        change.advocate,
        change.friend,
        change.usage_limit,
        change.start_date,
        change.expiry_date,
        change.attributes,
        now,
    )
    if row is None:
        raise Conflict(f"the code {change.code} of a new referral is taken")
    return referral_of(row)
