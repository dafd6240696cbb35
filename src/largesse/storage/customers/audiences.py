"""Audiences and their members as rows.

Whoever changes memberships notes in the audience when that was, to the minute: so that an audience that many customers
join at once is not one row that all of them wait for.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.customers.audiences import Audience, ChangeMembership
from largesse.engine.customers.profiles import Profile
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.customers.profiles import create_profiles, found_profile
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.customers", "audiences.sql")

# Millions of ids are written in less; whoever reads them slower than that has gone away.
EXPORT_TIMEOUT_SECONDS = 600


class NewAudience(Struct, frozen=True, kw_only=True):
    """All there is to know about an audience, in the order of the columns in the statement that writes it."""

    name: str
    description: str = ""
    sandbox: bool = False
    subscribed_applications_ids: tuple[int, ...] = ()
    integration: str = ""
    integration_id: str | None = None
    created_in_3rd_party: bool = False
    last_update: datetime | None = None


class StoredAudience(Struct, frozen=True, kw_only=True):
    """An audience as it stands."""

    id: int
    account_id: int
    created: datetime
    settings: NewAudience


class AudienceTaken(Exception):  # noqa: N818 - it says what is so
    """The account has an audience with this id of this integration already."""


async def create_audience(db: Transaction, account_id: int, settings: NewAudience, now: datetime) -> StoredAudience:
    """Create an audience without members. Raises `AudienceTaken`."""
    columns = tuple(getattr(settings, name) for name in NewAudience.__struct_fields__)
    try:
        rows = await db.rows(QUERIES["create_audience"], account_id, now, *columns)
    except UniqueViolation as violation:
        raise AudienceTaken from violation
    return _audience_of(rows[0])


async def find_audience(db: Transaction, account_id: int, audience_id: int) -> StoredAudience | None:
    """The account's audience with this id, or None."""
    row = await db.row(QUERIES["find_audience"], account_id, audience_id)
    return None if row is None else _audience_of(row)


async def rename_audience(
    db: Transaction, account_id: int, audience_id: int, name: str, subscribed_applications_ids: Sequence[int] | None
) -> StoredAudience | None:
    """Change the name and, unless it is None, which Applications may use it; None when there is no such audience."""
    row = await db.row(QUERIES["rename_audience"], account_id, audience_id, name, subscribed_applications_ids)
    return None if row is None else _audience_of(row)


async def delete_audience(db: Transaction, account_id: int, audience_id: int) -> bool:
    """Delete an audience, and with it its memberships; False when there was none."""
    return await db.run(QUERIES["delete_audience"], account_id, audience_id) > 0


async def list_audiences(
    db: Transaction, account_id: int, *, sort: str = "id", limit: int, skip: int = 0
) -> list[StoredAudience]:
    """So many of the account's audiences; `sort` is id, name or created, with a leading "-" for descending."""
    return [_audience_of(row) for row in await db.rows(QUERIES["list_audiences"], account_id, sort, limit, skip)]


async def count_audiences(db: Transaction, account_id: int) -> int:
    """How many audiences the account has."""
    row = await db.row(QUERIES["count_audiences"], account_id)
    return 0 if row is None else int(row["total"])


async def audiences_known(db: Transaction, account_id: int, sandbox: bool, ids: Sequence[int]) -> set[int]:
    """Which of these ids are audiences of the account in this world."""
    return {row["id"] for row in await db.rows(QUERIES["audiences_known"], account_id, sandbox, ids)}


async def audience_definitions(db: Transaction, account_id: int, application_id: int) -> list[Audience]:
    """The audiences of its world that an Application may use, as rules name them."""
    return [
        Audience(id=row["id"], name=row["name"], integration=row["integration"], integration_id=row["integration_id"])
        for row in await db.rows(QUERIES["audience_definitions"], account_id, application_id)
    ]


