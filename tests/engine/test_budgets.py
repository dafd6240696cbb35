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


def test_names_cannot_be_mistaken_for_other_keys() -> None:
    limit = Limit("setDiscount", Decimal(1), None, ("Coupon", "Profile"))
    sly = Subject(SUNDAY, "s1", profile_id="x", coupon_code="A|Profile=x")
    plain = Subject(SUNDAY, "s1", profile_id="x|Profile=x", coupon_code="A")
    assert keys(limit, sly) != keys(limit, plain)


def test_giving_back_needs_no_room() -> None:
    count = CountBudget(1, "setDiscount|overall", "setDiscount", "overall", Decimal("9.99"), Decimal(10))
    back = count.inverse()
    assert back.amount == Decimal("-9.99")
    assert back.limit is None
