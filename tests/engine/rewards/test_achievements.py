"""Achievements: when iterations begin and end, how far progress goes, and that taking it back leaves nothing behind."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.loyalty.durations import parse_duration
from largesse.engine.money import ZERO
from largesse.engine.rewards.achievements import (
    Achievement,
    Iteration,
    MoveProgress,
    applied,
    begin,
    increase,
    status_of,
    tracker_of,
)
from largesse.engine.rewards.time_points import TimePoint

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)  # a Wednesday, 13:00 in Berlin
TEN = Decimal(10)


def achievement(**settings: Any) -> Achievement:
    """An achievement of ten, which takes a period as it is written."""
    if "period" in settings:
        settings["period"] = parse_duration(settings["period"])
    return Achievement(1, 1, "ten", "Ten", TEN, **settings)


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SUNDAY = TimePoint(hour=23, minute=59, second=59, day_of_week=7)
LAST_OF_MONTH = TimePoint(hour=0, minute=0, second=0, day_of_month=31)
NOVEMBER = TimePoint(hour=8, minute=30, second=0, month=11, day_of_month=23)
DAILY = TimePoint(hour=2, minute=30, second=0)


@pytest.mark.parametrize(
    ("point", "moment", "expected"),
    [
        (SUNDAY, "2026-03-18T12:00", "2026-03-22T22:59:59"),
        (SUNDAY, "2026-03-22T22:59:59", "2026-03-29T21:59:59"),
        (LAST_OF_MONTH, "2026-02-10T00:00", "2026-02-27T23:00"),
        (LAST_OF_MONTH, "2026-02-27T23:00", "2026-03-30T22:00"),
        (NOVEMBER, "2026-03-18T12:00", "2026-11-23T07:30"),
        (NOVEMBER, "2026-11-23T07:30", "2027-11-23T07:30"),
        (DAILY, "2026-03-18T12:00", "2026-03-19T01:30"),
        (DAILY, "2026-03-18T01:00", "2026-03-18T01:30"),
    ],
)
def test_a_point_of_time_comes_again(point: TimePoint, moment: str, expected: str) -> None:
    assert point.next(at(moment), BERLIN) == at(expected)
    assert point.last(at(expected), BERLIN) == at(expected)
    assert point.last(at(expected) - timedelta(seconds=1), BERLIN) <= at(moment)


# (settings, from when to when an iteration lasts that begins at NOW; None: it cannot)
WINDOWS: list[tuple[dict[str, Any], tuple[str, str | None] | None]] = [
    ({}, ("2026-03-18T12:00", None)),
    ({"period": "2h"}, ("2026-03-18T12:00", "2026-03-18T14:00")),
    ({"period": "1W_U"}, ("2026-03-18T12:00", "2026-03-29T21:59:59")),
    ({"period": "1M", "end_date": at("2026-04-01T00:00")}, ("2026-03-18T12:00", "2026-04-01T00:00")),
    ({"period_end": SUNDAY}, ("2026-03-18T12:00", "2026-03-22T22:59:59")),
    ({"end_date": NOW}, None),
    ({"end_date": NOW + timedelta(seconds=1)}, ("2026-03-18T12:00", "2026-03-18T12:00:01")),
    ({"recurrence": "on_completion", "period": "2h"}, ("2026-03-18T12:00", None)),
]
SCHEDULES: list[tuple[dict[str, Any], tuple[str, str | None] | None]] = [
    ({"fixed_start_date": NOW}, ("2026-03-18T12:00", None)),
    ({"fixed_start_date": NOW + timedelta(seconds=1)}, None),
    ({"fixed_start_date": at("2026-01-01T00:00"), "period": "1M"}, None),
    ({"fixed_start_date": at("2026-03-01T00:00"), "period": "1M"}, ("2026-03-01T00:00", "2026-03-31T23:00")),
    (
        {"fixed_start_date": at("2020-01-30T23:00"), "period": "1M", "recurrence": "on_expiration"},
        ("2026-02-27T23:00", "2026-03-30T22:00"),
    ),
    (
        {"fixed_start_date": at("2025-12-31T23:00"), "period": "1D", "recurrence": "on_expiration"},
        ("2026-03-17T23:00", "2026-03-18T23:00"),
    ),
    (
        {"fixed_start_date": at("2026-03-02T09:00"), "period": "1W_U", "recurrence": "on_expiration"},
        ("2026-03-15T22:59:59", "2026-03-22T22:59:59"),
    ),
    (
        {"fixed_start_date": at("2000-01-01T00:00"), "period": "90s", "recurrence": "on_expiration"},
        ("2026-03-18T12:00", "2026-03-18T12:01:30"),
    ),
    (
        {"fixed_start_date": at("2026-03-17T00:00"), "period_end": SUNDAY, "recurrence": "on_expiration"},
        ("2026-03-17T00:00", "2026-03-22T22:59:59"),
    ),
    (
        {"fixed_start_date": at("2026-01-01T00:00"), "period_end": SUNDAY, "recurrence": "on_expiration"},
        ("2026-03-15T22:59:59", "2026-03-22T22:59:59"),
    ),
    ({"fixed_start_date": at("2026-01-01T00:00"), "recurrence": "on_completion"}, ("2026-03-18T12:00", None)),
]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [*WINDOWS, *((schedule | {"activation": "fixed_schedule"}, window) for schedule, window in SCHEDULES)],
)
def test_an_iteration_lasts_as_long_as_its_policy_says(
    settings: dict[str, Any], expected: tuple[str, str | None] | None
) -> None:
    begun = begin(achievement(**settings), None, "ann", NOW, BERLIN)
    if expected is None:
        assert begun is None
        return
    assert begun is not None
    iteration, is_new = begun
    start, end = expected
    assert is_new and (iteration.start_date, iteration.end_date) == (at(start), None if end is None else at(end))


def iteration(progress: Any, *, ends: datetime | None = None, completed: datetime | None = None) -> Iteration:
    """Ann's second iteration, begun a week ago."""
    tracker = tracker_of(1, "ann", 2)
    return Iteration(1, 2, tracker, Decimal(progress), NOW - timedelta(days=7), ends, completed)


