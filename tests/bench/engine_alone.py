"""The engine alone on workload W, through the public Python API's parts: facts in memory, campaigns compiled."""

import gc
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import largesse
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import SessionUpdate
from tests.bench import other_engine, workload
from tests.bench.table import Row

# Long enough that the median stands still, short enough that the whole table takes seconds.
SECONDS_PER_CASE = 1.0
ROUNDS_MIN = 20
AIM_MS = {(10, 10): 0.15, (10, 100): 0.6, (100, 10): 0.6, (100, 100): 5.0}


def rows() -> list[Row]:
    """A row per size of W, after checking that its total is right, one in which few of many campaigns can apply, and
    those of another engine."""
    ours = [*(_row(lines, campaigns) for lines, campaigns in workload.TOTALS), _few_of_many()]
    return [*ours, *other_engine.rows(_timed)]


def _few_of_many() -> Row:
    """Ten thousand campaigns of which ten can apply, beside those ten alone."""
    alone = statistics.median(_timed(_prepared(10, 10)))
    times = _timed(_run_of(workload.few_of_many(10, 10_000), 10))
    return Row(
        "engine W(10,10) among 10,000",
        median_ms=statistics.median(times),
        p99_ms=statistics.quantiles(times, n=100)[98],
        per_second=1000 / statistics.median(times),
        note=f"{statistics.median(times) / alone:.2f} times the ten alone, aim 2",
    )


def with_a_coupon(campaigns: int) -> Row:
    """Ten lines with a coupon in a shop of so many campaigns, one of them the coupon's."""
    shop = workload.shop(campaigns)
    shop["campaigns"][0] = workload.coupon_campaign("CODE")
    loaded = largesse.load(shop)
    run = _run_of_loaded(loaded, {"cartItems": workload.cart(10), "couponCodes": ["CODE"]})
    assert run(), "the coupon gives nothing"
    times = _timed(run)
    return Row(
        f"engine, 10 lines with a coupon, {campaigns} campaigns",
        median_ms=statistics.median(times),
        p99_ms=statistics.quantiles(times, n=100)[98],
        per_second=1000 / statistics.median(times),
    )


def _row(lines: int, campaigns: int) -> Row:
    run = _prepared(lines, campaigns)
    discount = run()
    expected = workload.TOTALS[lines, campaigns]
    assert discount == expected, f"W({lines},{campaigns}) gives {discount}, not {expected}"
    times = _timed(run)
    aim = AIM_MS.get((lines, campaigns))
    return Row(
        f"engine W({lines},{campaigns})",
        median_ms=statistics.median(times),
        p99_ms=statistics.quantiles(times, n=100)[98],
        per_second=1000 / statistics.median(times),
        note=f"discount {discount}" + (f", aim {aim} ms" if aim else ""),
    )


def _prepared(lines: int, campaigns: int) -> Callable[[], Decimal]:
    return _run_of(workload.shop(campaigns), lines)


def _run_of(shop: workload.Plain, lines: int) -> Callable[[], Decimal]:
    return _run_of_loaded(largesse.load(shop), {"cartItems": workload.cart(lines)})


def _run_of_loaded(shop: largesse.Shop, session: workload.Plain) -> Callable[[], Decimal]:
    programs = shop.programs
    now = datetime.now(UTC)
    update = from_plain(session, SessionUpdate)
    updated = update_session(None, 1, "bench", update, programs.definitions, now)
    assert isinstance(updated, Updated)
    subjects = Subjects(updated.session, None, None)
    facts = Facts(shop.coupons, {})
    moment = Moment(now, bytes(SEED_BYTES), dry=True, reasons=False)

    def run() -> Decimal:
        outcome = evaluate(programs, subjects, facts, moment, updated.event)
        return sum((effect.props.discount() for effect in outcome.effects), Decimal(0))

    return run


def _timed(run: Callable[[], Decimal]) -> list[float]:
    times: list[float] = []
    gc.collect()
    started = time.perf_counter()
    while len(times) < ROUNDS_MIN or time.perf_counter() - started < SECONDS_PER_CASE:
        before = time.perf_counter()
        run()
        times.append((time.perf_counter() - before) * 1000)
    return times
