"""Giveaways as rows: the pools an account has defined, and the codes in them, free or awarded."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.rewards.giveaways import AwardGiveaway, Giveaway, GiveawayPool, WantedGiveaways
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

# Millions of rows take minutes on a slow disk.
EXPORT_TIMEOUT_SECONDS = 600
# The list of a customer's giveaways is published without pages.
GIVEAWAYS_LISTED_MAX = 1_000

QUERIES = load_queries("largesse.storage.rewards", "giveaways.sql")


class PoolSettings(Struct, frozen=True, kw_only=True):
    """What may be changed about a pool.

    An empty list of subscribed Applications means that all of the pool's sandbox may use it. Source: semantics,
    section 18.
    """

    name: str
    description: str = ""
    subscribed_applications_ids: tuple[int, ...] = ()


class StoredPool(Struct, frozen=True, kw_only=True):
    """A pool as it stands; who made and last changed it is the id of a user."""

    id: int
    account_id: int
    created: datetime
    created_by: int
    modified: datetime | None
    modified_by: int | None
    sandbox: bool
    settings: PoolSettings


class NewGiveaway(Struct, frozen=True, kw_only=True):
    """A giveaway to add to a pool."""

    code: str
    start_date: datetime | None = None
    end_date: datetime | None = None
    attributes: dict[str, JSON] = {}


class StoredGiveaway(Struct, frozen=True, kw_only=True):
    """A giveaway as it stands: `used` when it is somebody's, whose profile may be gone again."""

    giveaway: Giveaway
    used: bool
    import_id: int | None
    profile_integration_id: str | None
    profile_id: int | None


async def create_pool(
    db: Transaction, account_id: int, settings: PoolSettings, sandbox: bool, user_id: int, now: datetime
) -> StoredPool:
    """A new pool without giveaways."""
    rows = await db.rows(QUERIES["create_pool"], account_id, now, user_id, sandbox, *_columns(settings))
    return _pool_of(rows[0])


async def find_pool(db: Transaction, account_id: int, pool_id: int) -> StoredPool | None:
    """The account's pool with this id, or None."""
    row = await db.row(QUERIES["find_pool"], account_id, pool_id)
    return None if row is None else _pool_of(row)


async def list_pools(
    db: Transaction, account_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredPool]:
    """A page of the account's pools; `sort` is id, name or created, with a leading "-" for descending."""
    return await list_page(db, QUERIES["list_pools"], account_id, sort, page_size=page_size, skip=skip, read=_pool_of)


async def update_pool(
    db: Transaction, account_id: int, pool_id: int, settings: PoolSettings, user_id: int, now: datetime
) -> StoredPool | None:
    """Replace the settings; None when there is no such pool."""
    row = await db.row(QUERIES["update_pool"], account_id, pool_id, now, user_id, *_columns(settings))
    return None if row is None else _pool_of(row)


async def delete_pool(db: Transaction, account_id: int, pool_id: int) -> bool:
    """Delete a pool with all its giveaways; False when there was none."""
    return await db.run(QUERIES["delete_pool"], account_id, pool_id) > 0


async def pool_definitions(db: Transaction, account_id: int, application_id: int) -> dict[int, GiveawayPool]:
    """The pools that an Application may award giveaways of, by id."""
    rows = await db.rows(QUERIES["pool_definitions"], account_id, application_id)
    return {row["id"]: GiveawayPool(row["id"], row["name"]) for row in rows}


async def add_giveaways(
    db: Transaction,
    account_id: int,
    pool_id: int,
    giveaways: Sequence[NewGiveaway],
    now: datetime,
    import_id: int | None = None,
) -> list[StoredGiveaway]:
    """Add giveaways to a pool, in this order."""
    columns = (
        [each.code for each in giveaways],
        [each.start_date for each in giveaways],
        [each.end_date for each in giveaways],
        [each.attributes for each in giveaways],
    )
    rows = await db.rows(QUERIES["add_giveaways"], account_id, pool_id, now, import_id, *columns)
    return sorted(map(_giveaway_of, rows), key=lambda each: each.giveaway.id)


