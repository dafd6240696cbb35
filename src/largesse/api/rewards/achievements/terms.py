"""From what callers send to the settings of an achievement, with all that is wrong with it."""

import re
from typing import TypeVar

from largesse.api.models.rewards.achievement import AchievementTerms, CreateAchievement, TimePoint, UpdateAchievement
from largesse.api.refusals import refuse_if_any
from largesse.engine.loyalty.durations import parse_duration
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED
from largesse.engine.rewards import time_points
from largesse.engine.rewards.achievements import Activation, Recurrence
from largesse.plumbing.http.codec import given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.rewards.achievements import AchievementSettings, StoredAchievement

T = TypeVar("T")

_NAME = re.compile(r"[a-zA-Z]\w+", re.ASCII)

_HOURS, _MINUTES, _SECONDS = 24, 60, 60
# Settings that decide what progress means: they stay once a customer has made some.
_FIXED = {
    "target": "target",
    "period": "period",
    "period_end": "periodEndOverride",
    "recurrence": "recurrencePolicy",
    "activation": "activationPolicy",
    "fixed_start_date": "fixedStartDate",
}


def accept_new(sent: CreateAchievement) -> AchievementSettings:
    """The settings of a new achievement. Raises `Invalid` with everything that is wrong with them."""
    errors: list[FieldError] = []
    if not _NAME.fullmatch(sent.name):
        details = "name must be a letter followed by letters, digits and underscores"
        errors.append(at_pointer(INVALID_VALUE, details, "/name"))
    recurrence: Recurrence | None = given(sent.recurrence_policy)
    activation: Activation | None = given(sent.activation_policy)
    settings = AchievementSettings(
        title=sent.title,
        description=sent.description,
        target=sent.target,
        period=given(sent.period),
        period_end=_point(given(sent.period_end_override)),
        recurrence=recurrence or "no_recurrence",
        activation=activation or "user_action",
        fixed_start_date=given(sent.fixed_start_date),
        end_date=given(sent.end_date),
        allow_rollback_after_completion=given(sent.allow_rollback_after_completion) or False,
    )
    refuse_if_any([*errors, *_mistakes(settings, sent)])
    return settings


def accept_update(sent: UpdateAchievement, before: StoredAchievement) -> AchievementSettings:
    """The settings after a change: what is not sent stays; a period and a point of time replace each other. Raises
    `Invalid`."""
    stored = before.settings
    period, point = given(sent.period), _point(given(sent.period_end_override))
    replaced = period is not None or point is not None
    allows = given(sent.allow_rollback_after_completion)
    recurrence: Recurrence | None = given(sent.recurrence_policy)
    activation: Activation | None = given(sent.activation_policy)
    settings = AchievementSettings(
        title=_or(given(sent.title), stored.title),
        description=_or(given(sent.description), stored.description),
        target=_or(given(sent.target), stored.target),
        period=period if replaced else stored.period,
        period_end=point if replaced else stored.period_end,
        recurrence=recurrence or stored.recurrence,
        activation=activation or stored.activation,
        fixed_start_date=given(sent.fixed_start_date) or stored.fixed_start_date,
        end_date=given(sent.end_date) or stored.end_date,
        allow_rollback_after_completion=stored.allow_rollback_after_completion if allows is None else allows,
    )
    errors = _mistakes(settings, sent)
    if before.has_progress:
        errors += [
            at_pointer(INVALID_VALUE, f"{theirs} cannot be changed once a customer has made progress", f"/{theirs}")
            for ours, theirs in _FIXED.items()
            if getattr(settings, ours) != getattr(stored, ours)
        ]
    refuse_if_any(errors)
    return settings


def _or(sent: T | None, stored: T) -> T:
    return stored if sent is None else sent


def _mistakes(settings: AchievementSettings, sent: AchievementTerms) -> list[FieldError]:
    errors: list[FieldError] = []

    def wrong(details: str, pointer: str, title: str = INVALID_VALUE) -> None:
        errors.append(at_pointer(title, details, pointer))

    if not settings.title:
        wrong("title must not be empty", "/title")
    if settings.target <= 0:
        wrong("target must be more than 0", "/target", OUT_OF_RANGE)
    if settings.period is not None:
        duration = parse_duration(settings.period)
        if duration is None or not duration.amount:
            wrong("period must be a whole number and a unit, such as 30D, 1M or 1W_U", "/period")
    point = given(sent.period_end_override)
    if settings.period is not None and settings.period_end is not None:
        wrong("either period or periodEndOverride ends an achievement, not both", "/periodEndOverride")
    if point is not None:
        errors += _mistakes_of_point(point)
    if settings.recurrence == "on_expiration" and settings.period is None and settings.period_end is None:
        wrong("an achievement that recurs on expiration needs period or periodEndOverride", "/period", REQUIRED)
    if settings.recurrence == "on_completion" and settings.allow_rollback_after_completion:
        details = "what is completed cannot be rolled back where completing it starts it again"
        wrong(details, "/allowRollbackAfterCompletion")
    first, last = settings.fixed_start_date, settings.end_date
    if settings.activation == "fixed_schedule" and first is None:
        wrong("a fixed schedule needs fixedStartDate", "/fixedStartDate", REQUIRED)
    if settings.activation == "user_action" and first is not None:
        wrong("fixedStartDate is for achievements with a fixed schedule", "/fixedStartDate")
    if first is not None and last is not None and last <= first:
        wrong("endDate must be after fixedStartDate", "/endDate")
    return errors


def _mistakes_of_point(point: TimePoint) -> list[FieldError]:
    errors: list[FieldError] = []
    for name, value, count in (
        ("hour", point.hour, _HOURS),
        ("minute", point.minute, _MINUTES),
        ("second", point.second, _SECONDS),
    ):
        if not 0 <= value < count:
            details = f"{name} must be from 0 to {count - 1}"
            errors.append(at_pointer(OUT_OF_RANGE, details, f"/periodEndOverride/{name}"))
    month, day, weekday = given(point.month), given(point.day_of_month), given(point.day_of_week)
    if month is not None and day is None:
        errors.append(at_pointer(REQUIRED, "a month needs dayOfMonth", "/periodEndOverride/dayOfMonth"))
    if weekday is not None and (month is not None or day is not None):
        details = "dayOfWeek stands alone: a week has no month and no day of one"
        errors.append(at_pointer(INVALID_VALUE, details, "/periodEndOverride/dayOfWeek"))
    return errors


def _point(sent: TimePoint | None) -> time_points.TimePoint | None:
    if sent is None:
        return None
    return time_points.TimePoint(
        hour=sent.hour,
        minute=sent.minute,
        second=sent.second,
        month=given(sent.month),
        day_of_month=given(sent.day_of_month),
        day_of_week=given(sent.day_of_week),
    )
