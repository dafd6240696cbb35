"""Achievements of a customer on the wire. There are none yet; the shape is part of what updates answer with."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.plumbing.http.codec import EXTENSION

AchievementName = Annotated[str, Meta(pattern=r"^[a-zA-Z]\w+$", min_length=1, max_length=1000)]
RecurrencePolicy = Literal["no_recurrence", "on_expiration", "on_completion"]
ActivationPolicy = Literal["user_action", "fixed_schedule"]
ProgressStatus = Literal["inprogress", "completed", "expired", "not_started"]


class AchievementProgress(Struct, frozen=True, kw_only=True, rename="camel"):
    """How far a customer has come [IA AchievementProgress]."""

    status: ProgressStatus
    progress: Decimal
    start_date: datetime | UnsetType = UNSET
    completion_date: datetime | UnsetType = UNSET
    end_date: datetime | UnsetType = UNSET


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