async def list_giveaways(
    db: Transaction,
    account_id: int,
    pool_id: int,
    *,
    used: bool | None = None,
    sort: str = "id",
    page_size: int,
    skip: int = 0,
) -> Listing[StoredGiveaway]:
    """A page of a pool's giveaways; `sort` is id or code, with a leading "-" for descending."""
    query = QUERIES["list_giveaways"]
    return await list_page(
        db, query, account_id, pool_id, used, sort, page_size=page_size, skip=skip, read=_giveaway_of
    )


async def export_giveaways(
    db: Transaction,
    account_id: int,
    pool_id: int,
    before: datetime | None,
    after: datetime | None,
    write: Callable[[bytes], Coroutine[object, object, None]],
) -> int:
    """Write the giveaways of a pool as a CSV file with a header, those added in a span of time; how many there are."""
    query = QUERIES["export_giveaways"]
    arguments = (account_id, pool_id, before, after)
    return await db.copy_out(query, *arguments, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS)


async def find_free(db: Transaction, scope: Scope, wanted: WantedGiveaways) -> dict[int, tuple[Giveaway, ...]]:
    """The giveaways that may be awarded, by pool; who is taking them steps aside for others who are."""
    pools, counts = zip(*wanted.awards, strict=True)
    arguments = (list(pools), list(counts), wanted.now, wanted.taking)
    rows = await db.rows(QUERIES["free_giveaways"], scope.account_id, *arguments)
    found: dict[int, tuple[Giveaway, ...]] = {}
    for row in rows:
        found[row["pool_id"]] = (*found.get(row["pool_id"], ()), _free_giveaway_of(row))
    return found


async def save_awards(db: Transaction, scope: Scope, changes: Sequence[AwardGiveaway]) -> None:
    """Store the awards of a decision. Raises `Conflict` where a giveaway is somebody's already."""
    for change in sorted(changes, key=lambda each: (each.pool_id, each.giveaway_id)):
        place = (scope.account_id, change.pool_id, change.giveaway_id)
        await db.run_guarded(QUERIES["award_giveaway"], *place, change.profile_id)


async def awarded_giveaways(db: Transaction, scope: Scope, changes: Sequence[AwardGiveaway]) -> list[StoredGiveaway]:
    """The giveaways that a decision has awarded, as they stand now."""
    ids = [change.giveaway_id for change in changes]
    pools = [change.pool_id for change in changes]
    rows = await db.rows(QUERIES["awarded_giveaways"], scope.account_id, ids, scope.sandbox, pools)
    return [_giveaway_of(row) for row in rows]


async def giveaways_of(db: Transaction, scope: Scope, profile_id: str) -> list[StoredGiveaway]:
    """The giveaways that a profile was ever awarded, at most `GIVEAWAYS_LISTED_MAX` of them."""
    arguments = (scope.account_id, scope.sandbox, profile_id, GIVEAWAYS_LISTED_MAX)
    return [_giveaway_of(row) for row in await db.rows(QUERIES["giveaways_of_profile"], *arguments)]


def _columns(settings: PoolSettings) -> tuple[object, ...]:
    return (settings.name, settings.description, settings.subscribed_applications_ids)


def _pool_of(row: Record) -> StoredPool:
    return StoredPool(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        created_by=row["created_by"],
        modified=row["modified"],
        modified_by=row["modified_by"],
        sandbox=row["sandbox"],
        settings=PoolSettings(
            name=row["name"],
            description=row["description"],
            subscribed_applications_ids=tuple(row["subscribed_applications_ids"]),
        ),
    )


def _free_giveaway_of(row: Record) -> Giveaway:
    return Giveaway(
        id=row["id"],
        pool_id=row["pool_id"],
        code=row["code"],
        created=row["created"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        attributes=attributes_of(row["attributes"]),
    )


def _giveaway_of(row: Record) -> StoredGiveaway:
    return StoredGiveaway(
        giveaway=_free_giveaway_of(row),
        used=row["used"],
        import_id=row["import_id"],
        profile_integration_id=row["profile_integration_id"],
        profile_id=row["profile_id"],
    )
