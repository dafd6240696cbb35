"""Schedules: campaigns run from one moment to another, and rules read the time as the shop's clocks show it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

import largesse

SESSION = {"cartItems": [{"sku": "hat", "quantity": 1, "price": 10}]}


def shop(*conditions: Any, **campaign: Any) -> largesse.Shop:
    """A shop in Berlin with a campaign that takes one off."""
    rule = {"title": "one off", "condition": ["and", *conditions], "effects": [["setDiscount", "one off", 1]]}
    return largesse.load(
        {"application": {"timezone": "Europe/Berlin"}, "campaigns": [campaign | {"ruleset": {"rules": [rule]}}]}
    )


def gives(shop: largesse.Shop, moment: datetime) -> bool:
    return bool(shop.evaluate(SESSION, now=moment).effects)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"),
    ],
    ids=["while clocks go forward", "while clocks go back", "a second"],
)
def test_a_schedule_includes_its_start_and_not_its_end(start: str, end: str) -> None:
    scheduled = shop(startTime=start, endTime=end)
    first, after = datetime.fromisoformat(start), datetime.fromisoformat(end)
    tick = timedelta(microseconds=1)
    assert [gives(scheduled, moment) for moment in (first - tick, first, after - tick, after)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("moment", "date", "hour"),
    [
        ("2026-03-29T00:59:59Z", "2026-03-29", "1"),
        ("2026-03-29T01:00:00Z", "2026-03-29", "3"),
        ("2026-10-25T00:59:59Z", "2026-10-25", "2"),
        ("2026-10-25T01:00:00Z", "2026-10-25", "2"),
        ("2026-10-25T02:00:00Z", "2026-10-25", "3"),
        ("2026-12-31T23:00:00Z", "2027-01-01", "0"),
    ],
)
def test_rules_read_the_shops_clocks(moment: str, date: str, hour: str) -> None:
    now = [".", "Now"]
    asking = shop(["=", ["date", now], date], ["=", ["hour", now], hour])
    assert gives(asking, datetime.fromisoformat(moment))
