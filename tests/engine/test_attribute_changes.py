"""The operators that give an attribute a new value."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from largesse.engine.effects.attribute_changes import OPERATORS, changed
from largesse.language import ExpressionError

DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)
EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("present", "operator", "value", "after"),
    [
        (None, "setTo", "x", "x"),
        (Decimal(3), "setTo", Decimal(1), Decimal(1)),
        (None, "increaseBy", Decimal("1.5"), Decimal("1.5")),
        (Decimal(3), "decreaseBy", Decimal(5), Decimal(-2)),
        (Decimal(3), "multiplyBy", Decimal("0.5"), Decimal("1.5")),
        (Decimal(1), "divideBy", Decimal(4), Decimal("0.25")),
        (DAY, "laterBy", Decimal("0.5"), datetime(2024, 3, 1, tzinfo=UTC)),
        (DAY, "earlierBy", Decimal(29), datetime(2024, 1, 31, 12, tzinfo=UTC)),
        (DAY, "laterBy", "1Y", datetime(2025, 2, 28, 12, tzinfo=UTC)),
        (DAY, "earlierBy", "2M", datetime(2023, 12, 29, 12, tzinfo=UTC)),
        (DAY, "laterBy", "90m", datetime(2024, 2, 29, 13, 30, tzinfo=UTC)),
        (DAY.astimezone(EAST), "laterBy", "1D", datetime(2024, 3, 1, 14, tzinfo=EAST)),
    ],
)
def test_new_values(present: Any, operator: str, value: Any, after: Any) -> None:
    assert changed("Session.Attributes.a", present, operator, value) == after


@pytest.mark.parametrize(
    ("present", "operator", "value", "message"),
    [
        (Decimal(1), "divideBy", Decimal(0), "division by zero"),
        ("x", "increaseBy", Decimal(1), "needs numbers"),
        (Decimal(1), "increaseBy", "x", "needs numbers"),
        (None, "laterBy", Decimal(1), "needs a time"),
        (DAY, "laterBy", "soon", "no time span"),
        (DAY, "laterBy", True, "no time span"),
        (DAY, "laterBy", Decimal(10**9), "beyond the calendar"),
        (DAY, "add", Decimal(1), "is not an operator"),
    ],
)
def test_what_cannot_be_changed(present: Any, operator: str, value: Any, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        changed("Session.Attributes.a", present, operator, value)


@pytest.mark.parametrize("amount", ["1s", "45m", "7h", "3D", "2W"])
def test_earlier_takes_later_back(amount: str) -> None:
    assert changed("p", changed("p", DAY, "laterBy", amount), "earlierBy", amount) == DAY


def test_all_operators_are_tried_here() -> None:
    assert OPERATORS == ("setTo", "increaseBy", "decreaseBy", "multiplyBy", "divideBy", "laterBy", "earlierBy")
