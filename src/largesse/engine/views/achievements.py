"""`Achievements`: how the customer stands with each of them, by name."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from decimal import Decimal

from largesse.engine.money import ZERO
from largesse.engine.rewards.achievements import Achievement, Iteration, status_of
from largesse.language import ANY, DECIMAL, STRING, TIME, Field, MapType, Root, record

_ACHIEVEMENT = record(
    "Achievement",
    Field("Progress", DECIMAL, "progress", doc="Progress of the customer"),
    Field("Target", DECIMAL, "target", doc="Progress that completes the achievement"),
    Field("Status", STRING, "status", doc="not_started, inprogress, completed or expired"),
    Field("StartDate", TIME, "start_date", optional=True, doc="When the customer has started"),
    Field("CompletionDate", TIME, "completion_date", optional=True, doc="When the customer has completed it"),
    Field("EndDate", TIME, "end_date", optional=True, doc="When it ends for the customer"),
)


class AchievementView:
    """An achievement as rules see it."""

    __slots__ = ("completion_date", "end_date", "progress", "start_date", "status", "target")

    def __init__(self, achievement: Achievement, latest: Iteration | None, now: datetime, zone: tzinfo) -> None:
        self.status: str = status_of(achievement, latest, now, zone)
        shown = None if self.status == "not_started" else latest
        self.target = achievement.target
        self.progress: Decimal = ZERO if shown is None else shown.progress
        self.start_date = None if shown is None else shown.start_date
        self.completion_date = None if shown is None else shown.completion_date
        self.end_date = None if shown is None else shown.end_date


def achievements_root(achievements: Iterable[Achievement]) -> Root:
    """The root `Achievements`."""
    known = {achievement.name: _ACHIEVEMENT for achievement in achievements}
    return Root("Achievements", MapType(ANY, known), "achievements", optional=True, doc="Achievements by name")
