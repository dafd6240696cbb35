"""Coupons that were deleted lately: kept for exports, forgotten after some days."""

from datetime import datetime, timedelta

from largesse.plumbing.database import Transaction, load_queries
from largesse.storage.jobs.sweeping import ShopKey, Sweep, sweep

QUERIES = load_queries("largesse.storage.codes", "deleted_coupons.sql")

# Published: how long deleted coupons can be exported.
DELETED_SHOWN = timedelta(days=7)


async def forget_deleted(db: Transaction, place: ShopKey, now: datetime) -> Sweep:
    """Forget some deleted coupons of the next shop that no export shows any more."""
    find, drop = QUERIES["next_shop_with_deleted_coupons"], QUERIES["forget_deleted_coupons"]
    return await sweep(db, find, drop, place, now - DELETED_SHOWN)
