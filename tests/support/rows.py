"""Rows that storage's own tests start from, written directly: nothing above storage takes part."""

from datetime import UTC, datetime
from decimal import Decimal

from largesse.plumbing.database import Database, Query
from largesse.storage.scope import Scope

CREATED = datetime(2026, 1, 1, tzinfo=UTC)

ADD_APPLICATION = Query(
    "add_application",
    "INSERT INTO applications (account_id, name, timezone, currency, sandbox, created, modified) "
    "VALUES ($1, 'Shop', 'UTC', 'EUR', $2, $3, $3) RETURNING id",
)
ADD_COUPON = Query(
    "add_coupon",
    "INSERT INTO coupons (account_id, application_id, campaign_id, value, lookup, usage_limit, usage_counter, "
    "discount_limit, created) VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8) RETURNING id",
)


async def add_application(database: Database, account_id: int, *, sandbox: bool = False) -> int:
    """An Application; its id."""
    async with database.transaction() as db:
        application_id = await db.value(ADD_APPLICATION, account_id, sandbox, CREATED)
    assert isinstance(application_id, int)
    return application_id


async def add_coupon(
    database: Database,
    scope: Scope,
    code: str,
    *,
    campaign_id: int = 1,
    usage_limit: int = 1,
    usage_counter: int = 0,
    discount_limit: Decimal | None = None,
) -> int:
    """A coupon of a campaign; its id."""
    where = (scope.account_id, scope.application_id, campaign_id)
    limits = (usage_limit, usage_counter, discount_limit)
    async with database.transaction() as db:
        coupon_id = await db.value(ADD_COUPON, *where, code, *limits, CREATED)
    assert isinstance(coupon_id, int)
    return coupon_id
