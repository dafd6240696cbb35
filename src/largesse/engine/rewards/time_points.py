"""A point of time that comes again every year, month, week or day, in a time zone."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

_MONTHS = 12


class TimePoint(Struct, frozen=True):
    """An hour of a day, of a week (Monday is 1) or of a month, perhaps of one month only.

    Where a month does not have the day, its last one is meant.
    """

    hour: int
    minute: int
    second: int
    month: int | None = None
    day_of_month: int | None = None
    day_of_week: int | None = None

    def next(self, moment: datetime, zone: tzinfo) -> datetime:
        """The first of these points after a moment, in UTC."""
        local = moment.astimezone(zone)
        return next(point for turn in (0, 1, 2) if (point := self._at(local, turn)) > moment)

    def last(self, moment: datetime, zone: tzinfo) -> datetime:
        """The last of these points that is not after a moment, in UTC."""
        local = moment.astimezone(zone)
        return next(point for turn in (0, -1, -2) if (point := self._at(local, turn)) <= moment)

    def _at(self, local: datetime, turn: int) -> datetime:
        """The point in the year, month, week or day that is so many after that of a moment."""
        on_clock = local.replace(hour=self.hour, minute=self.minute, second=self.second, microsecond=0)
        if self.day_of_week is not None:
            days = self.day_of_week - local.isoweekday() + 7 * turn
            return (on_clock + timedelta(days=days)).astimezone(UTC)
        if self.day_of_month is None:
            return (on_clock + timedelta(days=turn)).astimezone(UTC)
        months = local.month - 1 + turn if self.month is None else self.month - 1 + _MONTHS * turn
        year, month = local.year + months // _MONTHS, months % _MONTHS + 1
        day = min(self.day_of_month, monthrange(year, month)[1])
        return on_clock.replace(year=year, month=month, day=day).astimezone(UTC)
