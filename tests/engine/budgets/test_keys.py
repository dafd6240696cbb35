"""Budget keys: which counters a limit asks for."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from largesse.engine.budgets import BudgetEntity, CountBudget, Limit, Period, Subject, keys

SUNDAY = datetime(2026, 3, 1, 23, 59, tzinfo=ZoneInfo("Europe/Berlin"))
SOMEBODY = Subject(SUNDAY, "s1", profile_id="ann", coupon_code="TEN", identifiers=("ip1", "ip2"))


@pytest.mark.parametrize(
    ("period", "entities", "expected"),
    [
        (None, (), ("setDiscount|overall",)),
        ("daily", (), ("setDiscount|daily:2026-03-01",)),
        ("weekly", (), ("setDiscount|weekly:2026-02-23",)),
        ("monthly", (), ("setDiscount|monthly:2026-03",)),
        ("yearly", ("Profile",), ("setDiscount|yearly:2026|Profile=ann",)),
        (None, ("Coupon", "Profile"), ("setDiscount|overall|Coupon=TEN|Profile=ann",)),
        (None, ("Identifier",), ("setDiscount|overall|Identifier=ip1", "setDiscount|overall|Identifier=ip2")),
        (None, ("Store",), ()),
        (None, ("Session",), ("setDiscount|overall|Session=s1",)),
    ],
)
def test_keys(period: Period | None, entities: tuple[BudgetEntity, ...], expected: tuple[str, ...]) -> None:
    assert keys(Limit("setDiscount", Decimal(1), period, entities), SOMEBODY) == expected


@pytest.mark.parametrize(
    ("moment", "day", "week"),
    [
        ("2026-03-28T22:59:59Z", "2026-03-28", "2026-03-23"),
        ("2026-03-28T23:00:00Z", "2026-03-29", "2026-03-23"),
        # This day has 23 hours,
        ("2026-03-29T21:59:59Z", "2026-03-29", "2026-03-23"),
        ("2026-03-29T22:00:00Z", "2026-03-30", "2026-03-30"),
        # and this one 25.
        ("2026-10-24T22:00:00Z", "2026-10-25", "2026-10-19"),
        ("2026-10-25T00:30:00Z", "2026-10-25", "2026-10-19"),
        ("2026-10-25T01:30:00Z", "2026-10-25", "2026-10-19"),
        ("2026-10-25T22:59:59Z", "2026-10-25", "2026-10-19"),
        ("2026-10-25T23:00:00Z", "2026-10-26", "2026-10-26"),
    ],
)
def test_days_begin_at_local_midnight_whatever_the_clocks_do(moment: str, day: str, week: str) -> None:
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Berlin"))
    periods: tuple[Period, ...] = ("daily", "weekly")
    found = [keys(Limit("setDiscount", Decimal(1), period), Subject(local, "s")) for period in periods]
    assert found == [(f"setDiscount|daily:{day}",), (f"setDiscount|weekly:{week}",)]


def test_names_cannot_be_mistaken_for_other_keys() -> None:
    limit = Limit("setDiscount", Decimal(1), None, ("Coupon", "Profile"))
    sly = Subject(SUNDAY, "s1", profile_id="x", coupon_code="A|Profile=x")
    plain = Subject(SUNDAY, "s1", profile_id="x|Profile=x", coupon_code="A")
    assert keys(limit, sly) != keys(limit, plain)


def test_an_identifier_that_is_sent_twice_is_one_counter() -> None:
    twice = Subject(SUNDAY, "s1", identifiers=("ip1", "ip2", "ip1", ""))
    assert keys(Limit("setDiscount", Decimal(1), None, ("Identifier",)), twice) == (
        "setDiscount|overall|Identifier=ip1",
        "setDiscount|overall|Identifier=ip2",
    )


def test_giving_back_needs_no_room() -> None:
    count = CountBudget(1, "setDiscount|overall", "setDiscount", "overall", Decimal("9.99"), Decimal(10))
    back = count.inverse()
    assert back.amount == Decimal("-9.99")
    assert back.limit is None
