"""Achievements as rows: what campaigns define, and how far customers have come."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from largesse.engine.loyalty.durations import parse_duration
from largesse.engine.rewards.achievements import Achievement, Activation, Iteration, MoveProgress, Recurrence
from largesse.engine.rewards.time_points import TimePoint
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.campaigns import Author
from largesse.storage.listing import Listing, list_page
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.rewards", "achievements.sql")

# Millions of rows take minutes on a slow disk.
EXPORT_TIMEOUT_SECONDS = 600

# Constraints of the schema, and the field each keeps unique.
UNIQUE_FIELDS = {"achievements_name": "name", "achievements_title": "title"}


class AchievementSettings(Struct, frozen=True, kw_only=True):
    """What may be changed about an achievement: everything but its name. `period` is as it was written."""

    title: str
    description: str
    target: Decimal
    period: str | None = None
    period_end: TimePoint | None = None
    recurrence: Recurrence = "no_recurrence"
    activation: Activation = "user_action"
    fixed_start_date: datetime | None = None
    end_date: datetime | None = None
    allow_rollback_after_completion: bool = False


class StoredAchievement(Struct, frozen=True, kw_only=True):
    """An achievement as it stands; `has_progress`: some customer has begun it."""

    id: int
    campaign_id: int
    created: datetime
    user_id: int
    created_by: str
    name: str
    settings: AchievementSettings
    has_progress: bool


class Customer(Struct, frozen=True):
    """Where a customer's achievements are, and the time zone in which their periods end."""

    scope: Scope
    zone: ZoneInfo


class AchievementTaken(Exception):  # noqa: N818 - it says what is so
    """The Application has an achievement with this `field` ("name" or "title") already."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


async def create_achievement(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    name: str,
    settings: AchievementSettings,
    author: Author,
    now: datetime,
) -> StoredAchievement:
    """Define an achievement of a campaign. Raises `AchievementTaken`."""
    place = (account_id, application_id, campaign_id, author.user_id, author.name, now)
    try:
        rows = await db.rows(QUERIES["create_achievement"], *place, name, *_columns(settings))
    except UniqueViolation as violation:
        raise AchievementTaken(UNIQUE_FIELDS[violation.constraint]) from violation
    return _stored(rows[0])


async def find_achievement(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, achievement_id: int
) -> StoredAchievement | None:
    """One achievement of a campaign, or None."""
    row = await db.row(QUERIES["find_achievement"], account_id, application_id, campaign_id, achievement_id)
    return None if row is None else _stored(row)


async def list_achievements(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    *,
    title: str | None,
    rows_max: int,
    skip: int,
) -> list[StoredAchievement]:
    """At most `rows_max` of a campaign's achievements, after the first `skip`; those whose title holds a text."""
    query = QUERIES["list_achievements"]
    rows = await db.rows(query, account_id, application_id, campaign_id, title, rows_max, skip)
    return [_stored(row) for row in rows]


async def update_achievement(
    db: Transaction, account_id: int, application_id: int, achievement_id: int, settings: AchievementSettings
) -> None:
    """Replace the settings of an achievement that `find_achievement` has found. Raises `AchievementTaken`."""
    place = (account_id, application_id, achievement_id)
    try:
        await db.run_guarded(QUERIES["update_achievement"], *place, *_columns(settings))
    except UniqueViolation as violation:
        raise AchievementTaken(UNIQUE_FIELDS[violation.constraint]) from violation


async def delete_achievement(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, achievement_id: int
) -> bool:
    """Delete an achievement with all progress in it; False when there was none."""
    return await db.run(QUERIES["delete_achievement"], account_id, application_id, campaign_id, achievement_id) > 0


async def all_achievements(db: Transaction, account_id: int, application_id: int) -> list[StoredAchievement]:
    """The Application's achievements, of all its campaigns; whether there is progress in them is not told."""
    return [_stored(row) for row in await db.rows(QUERIES["achievement_definitions"], account_id, application_id)]


async def achievement_definitions(db: Transaction, account_id: int, application_id: int) -> dict[int, Achievement]:
    """The Application's achievements as the engine wants them, by id."""
    found = await all_achievements(db, account_id, application_id)
    return {stored.id: definition_of(stored) for stored in found}


async def find_customer(db: Transaction, account_id: int, application_id: int, profile_id: str) -> Customer | None:
    """A customer of an Application, None where the Application does not know the profile."""
    row = await db.row(QUERIES["customer"], account_id, application_id, profile_id)
    if row is None or not row["is_known"]:
        return None
    return Customer(Scope(account_id, application_id, row["sandbox"]), ZoneInfo(row["timezone"]))


