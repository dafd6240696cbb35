"""Numbers and times that do not lie between others, days that are no anniversary, places too far apart."""

from calendar import isleap
from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.evaluation.why.findings import Finding, compared
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import counted, named, path_of, shown, spoken, when
from largesse.engine.money import shortest
from largesse.language import Explanation, Value
from largesse.language.functions.places import distance

FUNCTIONS = frozenset({"between", "betweentimes", "within", "isanniversary", "withindistance"})


def outside(told: Explanation, telling: Telling) -> Finding:
    """A span that something should lie in."""
    match told.function:
        case "isanniversary":
            return _no_anniversary(told, telling)
        case "withindistance":
            most = told.operands[2]
            return _far(told, f"{spoken(most.value)} km at most are wanted")
        case _:
            return _not_between(told, telling)


def inside(told: Explanation, telling: Telling) -> Finding:
    """A span that something lies in and, inside `not`, must not."""
    match told.function:
        case "isanniversary":
            return compared(f"today is an anniversary of {_day(told)}, and must not be", told.operands[0])
        case "withindistance":
            most = told.operands[2]
            return _far(told, f"more than {spoken(most.value)} km are wanted")
        case _:
            what, low, high = _ends(told)
            text = f"{named(what.node)} is {spoken(what.value)}, which lies {_bounds(told, low, high)}, and must not"
            return compared(text, what, high, _passing(what, high.value, telling))


def _far(told: Explanation, wanted: str) -> Finding:
    """How far two places are from each other."""
    here, there, most = told.operands
    apart = distance(here.value, there.value)
    text = f"{named(here.node)} is {spoken(apart)} km from {_place(there)}; {wanted}"
    return Finding(text, shown(apart), shown(most.value))


def _not_between(told: Explanation, telling: Telling) -> Finding:
    what, low, high = _ends(told)
    text = f"{named(what.node)} is {spoken(what.value)}; {_bounds(told, low, high)} is wanted"
    match what.value, low.value, high.value:
        case (Decimal() as value, Decimal() as least, Decimal() as most):
            if value <= least:
                return compared(text, what, low, _by(least - value, "more", what))
            return compared(text, what, high, _by(value - most, "less", what))
        case (datetime() as time, datetime() as start, datetime()) if time <= start:
            return compared(text, what, low, _passing(what, start, telling))
        case _:
            return compared(text, what, high)


def _ends(told: Explanation) -> tuple[Explanation, Explanation, Explanation]:
    """The value that decides, and the two it should lie between."""
    if told.function in ("between", "betweentimes"):
        *values, low, high = told.operands
        return next((each for each in values if not _lies(each.value, low.value, high.value)), values[0]), low, high
    what, low, high, *_ = told.operands
    return what, low, high


def _lies(value: Value, low: Value, high: Value) -> bool:
    match value, low, high:
        case (Decimal() as number, Decimal() as least, Decimal() as most):
            return least < number < most
        case (datetime() as time, datetime() as start, datetime() as end):
            return start < time < end
        case _:
            return False


def _bounds(told: Explanation, low: Explanation, high: Explanation) -> str:
    ends = f"{spoken(low.value)} and {spoken(high.value)}"
    return f"between {ends}" if told.function == "within" else f"between {ends} (both excluded)"


def _by(amount: Decimal, direction: str, what: Explanation) -> Fix:
    path = path_of(what.node)
    text = f"over {spoken(amount)} {direction} of {named(what.node)}"
    return Fix("amount", text, amount=shortest(amount), path=path or UNSET)


def _passing(what: Explanation, moment: Value, telling: Telling) -> Fix | UnsetType:
    """How long to wait for a moment, where waiting helps."""
    if path_of(what.node).lower() != "now" or not isinstance(moment, datetime) or moment <= telling.now:
        return UNSET
    seconds = int((moment - telling.now).total_seconds())
    return Fix("time", when(moment, telling.now), amount=Decimal(seconds), path="Now")


def _no_anniversary(told: Explanation, telling: Telling) -> Finding:
    day, *rest = told.operands
    before = rest[0].value if rest else Decimal(0)
    text = f"today is not {'near' if rest else ''} an anniversary of {_day(told)}".replace("  ", " ")
    if not isinstance(day.value, datetime) or not isinstance(before, Decimal):
        return compared(text, day)
    today = telling.scene.programs.local(telling.now).date()
    starts = (_in_year(day.value.date(), year) - timedelta(int(before)) for year in range(today.year, today.year + 3))
    days = (next(start for start in starts if start > today) - today).days
    fix = Fix("time", f"in {counted(days, 'day')}", amount=Decimal(days * 86_400), path="Now")
    return compared(text, day, fix=fix)


def _in_year(day: date, year: int) -> date:
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def _day(told: Explanation) -> str:
    day = told.operands[0]
    value = day.value.date().isoformat() if isinstance(day.value, datetime) else spoken(day.value)
    return f"{named(day.node)} ({value})" if path_of(day.node) else value


def _place(there: Explanation) -> str:
    match there.value:
        case {"lat": latitude, "lon": longitude}:
            return f"{spoken(latitude)}, {spoken(longitude)}"
        case _:
            return path_of(there.node) or spoken(there.value)
