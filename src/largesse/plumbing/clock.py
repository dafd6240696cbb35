"""The only place that reads a clock. Everything else is told the time, so that every decision can be run again."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""What dispatch is given; tests hand in one that stands still."""


def now() -> datetime:
    """This moment, aware and in UTC, to the microsecond."""
    return datetime.now(UTC)


def monotonic_seconds() -> float:
    """Seconds on a clock that never jumps; only differences mean anything."""
    return time.perf_counter()
