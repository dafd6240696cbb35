"""Windows of time: with or without their ends, by the moment or by what the clock on the wall shows. [C]"""

from datetime import UTC, datetime
from typing import Final

from largesse.language.compile.inlining import never_fails
from largesse.language.environment import Example, Function
from largesse.language.json_form import Json


def within(
    time: datetime,
    start: datetime,
    end: datetime,
    with_start: bool = True,
    with_end: bool = True,
    by_wall_clock: bool = False,
) -> bool:
    """Whether a time lies in a window. By the wall clock, every time counts as what it shows in its own zone."""
    if by_wall_clock:
        time, start, end = (each.replace(tzinfo=None) for each in (time, start, end))
    if time < start or time > end:
        return False
    return (with_start or time != start) and (with_end or time != end)


def wall_clock(time: datetime) -> datetime:
    """What the clock on the wall shows at a time, as if the wall were in UTC."""
    return time.replace(tzinfo=UTC)


_START: Final = "2026-05-01T09:00:00+02:00"
_END: Final = "2026-05-01T17:00:00+02:00"
_EARLY: Final[Json] = ["parseTime", "2026-05-01T08:30:00Z"]

WINDOWS: Final = (
    Function(
        "within(Time, Time, Time)Boolean",
        within,
        "Whether the first time lies between the others, both included.",
        (
            Example(["within", ["parseTime", _START], _START, _END], True),
            Example(["within", ["parseTime", "2026-05-02T00:00:00Z"], _START, _END], False),
        ),
    ),
    Function(
        "within(Time, Time, Time, Boolean, Boolean, Boolean)Boolean",
        within,
        "Whether the first time lies between the others: whether the start and the end are included, and whether times "
        "of different zones are compared by what their clocks show.",
        (
            Example(["within", ["parseTime", _START], _START, _END, False, True, False], False),
            Example(["within", _EARLY, _START, _END, True, True, False], True),
            Example(["within", _EARLY, _START, _END, True, True, True], False),
        ),
    ),
    Function(
        "wallClock(Time)Time",
        wall_clock,
        "What the clock on the wall shows at a time, whatever its zone: the same date and hour, in UTC.",
        (
            Example(["wallClock", ["parseTime", _START]], "2026-05-01T09:00:00Z"),
            Example(["wallClock", "2026-05-01T08:30:00-05:00"], "2026-05-01T08:30:00Z"),
        ),
        inline=never_fails(wall_clock),
    ),
)
"""Windows of time, in the order of the reference."""