async def find_iterations(db: Transaction, scope: Scope, profile_id: str) -> dict[int, Iteration]:
    """How far a profile has come: its latest iteration of each achievement, by the achievement's id."""
    rows = await db.rows(QUERIES["latest_iterations"], scope.account_id, scope.application_id, profile_id)
    return {row["achievement_id"]: _iteration_of(row) for row in rows}


async def find_trackers(
    db: Transaction, scope: Scope, profile_id: str, tracker_ids: Sequence[int]
) -> dict[int, Decimal]:
    """The progress in those of a profile's iterations that progress may be taken back from, by tracker."""
    place = (scope.account_id, scope.application_id, profile_id)
    rows = await db.rows(QUERIES["trackers"], *place, list(tracker_ids))
    return {row["tracker_id"]: row["progress"] for row in rows}


async def history(
    db: Transaction,
    scope: Scope,
    profile_id: str,
    achievement_id: int,
    *,
    started_from: datetime | None,
    started_until: datetime | None,
    statuses: Sequence[str] | None,
    now: datetime,
    page_size: int,
    skip: int,
) -> Listing[Iteration]:
    """A page of a profile's iterations of one achievement, the latest first."""
    place = (scope.account_id, scope.application_id, profile_id, achievement_id)
    filters = (started_from, started_until, None if statuses is None else list(statuses), now)
    return await list_page(db, QUERIES["history"], *place, *filters, page_size=page_size, skip=skip, read=_iteration_of)


async def export_iterations(
    db: Transaction,
    account_id: int,
    application_id: int,
    achievement_id: int,
    *,
    now: datetime,
    write: Callable[[bytes], Coroutine[object, object, None]],
) -> int:
    """Write all iterations of an achievement as a CSV file with a header; how many there are."""
    arguments = (account_id, application_id, achievement_id, now)
    query = QUERIES["export_iterations"]
    return await db.copy_out(query, *arguments, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS)


async def save_progress(db: Transaction, scope: Scope, changes: Sequence[MoveProgress], now: datetime) -> None:
    """Store the progress of a decision, or take it back. Raises `Conflict` where it has moved on meanwhile."""
    for change in sorted(changes, key=lambda each: (each.profile_id, each.achievement_id, each.number)):
        arguments = (
            change.profile_id,
            change.achievement_id,
            change.number,
            change.tracker_id,
            change.start_date,
            change.end_date,
            change.target,
            change.was,
            change.delta,
            change.by_rule,
            change.is_back,
            now,
        )
        await db.run(QUERIES["move_progress"], scope.account_id, scope.application_id, *arguments)


def definition_of(stored: StoredAchievement) -> Achievement:
    """A stored achievement as the engine wants it."""
    settings = stored.settings
    return Achievement(
        id=stored.id,
        campaign_id=stored.campaign_id,
        name=stored.name,
        title=settings.title,
        description=settings.description,
        target=settings.target,
        period=None if settings.period is None else parse_duration(settings.period),
        period_end=settings.period_end,
        recurrence=settings.recurrence,
        activation=settings.activation,
        fixed_start_date=settings.fixed_start_date,
        end_date=settings.end_date,
        allow_rollback_after_completion=settings.allow_rollback_after_completion,
    )


def _columns(settings: AchievementSettings) -> tuple[object, ...]:
    return (
        settings.title,
        settings.description,
        settings.target,
        settings.period,
        None if settings.period_end is None else msgspec.to_builtins(settings.period_end),
        settings.recurrence,
        settings.activation,
        settings.fixed_start_date,
        settings.end_date,
        settings.allow_rollback_after_completion,
    )


def _stored(row: Record) -> StoredAchievement:
    point = row["period_end_override"]
    return StoredAchievement(
        id=row["id"],
        campaign_id=row["campaign_id"],
        created=row["created"],
        user_id=row["user_id"],
        created_by=row["created_by"],
        name=row["name"],
        settings=AchievementSettings(
            title=row["title"],
            description=row["description"],
            target=row["target"],
            period=row["period"],
            period_end=None if point is None else msgspec.convert(point, TimePoint),
            recurrence=row["recurrence_policy"],
            activation=row["activation_policy"],
            fixed_start_date=row["fixed_start_date"],
            end_date=row["end_date"],
            allow_rollback_after_completion=row["allow_rollback_after_completion"],
        ),
        has_progress=row["has_progress"],
    )


def _iteration_of(row: Record) -> Iteration:
    return Iteration(
        achievement_id=row["achievement_id"],
        number=row["number"],
        tracker_id=row["tracker_id"],
        progress=row["progress"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        completion_date=row["completion_date"],
        by_rule=row["by_rule"],
    )
