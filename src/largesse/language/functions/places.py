"""Places: locations as maps with `lat` and `lon`, or lists of both, in degrees; and days of the year that come again.

Distances are those along a great circle of a round earth, within half a percent of the true ones, and come in whole
metres. [C]
"""

import math
from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from largesse.language.environment import Example, Function
from largesse.language.errors import ExpressionError
from largesse.language.frame import Frame
from largesse.language.json_form import Json
from largesse.language.kinds import Value

_EARTH_RADIUS_METRES: Final = 6_371_009
# The poles, and the other side of the earth.
_LATITUDE_MAX: Final = 90
_LONGITUDE_MAX: Final = 180

# Whatever lies further off than half a year lies nearer on the other side.
_WINDOW_DAYS_MAX: Final = 366


def distance(one: Value, other: Value) -> Decimal:
    """Kilometres between two locations."""
    (latitude, longitude), (other_latitude, other_longitude) = _degrees(one), _degrees(other)
    up = math.sin(math.radians(other_latitude - latitude) / 2)
    along = math.sin(math.radians(other_longitude - longitude) / 2)
    part = up * up + math.cos(math.radians(latitude)) * math.cos(math.radians(other_latitude)) * along * along
    metres = round(2 * _EARTH_RADIUS_METRES * math.asin(min(1, math.sqrt(part))))
    return Decimal(metres).scaleb(-3)


def within_distance(one: Value, other: Value, kilometres: Decimal) -> bool:
    """Whether two locations lie at most so far apart."""
    return distance(one, other) <= kilometres


def is_anniversary(frame: Frame, day: datetime, before: Decimal = Decimal(0), after: Decimal = Decimal(0)) -> bool:
    """Whether today lies so near to an anniversary of a day, whatever its year."""
    early, late = _days(before), _days(after)
    today = frame.now.date()
    for year in (today.year - 1, today.year, today.year + 1):
        anniversary = _in_year(day.date(), year)
        if anniversary - early <= today <= anniversary + late:
            return True
    return False


def _days(count: Decimal) -> timedelta:
    if count != count.to_integral_value() or not 0 <= count <= _WINDOW_DAYS_MAX:
        raise ExpressionError(f"{count} is not a number of days from 0 to {_WINDOW_DAYS_MAX}")
    return timedelta(days=int(count))


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February falls on the 28th where there is none."""
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def _degrees(location: Value) -> tuple[Decimal, Decimal]:
    match location:
        case Mapping():
            parts = [location.get("lat"), location.get("lon")]
        case Sequence() if not isinstance(location, str) and len(location) == 2:
            parts = [*location]
        case _:
            parts = []
    match parts:
        case [Decimal() as latitude, Decimal() as longitude] if (
            abs(latitude) <= _LATITUDE_MAX and abs(longitude) <= _LONGITUDE_MAX
        ):
            return latitude, longitude
        case _:
            raise ExpressionError("A location has `lat` from -90 to 90 and `lon` from -180 to 180")


_BERLIN: Final[Json] = ["kv", ["lat", Decimal("52.52")], ["lon", Decimal("13.405")]]
_POTSDAM: Final[Json] = ["list", Decimal("52.4009"), Decimal("13.0591")]

PLACES: Final = (
    Function(
        "distance(Map|List, Map|List)Decimal",
        distance,
        "Kilometres between two locations along a great circle, to the metre.",
        (
            Example(["distance", _BERLIN, _POTSDAM], Decimal("26.918")),
            Example(["distance", _BERLIN, _BERLIN], Decimal("0.000")),
            Example(["distance", ["list", 0, 179], ["list", 0, -179]], Decimal("222.390")),
            Example(["distance", ["list", 91, 0], _BERLIN], fails="A location has"),
            Example(["distance", ["kv", ["lat", 1]], _BERLIN], fails="A location has"),
        ),
        cost=50,
    ),
    Function(
        "withinDistance(Map|List, Map|List, Decimal)Boolean",
        within_distance,
        "Whether two locations lie at most so many kilometres apart.",
        (
            Example(["withinDistance", _BERLIN, _POTSDAM, 27], True),
            Example(["withinDistance", _BERLIN, _POTSDAM, 26], False),
        ),
        cost=50,
    ),
    *(
        Function(
            signature,
            is_anniversary,
            "Whether today is the anniversary of a time's date, or lies at most so many days before it and so many "
            "after. The date is that of the time's own offset, today that of the present moment.",
            examples,
            needs_frame=True,
            cost=50,
        )
        for signature, examples in (
            (
                "isAnniversary(Time)Boolean",
                (
                    Example(["isAnniversary", ["parseTime", "1990-01-01"]], True),
                    Example(["isAnniversary", ["parseTime", "1990-01-02"]], False),
                ),
            ),
            (
                "isAnniversary(Time, Decimal, Decimal)Boolean",
                (
                    Example(["isAnniversary", ["parseTime", "1990-01-08"], 7, 0], True),
                    Example(["isAnniversary", ["parseTime", "1990-01-09"], 7, 0], False),
                    Example(["isAnniversary", ["parseTime", "1990-12-30"], 0, 2], True),
                    Example(["isAnniversary", ["parseTime", "1990-12-29"], 0, 2], False),
                    Example(["isAnniversary", ["parseTime", "1990-12-30"], -1, 2], fails="is not a number of days"),
                ),
            ),
        )
    ),
)
"""Functions on locations and anniversaries, in the order of the reference."""
