"""Times. A time carries its own offset, and its parts are those of that offset. [TL corefn/time]"""

import ast
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from largesse.language.compile import code as py
from largesse.language.compile.inlining import never_fails, operator, reordering
from largesse.language.environment import Example, Function, Known
from largesse.language.errors import ExpressionError
from largesse.language.frame import Frame
from largesse.language.functions.arithmetic import DIVIDE
from largesse.language.functions.logic import between, time_between
from largesse.language.joda import format_layout, parse_layout
from largesse.language.kinds import Value
from largesse.language.rfc3339 import format_time, parse_time

_DAY: Final = timedelta(days=1)
_MICROSECONDS_OF_DAY: Final = Decimal(_DAY // timedelta(microseconds=1))

_COMMON_LAYOUTS: Final = (
    "yyyy-MM-dd",
    "yyyy-MM-dd HH:mm:ss",
    "yyyy-MM-dd'T'HH:mm:ss",
    "yyyy-MM-dd HH:mm",
    "yyyy-MM-dd'T'HH:mm",
    "yyyy/MM/dd",
    "yyyy/MM/dd HH:mm:ss",
    "MM/dd/yyyy",
    "MM/dd/yyyy HH:mm:ss",
    "dd.MM.yyyy",
    "dd.MM.yyyy HH:mm:ss",
    "d MMM yyyy",
    "MMM d, yyyy",
    "MMMM d, yyyy",
    "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
)
"""What `parseTime` tries after RFC 3339, in this order; without an offset a time is in UTC. [C]"""

_UNITS: Final = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": _DAY}


def read_time(text: str) -> datetime:
    """The time a text means in any common form."""
    exact = parse_time(text) or parse_time(text.replace(" ", "T", 1))
    if exact is not None:
        return exact
    for layout in _COMMON_LAYOUTS:
        try:
            return parse_layout(text, layout)
        except ExpressionError:
            continue
    raise ExpressionError(f"`{text}` is not a time")


def same_in_layout(one: datetime, other: datetime, layout: str) -> bool:
    """Whether two times are written alike in a layout."""
    return format_layout(one, layout) == format_layout(other, layout)


def in_days(span: timedelta) -> Decimal:
    """A span in days, to 16 significant digits."""
    return DIVIDE(Decimal(span // timedelta(microseconds=1)), _MICROSECONDS_OF_DAY)


def days_from_now(frame: Frame, time: datetime) -> Decimal:
    """Days until a time; negative when it is past."""
    return in_days(time - frame.now)


def days_between(start: datetime, end: datetime) -> Decimal:
    """Days from one time to another."""
    return in_days(end - start)


def moved(time: datetime, amount: Decimal, unit: str) -> datetime:
    """A time so many whole units later."""
    length = _UNITS.get(unit)
    if length is None:
        raise ExpressionError(f"`{unit}` is not one of {', '.join(_UNITS)}")
    try:
        return time + int(amount) * length
    except OverflowError:
        raise ExpressionError("The time is beyond the calendar") from None


def moved_back(time: datetime, amount: Decimal, unit: str) -> datetime:
    """A time so many whole units earlier."""
    return moved(time, -amount, unit)


def _refuse_unit(arguments: tuple[Known, ...]) -> str | None:
    unit = arguments[2].value
    return f"`{unit}` is not one of {', '.join(_UNITS)}" if isinstance(unit, str) and unit not in _UNITS else None


_SUNDAY: Final = "2018-03-11T04:07:09Z"
_MONDAY: Final = "2018-03-12T16:07:09Z"


def _part(name: str, doc: str, part: Callable[[datetime], Value], of_sunday: str) -> Function:
    """A function that gives one part of a time as a text."""
    return Function(f"{name}(Time)String", part, doc, (Example([name, _SUNDAY], of_sunday),), inline=never_fails(part))


TIMES: Final = (
    Function(
        "parseTime(String)Time",
        read_time,
        "The time a text means: RFC 3339 or another common form, in UTC unless it says otherwise.",
        (
            Example(["parseTime", "2018-03-11T00:04:05+01:00"], "2018-03-11T00:04:05+01:00"),
            Example(["parseTime", "2018-03-11 00:04:05"], "2018-03-11T00:04:05Z"),
            Example(["parseTime", "2018-03-11"], "2018-03-11T00:00:00Z"),
            Example(["parseTime", "tomorrow"], fails="is not a time"),
        ),
        cost=2_000,
    ),
    Function(
        "parseTime(String, String)Time",
        parse_layout,
        "The time a text means in a Joda layout, in UTC.",
        (
            Example(["parseTime", "11.3.2018 at 4", "d.M.yyyy 'at' H"], "2018-03-11T04:00:00Z"),
            Example(["parseTime", "2018", "yyyy-MM"], fails="is not a time of the form"),
        ),
        cost=500,
    ),
    Function(
        "formatTime(Time)String",
        format_time,
        "A time as RFC 3339.",
        (Example(["formatTime", ["parseTime", "2018-03-11"]], "2018-03-11T00:00:00Z"),),
        inline=never_fails(format_time),
    ),
    _part("date", "The date, as yyyy-MM-dd.", lambda time: time.date().isoformat(), "2018-03-11"),
    _part("year", "The year.", lambda time: str(time.year), "2018"),
    _part("month", "The month, 1 to 12.", lambda time: str(time.month), "3"),
    _part("monthDay", "The day of the month, 1 to 31.", lambda time: str(time.day), "11"),
    _part("weekday", "The day of the week, Sunday 0 to Saturday 6.", lambda time: str(time.isoweekday() % 7), "0"),
    _part("hour", "The hour, 0 to 23.", lambda time: str(time.hour), "4"),
    _part("minute", "The minute, 0 to 59.", lambda time: str(time.minute), "7"),
    Function(
        "matchTime(Time, Time, String)Boolean",
        same_in_layout,
        "Whether two times are written alike in a Joda layout. D is the day of the year, d that of the month.",
        (
            Example(["matchTime", _SUNDAY, "2018-03-30T00:00:00Z", "yyyy-MM"], True),
            Example(["matchTime", _SUNDAY, _MONDAY, "E"], False),
        ),
        cost=500,
    ),
    Function(
        "before(Time, Time)Boolean",
        lambda one, other: one < other,
        "Whether the first time is before the second.",
        (Example(["before", _SUNDAY, _MONDAY], True), Example(["before", _SUNDAY, _SUNDAY], False)),
        inline=operator(lambda one, other: py.compare(one, ast.Lt(), other), 2),
    ),
    Function(
        "after(Time, Time)Boolean",
        lambda one, other: one > other,
        "Whether the first time is after the second.",
        (Example(["after", _SUNDAY, _MONDAY], False),),
        inline=operator(lambda one, other: py.compare(one, ast.Gt(), other), 2),
    ),
    Function(
        "betweenTimes(Time, Time, Time)Boolean",
        time_between,
        "Whether the first time lies between the others, which are themselves outside.",
        (
            Example(["betweenTimes", "2018-03-11T12:00:00Z", _SUNDAY, _MONDAY], True),
            Example(["betweenTimes", _SUNDAY, _SUNDAY, _MONDAY], False),
        ),
        inline=reordering(between, 3, time_between),
    ),
    Function(
        "days(Time)Decimal",
        days_from_now,
        "Days from now until a time, with fractions; negative when it is past.",
        (Example(["days", ["parseTime", "2026-01-02T12:00:00Z"]], Decimal("1.5")),),
        needs_frame=True,
    ),
    Function(
        "daysBetween(Time, Time)Decimal",
        days_between,
        "Days from the first time to the second, with fractions.",
        (
            Example(["daysBetween", _SUNDAY, _MONDAY], Decimal("1.5")),
            Example(["daysBetween", _MONDAY, _SUNDAY], Decimal("-1.5")),
        ),
        inline=never_fails(days_between),
    ),
    Function(
        "addDuration(Time, Decimal, String)Time",
        moved,
        "A time so many minutes, hours or days later. Fractions of a unit are cut off; a day has 24 hours.",
        (
            Example(["addDuration", _SUNDAY, Decimal("1.9"), "days"], "2018-03-12T04:07:09Z"),
            Example(["addDuration", _SUNDAY, 10**9, "days"], fails="beyond the calendar"),
        ),
        refuses=_refuse_unit,
    ),
    Function(
        "subDuration(Time, Decimal, String)Time",
        moved_back,
        "A time so many minutes, hours or days earlier.",
        (Example(["subDuration", _SUNDAY, 10, "minutes"], "2018-03-11T03:57:09Z"),),
        refuses=_refuse_unit,
    ),
)
"""Functions on times, in the order of the reference."""