async def audiences_of(
    db: Transaction, account_id: int, sandbox: bool, profile_ids: Sequence[str]
) -> dict[str, list[tuple[int, str]]]:
    """The audiences each of these profiles is in, by id and name; those in none are left out."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in await db.rows(QUERIES["audiences_of"], account_id, sandbox, profile_ids):
        found.setdefault(row["profile_integration_id"], []).append((row["id"], row["name"]))
    return found


async def members_counted(db: Transaction, account_id: int, audience_ids: Sequence[int]) -> dict[int, int]:
    """How many profiles are in each of these audiences; ids that are no audience's are left out."""
    return {row["id"]: row["members"] for row in await db.rows(QUERIES["members_counted"], account_id, audience_ids)}


async def list_members(
    db: Transaction,
    account_id: int,
    audience: StoredAudience,
    *,
    search: str | None = None,
    sort: str = "id",
    limit: int,
    skip: int = 0,
) -> list[Profile]:
    """So many of an audience's members; `search` looks into their ids in any case. `sort` is id, integrationId or
    created, with a leading "-" for descending."""
    query, world = QUERIES["list_members"], audience.settings.sandbox
    return [
        found_profile(row) for row in await db.rows(query, account_id, audience.id, world, search, sort, limit, skip)
    ]


async def delete_memberships(db: Transaction, account_id: int, audience_id: int, now: datetime) -> None:
    """Everybody leaves an audience."""
    if await db.run(QUERIES["delete_memberships"], account_id, audience_id):
        await db.run(QUERIES["note_updates"], account_id, [audience_id], now)


async def set_member_attributes(
    db: Transaction, account_id: int, audience: StoredAudience, attributes: Mapping[str, JSON]
) -> None:
    """Merge attributes into the profiles of all members; null clears one."""
    world = audience.settings.sandbox
    await db.run(QUERIES["set_member_attributes"], account_id, audience.id, world, dict(attributes))


async def export_members(
    db: Transaction, account_id: int, audience_id: int, write: Callable[[bytes], Coroutine[object, object, None]]
) -> int:
    """Write the ids of an audience's members as a CSV file with a header; how many there are."""
    query = QUERIES["export_members"]
    return await db.copy_out(query, account_id, audience_id, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS)


async def save_memberships(db: Transaction, scope: Scope, changes: Sequence[ChangeMembership], now: datetime) -> int:
    """Store the memberships that a decision or a request has changed; how many of them were another way before.

    Of several changes of one membership the last one counts. Profiles that do not exist yet are created; audiences that
    are gone meanwhile are passed over.
    """
    last = {(change.profile_id, change.audience_id): change.is_member for change in changes}
    joining = sorted(place for place, is_member in last.items() if is_member)
    leaving = sorted(place for place, is_member in last.items() if not is_member)
    moved: list[int] = []
    if joining:
        profile_ids, audience_ids = map(list, zip(*joining, strict=True))
        await create_profiles(db, scope.account_id, scope.sandbox, sorted(set(profile_ids)), now)
        query = QUERIES["join_audiences"]
        rows = await db.rows(query, scope.account_id, scope.sandbox, profile_ids, audience_ids, now)
        moved += [row["audience_id"] for row in rows]
    if leaving:
        profile_ids, audience_ids = map(list, zip(*leaving, strict=True))
        rows = await db.rows(QUERIES["leave_audiences"], scope.account_id, scope.sandbox, profile_ids, audience_ids)
        moved += [row["audience_id"] for row in rows]
    if moved:
        await db.run(QUERIES["note_updates"], scope.account_id, sorted(set(moved)), now)
    return len(moved)


def _audience_of(row: Record) -> StoredAudience:
    columns = {name: row[name] for name in NewAudience.__struct_fields__}
    columns["subscribed_applications_ids"] = tuple(row["subscribed_applications_ids"])
    return StoredAudience(
        id=row["id"], account_id=row["account_id"], created=row["created"], settings=NewAudience(**columns)
    )
