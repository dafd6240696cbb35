"""The achievements of a shop's plain data, with the keys of CreateAchievement, each in its campaign."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.loyalty.durations import parse_duration
from largesse.engine.rewards.achievements import Achievement, Activation, Recurrence
from largesse.engine.rewards.time_points import TimePoint


class _Plain(Struct, frozen=True, kw_only=True):
    id: int
    campaign_id: int
    name: str
    title: str = ""
    description: str = ""
    target: Decimal
    period: str | None = None
    period_end_override: TimePoint | None = None
    recurrence_policy: Recurrence = "no_recurrence"
    activation_policy: Activation = "user_action"
    fixed_start_date: datetime | None = None
    end_date: datetime | None = None
    allow_rollback_after_completion: bool = False


def plain_achievements(campaigns: Iterable[Mapping[str, JSON]]) -> dict[int, Achievement]:
    """The achievements of all campaigns, numbered where they have no id. Raises ValueError for a period that is
    none."""
    found: dict[int, Achievement] = {}
    for number, campaign in enumerate(campaigns, 1):
        for each in campaign.get("achievements", ()):
            given = {"id": len(found) + 1, "campaignId": campaign.get("id", number)}
            achievement = _achievement(from_plain({**given, **each}, _Plain))
            found[achievement.id] = achievement
    return found


def _achievement(plain: _Plain) -> Achievement:
    period = None if plain.period is None else parse_duration(plain.period)
    if plain.period is not None and period is None:
        raise ValueError(f"{plain.period} is no period of the achievement {plain.name}")
    return Achievement(
        id=plain.id,
        campaign_id=plain.campaign_id,
        name=plain.name,
        title=plain.title or plain.name,
        target=plain.target,
        description=plain.description,
        period=period,
        period_end=plain.period_end_override,
        recurrence=plain.recurrence_policy,
        activation=plain.activation_policy,
        fixed_start_date=plain.fixed_start_date,
        end_date=plain.end_date,
        allow_rollback_after_completion=plain.allow_rollback_after_completion,
    )
