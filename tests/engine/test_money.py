"""Exact amounts: shares sum to the whole, and every number is written in its shortest form."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.money import shares, shortest, total

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("10.00", "10"), ("1E+2", "100"), ("0.10", "0.1"), ("0E+5", "0"), ("-0.50", "-0.5"), ("1E-8", "0.00000001")],
)
def test_shortest_form(amount: str, written: str) -> None:
    assert f"{shortest(Decimal(amount)):f}" == written
    assert shortest(Decimal(amount)) == Decimal(amount)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=12))
def test_shortest_is_the_same_number_without_exponent(amount: Decimal) -> None:
    short = shortest(amount)
    assert short == amount
    assert "E" not in str(short) or abs(amount) < Decimal("0.000001")


def test_shares_as_published() -> None:
    parts = shares(Decimal(30), [Decimal(55), Decimal(60), Decimal(115)], 2)
    assert parts == (Decimal("7.17"), Decimal("7.82"), Decimal("15.01"))


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=20), st.integers(0, 3))
def test_shares_sum_to_the_whole(whole: Decimal, weights: list[Decimal], digits: int) -> None:
    parts = shares(whole, weights, digits)
    assert len(parts) == len(weights)
    assert total(parts) == whole


def test_nobody_gets_nothing() -> None:
    assert shares(Decimal(5), [], 2) == ()
    assert shares(Decimal(5), [Decimal(0), Decimal(0)], 2) == (Decimal(5), Decimal(0))
