"""Walking through a table shop by shop, as its keys lie: for sweeping out what is too old without a search for it."""

from datetime import datetime

from msgspec import Struct

from largesse.plumbing.database import Query, Transaction

# One statement's work, a fraction of a second.
ROWS_PER_SWEEP_MAX = 10_000


class ShopKey(Struct, frozen=True):
    """A shop by its key; none is before the first."""

    account_id: int = 0
    application_id: int = 0


class Sweep(Struct, frozen=True):
    """What one step of sweeping came to, and behind which shop the next one begins."""

    dropped: int
    place: ShopKey
    is_over: bool


async def sweep(db: Transaction, find: Query, drop: Query, place: ShopKey, before: datetime) -> Sweep:
    """Drop some rows of the next shop behind `place` that are older than a moment.

    `find` gives the first shop behind a key; `drop` deletes at most so many ($4) of a shop's rows until a moment ($3).
    """
    row = await db.row(find, place.account_id, place.application_id)
    if row is None:
        return Sweep(0, place, is_over=True)
    shop = ShopKey(row["account_id"], row["application_id"])
    dropped = await db.run(drop, shop.account_id, shop.application_id, before, ROWS_PER_SWEEP_MAX)
    return Sweep(dropped, shop if dropped < ROWS_PER_SWEEP_MAX else place, is_over=False)
