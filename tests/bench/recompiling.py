"""Compiling a thousand campaigns: all of them, as after a start, and again when one of them has changed."""

import statistics
import time
from collections.abc import Callable

from msgspec import structs

from largesse.engine.applications import Application
from largesse.engine.campaigns import Campaign
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.programs import CampaignSource, compile_programs
from tests.bench import workload
from tests.bench.table import Row

CAMPAIGNS = 1_000
ROUNDS = 10
SHOP = Application(1, 1, "shop")


def rows() -> list[Row]:
    """The two rows; the second says how many times less it is."""
    sources = [_source(number) for number in range(CAMPAIGNS)]
    before = compile_programs(SHOP, Definitions(), sources)
    changed = [structs.replace(sources[0], fingerprint=b"changed"), *sources[1:]]
    all_ms = _timed(lambda: compile_programs(SHOP, Definitions(), sources), 1)
    one_ms = _timed(lambda: compile_programs(SHOP, Definitions(), changed, before=before), ROUNDS)
    ratio = statistics.median(all_ms) / statistics.median(one_ms)
    return [
        _row(f"compile {CAMPAIGNS:,} campaigns", all_ms),
        _row(f"compile again, one of {CAMPAIGNS:,} changed", one_ms, f"{ratio:.0f} times less than all"),
    ]


def _source(number: int) -> CampaignSource:
    ruleset = workload.campaign(number)["ruleset"]
    campaign = Campaign(number + 1, f"campaign {number}")
    return CampaignSource(campaign, 1, ruleset["rules"], ruleset["bindings"], str(number).encode())


def _timed(run: Callable[[], object], rounds: int) -> list[float]:
    times: list[float] = []
    for _ in range(rounds):
        before = time.perf_counter()
        run()
        times.append((time.perf_counter() - before) * 1000)
    return times


def _row(name: str, times: list[float], note: str = "") -> Row:
    return Row(name, statistics.median(times), max(times), 1000 / statistics.median(times), note)