EARLIER = NOW - timedelta(hours=1)
OPEN, OVER = iteration(4), iteration(4, ends=EARLIER)
DONE, DONE_AND_OVER = iteration(10, completed=EARLIER), iteration(10, ends=EARLIER, completed=EARLIER)

# (policy, the iteration before, status, deltas of an increase by 13 and the numbers of their iterations)
POLICIES: list[tuple[str, Iteration | None, str, list[tuple[int, int]]]] = [
    ("no_recurrence", None, "not_started", [(10, 1)]),
    ("no_recurrence", OPEN, "inprogress", [(6, 2)]),
    ("no_recurrence", OVER, "expired", []),
    ("no_recurrence", DONE, "completed", []),
    ("on_expiration", OPEN, "inprogress", [(6, 2)]),
    ("on_expiration", OVER, "not_started", [(10, 3)]),
    ("on_expiration", DONE, "completed", []),
    ("on_expiration", DONE_AND_OVER, "not_started", [(10, 3)]),
    ("on_completion", None, "not_started", [(10, 1), (3, 2)]),
    ("on_completion", OPEN, "inprogress", [(6, 2), (7, 3)]),
    ("on_completion", DONE, "completed", [(10, 3), (3, 4)]),
]


@pytest.mark.parametrize(("recurrence", "before", "status", "deltas"), POLICIES)
def test_progress_goes_as_far_as_the_policy_says(
    recurrence: Any, before: Iteration | None, status: str, deltas: list[tuple[int, int]]
) -> None:
    aim = achievement(recurrence=recurrence, period="1D")
    assert status_of(aim, before, NOW, BERLIN) == status
    steps = list(increase(aim, before, "ann", Decimal(13), NOW, BERLIN))
    assert [(int(step.delta), step.iteration.number) for step in steps] == deltas
    assert all((step.iteration.completion_date == NOW) is (step.iteration.progress == TEN) for step in steps)
    assert len({step.iteration.tracker_id for step in steps}) == len(steps)


def test_what_is_over_for_good_does_not_start_again() -> None:
    ended = achievement(recurrence="on_expiration", period="1D", end_date=EARLIER)
    assert status_of(ended, OVER, NOW, BERLIN) == "expired"
    assert list(increase(ended, None, "ann", Decimal(1), NOW, BERLIN)) == []


def changes_of(aim: Achievement, before: Iteration | None, amount: Decimal, now: datetime) -> list[MoveProgress]:
    """What storing progress takes."""
    return [
        MoveProgress(
            aim.id,
            "ann",
            step.iteration.tracker_id,
            step.iteration.number,
            step.iteration.start_date,
            step.iteration.end_date,
            aim.target,
            step.was,
            step.delta,
        )
        for step in increase(aim, before, "ann", amount, now, BERLIN)
    ]


AMOUNTS = st.decimals(min_value="0.01", max_value=40, places=2)
RECURRENCES = st.sampled_from(["no_recurrence", "on_expiration", "on_completion"])


@dataclass
class Kept:
    """Ann's iterations by number."""

    iterations: dict[int, Iteration]

    def apply(self, change: MoveProgress, now: datetime) -> None:
        """Store a change."""
        moved = applied(self.iterations.get(change.number), change, now)
        if moved is None:
            self.iterations.pop(change.number, None)
        else:
            self.iterations[change.number] = moved

    @property
    def latest(self) -> Iteration | None:
        """The present iteration."""
        return self.iterations[max(self.iterations)] if self.iterations else None


@given(RECURRENCES, st.lists(AMOUNTS, min_size=1, max_size=8), st.integers(1, 40))
def test_progress_is_never_above_the_target_nor_lost_before_it(
    recurrence: Any, amounts: list[Decimal], hours: int
) -> None:
    aim, kept, now = achievement(recurrence=recurrence, period="1D"), Kept({}), NOW
    for amount in amounts:
        before = kept.latest
        deltas = [change.delta for change in changes_of(aim, before, amount, now)]
        for change in changes_of(aim, before, amount, now):
            kept.apply(change, now)
        if recurrence == "on_completion":
            assert sum(deltas, ZERO) == amount
        assert all(ZERO < each.progress <= TEN for each in kept.iterations.values())
        assert all((each.completion_date is not None) is (each.progress == TEN) for each in kept.iterations.values())
        now += timedelta(hours=hours)


@given(RECURRENCES, st.lists(AMOUNTS, max_size=4), AMOUNTS)
def test_what_is_taken_back_was_never_there(recurrence: Any, earlier: list[Decimal], amount: Decimal) -> None:
    aim, kept = achievement(recurrence=recurrence, period="1D"), Kept({})
    for each in earlier:
        for change in changes_of(aim, kept.latest, each, EARLIER):
            kept.apply(change, EARLIER)
    before = dict(kept.iterations)
    made = changes_of(aim, kept.latest, amount, NOW)
    for change in made:
        kept.apply(change, NOW)
    for change in made:
        kept.apply(change.inverse(), NOW)
    assert kept.iterations == before
