"""Achievements: how far customers come towards a target, iteration by iteration.

An iteration is one attempt of one customer. It starts with the first progress, or is the part of a fixed schedule that
the moment lies in, and ends when its period is over; what is completed or over may start again, as the policy says.
Source: semantics, section 19.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from largesse.engine.loyalty.durations import Duration
from largesse.engine.money import EXACT, ZERO
from largesse.engine.rewards.time_points import TimePoint

Recurrence = Literal["no_recurrence", "on_expiration", "on_completion"]
Activation = Literal["user_action", "fixed_schedule"]
Status = Literal["not_started", "inprogress", "completed", "expired"]

# Nothing is published; each is an effect of its own, so there must be an end.
ITERATIONS_AT_ONCE_MAX = 100
# Every reader of JSON takes whole numbers up to here for what they are.
_TRACKERS = (1 << 53) - 1


class Achievement(Struct, frozen=True):
    """One achievement of a campaign: `target` is what completes it, `period` or `period_end` what ends an iteration.

    With neither of the two an iteration does not end before the achievement does.
    """

    id: int
    campaign_id: int
    name: str
    title: str
    target: Decimal
    description: str = ""
    period: Duration | None = None
    period_end: TimePoint | None = None
    recurrence: Recurrence = "no_recurrence"
    activation: Activation = "user_action"
    fixed_start_date: datetime | None = None
    end_date: datetime | None = None
    allow_rollback_after_completion: bool = False


class Iteration(Struct, frozen=True):
    """How far a customer has come in one iteration; `number` counts a customer's iterations from 1. `by_rule`: a rule
    started it for its own sake."""

    achievement_id: int
    number: int
    tracker_id: int
    progress: Decimal
    start_date: datetime
    end_date: datetime | None = None
    completion_date: datetime | None = None
    by_rule: bool = False

    def is_over(self, now: datetime) -> bool:
        """Whether its time is up."""
        return self.end_date is not None and self.end_date <= now


class MoveProgress(Struct, frozen=True, tag=True):
    """Change: start an iteration, or get further in it by `delta`, to be completed at `target`.

    `was` is the progress that was decided on (None: the iteration is new); refused when it is another by now.
    `is_back`: progress is taken back instead, down to nothing at most, and an iteration with nothing left has not been
    started, unless a rule started it for its own sake (`by_rule`).
    """

    achievement_id: int
    profile_id: str
    tracker_id: int
    number: int
    start_date: datetime
    end_date: datetime | None
    target: Decimal
    was: Decimal | None
    delta: Decimal
    by_rule: bool = False
    is_back: bool = False

    def and_then(self, later: "MoveProgress") -> "MoveProgress":
        """This progress and later progress in the same iteration as one."""
        return structs.replace(self, delta=EXACT.add(self.delta, later.delta), by_rule=self.by_rule or later.by_rule)

    def inverse(self) -> "MoveProgress":
        """Take the progress back."""
        return structs.replace(self, delta=-self.delta, is_back=True)


class Step(NamedTuple):
    """Progress made in one iteration: the iteration after it, how much it was, and the progress before it (None: the
    iteration is new)."""

    iteration: Iteration
    delta: Decimal
    was: Decimal | None


def tracker_of(achievement_id: int, profile_id: str, number: int) -> int:
    """The id of one iteration: always the same one, and as good as never that of another."""
    digest = hashlib.sha256(f"{achievement_id}/{number}/{profile_id}".encode()).digest()
    return int.from_bytes(digest, "big") % _TRACKERS + 1


def status_of(achievement: Achievement, latest: Iteration | None, now: datetime, zone: tzinfo) -> Status:
    """How a customer stands whose latest iteration is given."""
    if latest is None:
        return "not_started"
    is_over = latest.is_over(now)
    if is_over and achievement.recurrence == "on_expiration" and _window(achievement, now, zone) is not None:
        return "not_started"
    if latest.completion_date is not None:
        return "completed"
    return "expired" if is_over else "inprogress"


def begin(
    achievement: Achievement, latest: Iteration | None, profile_id: str, now: datetime, zone: tzinfo
) -> tuple[Iteration, bool] | None:
    """The iteration that progress made now belongs to, and whether it is a new one; None where none can be made."""
    if achievement.end_date is not None and achievement.end_date <= now:
        return None
    if latest is not None:
        if latest.completion_date is None and not latest.is_over(now):
            return latest, False
        if not _recurs(achievement, latest, now):
            return None
    window = _window(achievement, now, zone)
    if window is None:
        return None
    number = 1 if latest is None else latest.number + 1
    tracker_id = tracker_of(achievement.id, profile_id, number)
    return Iteration(achievement.id, number, tracker_id, ZERO, *window), True


def increase(
    achievement: Achievement,
    latest: Iteration | None,
    profile_id: str,
    amount: Decimal,
    now: datetime,
    zone: tzinfo,
) -> Iterator[Step]:
    """The steps that progress by an amount consists of. None goes above the target; what is over goes into the next
    iteration where completing one starts another, and is lost otherwise."""
    left = amount
    while left > ZERO:
        begun = begin(achievement, latest, profile_id, now, zone)
        if begun is None:
            return
        before, is_new = begun
        delta = min(left, EXACT.subtract(achievement.target, before.progress))
        progress = EXACT.add(before.progress, delta)
        completed = now if progress >= achievement.target else None
        latest = structs.replace(before, progress=progress, completion_date=completed)
        yield Step(latest, delta, None if is_new else before.progress)
        left = EXACT.subtract(left, delta)
        if achievement.recurrence != "on_completion":
            return


def applied(iteration: Iteration | None, change: MoveProgress, now: datetime) -> Iteration | None:
    """The iteration after a change; None where it has not been started (any more)."""
    if iteration is None:
        if change.is_back:
            return None
        iteration = Iteration(
            change.achievement_id,
            change.number,
            change.tracker_id,
            ZERO,
            change.start_date,
            change.end_date,
            by_rule=change.by_rule,
        )
    progress = max(ZERO, EXACT.add(iteration.progress, change.delta))
    if change.is_back:
        if not progress and change.delta and not iteration.by_rule:
            return None
        completed = iteration.completion_date if progress >= change.target else None
    else:
        completed = now if progress >= change.target else None
    return structs.replace(iteration, progress=progress, completion_date=completed)


def may_be_taken_back(achievement: Achievement, iteration: Iteration) -> bool:
    """Whether cancelling a session takes its progress back from an iteration."""
    if iteration.completion_date is None:
        return True
    return achievement.allow_rollback_after_completion and achievement.recurrence != "on_completion"


def without(iteration: Iteration, change: MoveProgress) -> Iteration:
    """An iteration as if some progress had not been made."""
    progress = max(ZERO, EXACT.subtract(iteration.progress, change.delta))
    completed = iteration.completion_date if progress >= change.target else None
    return structs.replace(iteration, progress=progress, completion_date=completed)


def _recurs(achievement: Achievement, latest: Iteration, now: datetime) -> bool:
    """Whether another iteration may follow one that is completed or over."""
    match achievement.recurrence:
        case "no_recurrence":
            return False
        case "on_expiration":
            return latest.is_over(now)
        case "on_completion":
            return True


def _window(achievement: Achievement, now: datetime, zone: tzinfo) -> tuple[datetime, datetime | None] | None:
    """From when to when an iteration would last that started now; None where none can."""
    start, end = _period(achievement, now, zone)
    limit = achievement.end_date
    if limit is not None and achievement.recurrence != "on_completion":
        end = limit if end is None else min(end, limit)
    is_open = start <= now and (end is None or now < end) and (limit is None or now < limit)
    return (start, end) if is_open else None


def _period(achievement: Achievement, now: datetime, zone: tzinfo) -> tuple[datetime, datetime | None]:
    first = achievement.fixed_start_date
    if achievement.activation == "user_action" or first is None:
        return now, None if achievement.recurrence == "on_completion" else _end(achievement, now, zone)
    if now < first:
        return first, None
    if achievement.recurrence == "on_completion":
        return now, None
    if achievement.recurrence == "no_recurrence" or not (achievement.period or achievement.period_end):
        return first, _end(achievement, first, zone)
    if achievement.period_end is not None:
        return max(first, achievement.period_end.last(now, zone)), achievement.period_end.next(now, zone)
    return _scheduled(achievement.period, first, now, zone) if achievement.period else (first, None)


def _end(achievement: Achievement, start: datetime, zone: tzinfo) -> datetime | None:
    if achievement.period_end is not None:
        return achievement.period_end.next(start, zone)
    return None if achievement.period is None else achievement.period.after(start, zone)


def _scheduled(period: Duration, first: datetime, now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The one of the periods that follow each other from `first` on that a moment lies in."""

    def boundary(number: int) -> datetime:
        if number == 0:
            return first
        return structs.replace(period, amount=period.amount * number).after(first, zone)

    number = int((now - first).total_seconds() // period.longest_seconds)
    while number and boundary(number) > now:
        number -= 1
    while boundary(number + 1) <= now:
        number += 1
    return boundary(number), boundary(number + 1)
