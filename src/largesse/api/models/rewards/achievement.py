"""Achievements on the wire: what campaigns define, and how far customers have come."""

from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from largesse.api.models.instant import Instant
from largesse.engine.attributes import JSON
from largesse.engine.rewards import achievements as engine
from largesse.engine.rewards import time_points
from largesse.plumbing.http.codec import EXTENSION, Omittable
from largesse.storage.rewards.achievements import StoredAchievement, definition_of

AchievementName = Annotated[str, Meta(pattern=r"^[a-zA-Z]\w+$", min_length=1, max_length=1000)]
RecurrencePolicy = Literal["no_recurrence", "on_expiration", "on_completion"]
ActivationPolicy = Literal["user_action", "fixed_schedule"]
ProgressStatus = Literal["inprogress", "completed", "expired", "not_started"]
AchievementStatus = Literal["inprogress", "expired", "not_started", "completed"]
EntryStatus = Literal["active", "scheduled"]


class TimePoint(Struct, frozen=True, kw_only=True, rename="camel"):
    """A point of time that comes again, in the Application's time zone [MA TimePoint]."""

    month: Omittable[Annotated[int, Meta(ge=1, le=12)]] = UNSET
    day_of_month: Omittable[Annotated[int, Meta(ge=1, le=31)]] = UNSET
    day_of_week: Omittable[Annotated[int, Meta(ge=1, le=7)]] = UNSET
    hour: int
    minute: int
    second: int


class AchievementTerms(Struct, frozen=True, kw_only=True, rename="camel"):
    """What may be said of an achievement beside what must be [MA AchievementBase]."""

    period: Omittable[str] = UNSET
    period_end_override: Omittable[TimePoint] = UNSET
    recurrence_policy: Omittable[RecurrencePolicy] = UNSET
    activation_policy: Omittable[ActivationPolicy] = UNSET
    fixed_start_date: Omittable[Instant] = UNSET
    end_date: Omittable[Instant] = UNSET
    allow_rollback_after_completion: Omittable[bool] = UNSET


class CreateAchievement(AchievementTerms, frozen=True, kw_only=True, rename="camel"):
    """An achievement to define [MA CreateAchievement]."""

    name: AchievementName
    title: str
    description: str
    target: Decimal


class UpdateAchievement(AchievementTerms, frozen=True, kw_only=True, rename="camel"):
    """What changes about an achievement; the rest stays, and so does the name [MA UpdateAchievement]."""

    name: Omittable[AchievementName] = UNSET
    title: Omittable[str] = UNSET
    description: Omittable[str] = UNSET
    target: Omittable[Decimal] = UNSET


