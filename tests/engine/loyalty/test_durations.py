"""Durations: the published table, and what is no duration."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.loyalty.durations import LATEST, parse_duration

# A Saturday.
BASE = datetime(2024, 10, 12, 7, 20, 50, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("1D", "2024-10-13T07:20:50"),
        ("1D_D", "2024-10-13T00:00:00"),
        ("1D_U", "2024-10-13T23:59:59"),
        ("1W", "2024-10-19T07:20:50"),
        ("1W_U", "2024-10-20T23:59:59"),
        ("1M", "2024-11-12T07:20:50"),
        ("1M_U", "2024-11-30T23:59:59"),
        ("1Y", "2025-10-12T07:20:50"),
        ("1Y_U", "2025-12-31T23:59:59"),
        ("90s", "2024-10-12T07:22:20"),
        ("10m", "2024-10-12T07:30:50"),
        ("17h", "2024-10-13T00:20:50"),
        ("0D_U", "2024-10-12T23:59:59"),
        ("14M", "2025-12-12T07:20:50"),
    ],
)
def test_a_duration_is_added_and_then_rounded(text: str, after: str) -> None:
    duration = parse_duration(text)
    assert duration is not None
    assert duration.after(BASE, UTC) == datetime.fromisoformat(after).replace(tzinfo=UTC)


def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    duration = parse_duration("1M")
    assert duration is not None
    assert duration.after(datetime(2025, 1, 31, 12, tzinfo=UTC), UTC) == datetime(2025, 2, 28, 12, tzinfo=UTC)


def test_days_are_days_of_the_calendar_and_hours_are_hours() -> None:
    before_winter_time = datetime(2024, 10, 26, 12, tzinfo=BERLIN)
    day, hours = parse_duration("1D"), parse_duration("24h")
    assert day is not None
    assert hours is not None
    assert day.after(before_winter_time, BERLIN) == datetime(2024, 10, 27, 12, tzinfo=BERLIN)
    assert hours.after(before_winter_time, BERLIN) == datetime(2024, 10, 27, 11, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "text",
    ["", "1", "D", "1d", "-1D", "1.5D", "1h_U", "1m_D", "1W_D", "1D_X", "1D_U ", "٣D", "99999999999Y", "unlimited"],
)
def test_what_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None


@given(st.integers(0, 1000), st.sampled_from("smhDWMY"), st.datetimes(timezones=st.just(UTC)))
def test_nothing_is_later_than_the_latest(amount: int, unit: str, moment: datetime) -> None:
    duration = parse_duration(f"{amount}{unit}")
    assert duration is None or moment.replace(microsecond=0) <= duration.after(moment, BERLIN) <= max(moment, LATEST)
