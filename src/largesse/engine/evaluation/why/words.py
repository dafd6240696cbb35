"""How people say it: amounts, counts, durations and the things rules read."""

from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from largesse.engine.attributes import JSON
from largesse.engine.money import shortest
from largesse.language import Call, Literal, Node, Value, format_node, format_time

CART_TOTALS = frozenset({"session.total", "session.cartitemtotal", "session.carttotal"})
"""Paths of what the cart comes to."""

MONEY = frozenset(
    {"session.additionalcosttotal", "session.cartitemadditionalcosttotal", "profile.totalsales", *CART_TOTALS}
)
"""Paths of amounts of money."""

SETTABLE = ("session.attributes.", "profile.attributes.")
"""Beginnings of paths whose values a shop can send."""

SHOWN_VALUES_MAX = 20
"""Values of a list that an explanation shows: a thousand cart items say no more."""

_NAMES = {
    "session.total": "the session total",
    "session.cartitemtotal": "the cart total",
    "session.carttotal": "the cart total",
    "session.additionalcosttotal": "the sum of additional costs",
    "session.cartitemadditionalcosttotal": "the sum of the items' additional costs",
    "session.couponcodes": "the codes of the session",
    "profile.closedsessions": "the number of closed sessions",
    "profile.totalsales": "the customer's total sales",
    "event.type": "the event",
    "store.integrationid": "the store",
    "now": "the present moment",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def path_of(node: Node) -> str:
    """The path a node reads, as it is written, or "" when it is something else."""
    match node:
        case Call(".", names) if all(isinstance(name, Literal) for name in names):
            return ".".join(str(name.value) for name in names if isinstance(name, Literal))
        case _:
            return ""


def named(node: Node) -> str:
    """What a node reads, in words."""
    path = path_of(node)
    return _NAMES.get(path.lower(), path) or format_node(node)


def money(amount: Decimal) -> str:
    """An amount with at least two decimals: 3.4 is "3.40"."""
    return format(amount.quantize(Decimal("0.01")) if amount == round(amount, 2) else amount.normalize(), "f")


def counted(count: int, noun: str, *, more: bool = False) -> str:
    """ "one more item", "three items"; the noun is made plural where it must be."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {'more ' if more else ''}{noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """ "item of category shoes" becomes "items of category shoes"."""
    word, space, rest = noun.partition(" ")
    return f"{word}s{space}{rest}"


def whole(amount: Decimal) -> int:
    """The next whole number that is not smaller."""
    return int(amount.to_integral_value(ROUND_CEILING))


def lasting(duration: timedelta) -> str:
    """A duration in its largest whole unit: "2 days"."""
    seconds = int(duration.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def when(moment: datetime, now: datetime) -> str:
    """A moment as seen from now: "in 2 days", "3 hours ago"."""
    return f"in {lasting(moment - now)}" if moment > now else f"{lasting(now - moment)} ago"


def shown(value: Value) -> JSON:
    """A value of a rule as data; of what has no JSON form only how many there are."""
    match value:
        case Decimal():
            return shortest(value)
        case None | bool() | str() | int():
            return value
        case datetime():
            return format_time(value)
        case list() | tuple() if all(isinstance(each, Decimal | str | bool | int) for each in value):
            return [shown(each) for each in value[:SHOWN_VALUES_MAX]]
        case list() | tuple():
            return f"{len(value)} items"
        case _:
            return str(type(value).__name__)


def spoken(value: Value) -> str:
    """A value in a sentence."""
    told = shown(value)
    match told:
        case Decimal():
            return format(told, "f")
        case bool():
            return "true" if told else "false"
        case None:
            return "nothing"
        case list():
            return ", ".join(map(spoken, told)) or "nothing"
        case _:
            return str(told)
