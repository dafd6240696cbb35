"""zen-engine, a rules engine written in Rust, on the condition and the sum of each campaign of W: a yardstick.

It does less than a campaign does (no effects, no budgets, no exact decimals), and its input is plain JSON.
"""

import statistics
from collections.abc import Callable
from decimal import Decimal

import zen

from tests.bench import workload
from tests.bench.table import Row

SIZES = ((10, 10), (10, 100), (100, 10), (100, 100))


def rows(timed: Callable[[Callable[[], Decimal]], list[float]]) -> list[Row]:
    """A row per size of W, after checking that its total is right but for what binary floats lose."""
    return [_row(lines, campaigns, timed) for lines, campaigns in SIZES]


def _row(lines: int, campaigns: int, timed: Callable[[Callable[[], Decimal]], list[float]]) -> Row:
    rules = [
        (
            zen.compile_expression(f'some(cart, #.category == "{number % 10}")'),
            zen.compile_expression(f'sum(map(filter(cart, #.category == "{number % 10}"), #.price / 100))'),
        )
        for number in range(campaigns)
    ]
    facts = {"cart": workload.cart(lines)}

    def run() -> Decimal:
        discount = 0.0
        for condition, amount in rules:
            if condition.evaluate(facts):
                discount += amount.evaluate(facts)
        return Decimal(discount)

    expected = workload.TOTALS[lines, campaigns]
    assert abs(run() - expected) < Decimal("0.000001"), f"zen gives {run()}, not {expected}"
    times = timed(run)
    return Row(
        f"zen-engine, conditions and sums of W({lines},{campaigns})",
        median_ms=statistics.median(times),
        p99_ms=statistics.quantiles(times, n=100)[98],
        per_second=1000 / statistics.median(times),
        note="a yardstick: no effects, no budgets, binary floats",
    )
