"""Durations as programs and rules write them: 30s, 12h, 5D, 1D_U, 3M, each counted from a moment in a time zone.

Days and longer units are days of the calendar: a day later it is as late on the clock, whatever daylight saving does.
First the duration is added, then the result is rounded to the boundary of its unit. Source: semantics, section 15.2.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from msgspec import Struct

Unit = Literal["s", "m", "h", "D", "W", "M", "Y"]
Rounding = Literal["", "D", "U"]

UNLIMITED = "unlimited"
IMMEDIATE = "immediate"
ON_ACTION = "on_action"

# Nothing is published; what lasts longer than a thousand years lasts for ever.
DURATION_SECONDS_MAX = 1_000 * 366 * 24 * 60 * 60
# What storage and callers can write down at most.
LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)

_DURATION = re.compile(r"(\d{1,11})([smhDWMY])(?:_([DU]))?", re.ASCII)
_DAY = 24 * 60 * 60
_SECONDS: dict[Unit, int] = {"s": 1, "m": 60, "h": 3600, "D": _DAY, "W": 7 * _DAY, "M": 31 * _DAY, "Y": 366 * _DAY}
_ROUNDED_UP = frozenset("DWMY")
_MONTHS_OF_A_YEAR = 12
_SUNDAY = 6


class Duration(Struct, frozen=True):
    """So many units; `rounding` is D (down, days only) or U (up, days and longer), "" for none."""

    amount: int
    unit: Unit
    rounding: Rounding = ""

    @property
    def longest_seconds(self) -> int:
        """How long it lasts at most, before rounding."""
        return self.amount * _SECONDS[self.unit]

    def after(self, moment: datetime, zone: tzinfo) -> datetime:
        """The moment that is this much later in a time zone, in UTC; never later than `LATEST`."""
        try:
            return self._rounded(self._added(moment.astimezone(zone))).astimezone(UTC)
        except (OverflowError, ValueError):
            return LATEST

    def _added(self, local: datetime) -> datetime:
        match self.unit:
            case "s" | "m" | "h":
                later = local.astimezone(UTC) + timedelta(seconds=self.amount * _SECONDS[self.unit])
                return later.astimezone(local.tzinfo)
            case "D" | "W":
                return local + timedelta(days=self.amount * (7 if self.unit == "W" else 1))
            case "M" | "Y":
                months = local.month - 1 + self.amount * (_MONTHS_OF_A_YEAR if self.unit == "Y" else 1)
                year, month = local.year + months // _MONTHS_OF_A_YEAR, months % _MONTHS_OF_A_YEAR + 1
                return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))

    def _rounded(self, local: datetime) -> datetime:
        if not self.rounding:
            return local
        if self.rounding == "D":
            return local.replace(hour=0, minute=0, second=0, microsecond=0)
        end = local.replace(hour=23, minute=59, second=59, microsecond=0)
        match self.unit:
            case "W":
                return end + timedelta(days=_SUNDAY - end.weekday())
            case "M":
                return end.replace(day=monthrange(end.year, end.month)[1])
            case "Y":
                return end.replace(month=_MONTHS_OF_A_YEAR, day=31)
            case _:
                return end


def parse_duration(text: str) -> Duration | None:
    """The duration that a text is, None where it is none."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    amount, unit, rounding = int(found[1]), found[2], found[3] or ""
    if (rounding == "D" and unit != "D") or (rounding == "U" and unit not in _ROUNDED_UP):
        return None
    duration = Duration(amount, unit, rounding)  # type: ignore[arg-type]  # the pattern has only these
    return duration if duration.longest_seconds <= DURATION_SECONDS_MAX else None