class DefinedAchievement(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is shown of an achievement wherever it is."""

    id: int
    created: datetime
    name: AchievementName
    title: str
    description: str
    target: Decimal
    period: str | UnsetType = UNSET
    period_end_override: TimePoint | UnsetType = UNSET
    recurrence_policy: RecurrencePolicy | UnsetType = UNSET
    activation_policy: ActivationPolicy | UnsetType = UNSET
    fixed_start_date: datetime | UnsetType = UNSET
    end_date: datetime | UnsetType = UNSET
    allow_rollback_after_completion: bool | UnsetType = UNSET


class Achievement(DefinedAchievement, frozen=True, kw_only=True, rename="camel"):
    """An achievement of a campaign [MA Achievement]."""

    campaign_id: int
    user_id: int
    created_by: str | UnsetType = UNSET
    has_progress: bool | UnsetType = UNSET
    status: AchievementStatus | UnsetType = UNSET


class AchievementProgress(Struct, frozen=True, kw_only=True, rename="camel"):
    """How far a customer has come [IA AchievementProgress]."""

    status: ProgressStatus
    progress: Decimal
    start_date: datetime | UnsetType = UNSET
    completion_date: datetime | UnsetType = UNSET
    end_date: datetime | UnsetType = UNSET


class AchievementProgressWithDefinition(AchievementProgress, frozen=True, kw_only=True, rename="camel"):
    """How far a customer has come, beside what the achievement is [MA AchievementProgressWithDefinition]."""

    achievement_id: int
    name: AchievementName
    title: str
    description: str
    campaign_id: int
    target: Decimal | UnsetType = UNSET
    achievement_recurrence_policy: RecurrencePolicy
    achievement_activation_policy: ActivationPolicy
    achievement_fixed_start_date: datetime | UnsetType = UNSET
    achievement_end_date: datetime | UnsetType = UNSET
    achievement_allow_rollback_after_completion: bool | UnsetType = UNSET


class AchievementStatusEntry(DefinedAchievement, frozen=True, kw_only=True, rename="camel"):
    """An achievement a customer may take part in, and how far the customer has come [IA AchievementStatusEntry]."""

    campaign_id: int | UnsetType = UNSET
    status: EntryStatus | UnsetType = UNSET
    current_progress: AchievementProgress | UnsetType = UNSET


class CustomerAchievement(Struct, frozen=True, kw_only=True, rename="camel"):
    """An achievement as one customer sees it [IA CustomerAchievement]."""

    id: int
    name: AchievementName
    title: str
    description: str
    target: Decimal
    recurrence_policy: RecurrencePolicy
    activation_policy: ActivationPolicy
    fixed_start_date: datetime | UnsetType = UNSET
    end_date: datetime | UnsetType = UNSET
    # The contract requires this property without describing it.
    is_capped_by_target: Annotated[bool, EXTENSION]
    allow_rollback_after_completion: bool
    current_progress: AchievementProgress | UnsetType = UNSET


def show_achievement(stored: StoredAchievement, now: datetime) -> Achievement:
    """A stored achievement as staff see it."""
    settings = stored.settings
    status: AchievementStatus = "inprogress"
    if settings.end_date is not None and settings.end_date <= now:
        status = "expired"
    elif is_scheduled(stored, now):
        status = "not_started"
    return Achievement(
        **_defined(stored),
        campaign_id=stored.campaign_id,
        user_id=stored.user_id,
        created_by=stored.created_by or UNSET,
        has_progress=stored.has_progress,
        status=status,
    )


def show_entry(
    stored: StoredAchievement, latest: engine.Iteration | None, now: datetime, zone: tzinfo
) -> AchievementStatusEntry:
    """A stored achievement as a customer's shop sees it."""
    return AchievementStatusEntry(
        **_defined(stored),
        campaign_id=stored.campaign_id,
        status="scheduled" if is_scheduled(stored, now) else "active",
        current_progress=show_progress(definition_of(stored), latest, now, zone),
    )


def show_customer_achievement(
    achievement: engine.Achievement, latest: engine.Iteration | None, now: datetime, zone: tzinfo
) -> CustomerAchievement:
    """An achievement as the answer to an update shows it; nothing is capped that starts again with what is over."""
    return CustomerAchievement(
        id=achievement.id,
        name=achievement.name,
        title=achievement.title,
        description=achievement.description,
        target=achievement.target,
        recurrence_policy=achievement.recurrence,
        activation_policy=achievement.activation,
        fixed_start_date=achievement.fixed_start_date or UNSET,
        end_date=achievement.end_date or UNSET,
        is_capped_by_target=achievement.recurrence != "on_completion",
        allow_rollback_after_completion=achievement.allow_rollback_after_completion,
        current_progress=show_progress(achievement, latest, now, zone),
    )


def show_progress(
    achievement: engine.Achievement, latest: engine.Iteration | None, now: datetime, zone: tzinfo
) -> AchievementProgress:
    """How a customer stands now."""
    status = engine.status_of(achievement, latest, now, zone)
    if latest is None or status == "not_started":
        return AchievementProgress(status="not_started", progress=Decimal(0))
    return show_iteration(latest, status)


def show_with_definition(
    stored: StoredAchievement, latest: engine.Iteration | None, now: datetime, zone: tzinfo
) -> AchievementProgressWithDefinition:
    """How a customer stands now, beside what the achievement is."""
    settings = stored.settings
    return AchievementProgressWithDefinition(
        **asdict(show_progress(definition_of(stored), latest, now, zone)),
        achievement_id=stored.id,
        name=stored.name,
        title=settings.title,
        description=settings.description,
        campaign_id=stored.campaign_id,
        target=settings.target,
        achievement_recurrence_policy=settings.recurrence,
        achievement_activation_policy=settings.activation,
        achievement_fixed_start_date=settings.fixed_start_date or UNSET,
        achievement_end_date=settings.end_date or UNSET,
        achievement_allow_rollback_after_completion=settings.allow_rollback_after_completion,
    )


def show_iteration(iteration: engine.Iteration, status: ProgressStatus) -> AchievementProgress:
    """One iteration as callers see it."""
    return AchievementProgress(
        status=status,
        progress=iteration.progress,
        start_date=iteration.start_date,
        completion_date=iteration.completion_date or UNSET,
        end_date=iteration.end_date or UNSET,
    )


def is_scheduled(stored: StoredAchievement, now: datetime) -> bool:
    """Whether an achievement's schedule is still to begin."""
    start = stored.settings.fixed_start_date
    return stored.settings.activation == "fixed_schedule" and start is not None and start > now


def _defined(stored: StoredAchievement) -> dict[str, JSON]:
    settings = stored.settings
    return {
        "id": stored.id,
        "created": stored.created,
        "name": stored.name,
        "title": settings.title,
        "description": settings.description,
        "target": settings.target,
        "period": settings.period or UNSET,
        "period_end_override": UNSET if settings.period_end is None else _point(settings.period_end),
        "recurrence_policy": settings.recurrence,
        "activation_policy": settings.activation,
        "fixed_start_date": settings.fixed_start_date or UNSET,
        "end_date": settings.end_date or UNSET,
        "allow_rollback_after_completion": settings.allow_rollback_after_completion,
    }


def _point(point: time_points.TimePoint) -> TimePoint:
    return TimePoint(
        month=point.month or UNSET,
        day_of_month=point.day_of_month or UNSET,
        day_of_week=point.day_of_week or UNSET,
        hour=point.hour,
        minute=point.minute,
        second=point.second,
    )
