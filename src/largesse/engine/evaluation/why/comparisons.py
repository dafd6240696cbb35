"""Comparisons that do not hold: by how much, and what would close the gap."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.evaluation.why.findings import Finding, compared, is_constant
from largesse.engine.evaluation.why.items import item_noun
from largesse.engine.evaluation.why.standing import balance_name
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import (
    CART_TOTALS,
    MONEY,
    SETTABLE,
    counted,
    money,
    named,
    path_of,
    plural,
    shown,
    spoken,
    when,
    whole,
)
from largesse.language import Call, Explanation, Group, Node, Value

_SIGNS: Mapping[str, tuple[int, ...]] = {
    ">": (1,),
    ">=": (0, 1),
    "<": (-1,),
    "<=": (-1, 0),
    "after": (1,),
    "before": (-1,),
}
_OPPOSITES = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "after": "before", "before": "after"}
_WORDS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "after": "after", "before": "before"}
_TIME_WORDS = {">": "after", ">=": "from", "<": "before", "<=": "until"}


def order(told: Explanation, telling: Telling) -> Finding:
    """`>`, `>=`, `<`, `<=`, `before` and `after`."""
    name = told.function
    left, *others = told.operands
    signs = [_sign(left.value, other.value) for other in others]
    wrong = next((at for at, sign in enumerate(signs) if sign not in _SIGNS[name]), 0)
    if signs[wrong] is None:
        return Finding(f"{told.text} does not hold")
    right = others[wrong]
    if is_constant(left) and not is_constant(right):
        left, right, name = right, left, _TURNED[name]
    subject, wanted = subject_of(left.node, telling), right.value
    if isinstance(left.value, datetime) and isinstance(wanted, datetime):
        bound = _TIME_WORDS.get(name, name)
        text = f"{subject} is {spoken(left.value)}; {bound} {spoken(wanted)} is wanted"
        return compared(text, left, right, _in_time(left, wanted, telling, later=name in (">", ">=", "after")))
    text = f"{subject} is {spoken(left.value)}; {_WORDS[name]} {spoken(wanted)} is wanted"
    return compared(text, left, right, _gap(name, left, wanted, telling))


def _sign(left: Value, right: Value) -> int | None:
    """Which of two values is larger; None where they have no order: a text that stands for a time is not one yet."""
    match left, right:
        case (Decimal() | int(), Decimal() | int()):
            return (left > right) - (left < right)
        case (datetime(), datetime()):
            return (left > right) - (left < right)
        case _:
            return None


def subject_of(node: Node, telling: Telling) -> str:
    """What is measured, in words."""
    pieces = _pieces(node, telling)
    return f"the number of {plural(pieces)}" if pieces else balance_name(node, telling) or named(node)


def _gap(name: str, left: Explanation, wanted: Value, telling: Telling) -> Fix | UnsetType:
    """What would have to be added or taken away."""
    actual = left.value
    if not isinstance(actual, Decimal | int) or not isinstance(wanted, Decimal | int):
        return UNSET
    more = name in (">", ">=")
    strict = name in (">", "<")
    amount = abs(Decimal(wanted) - Decimal(actual))
    pieces = _pieces(left.node, telling)
    path = path_of(left.node)
    if pieces:
        count = int(amount) + 1 if strict else whole(amount)
        text = counted(count, pieces, more=True) if more else f"{counted(count, pieces)} fewer"
        return Fix("items", text, amount=Decimal(count))
    direction = f"{'more' if more else 'less'}"
    prefix = "over " if strict else ""
    summed = _summed(left.node, telling)
    where = "in the cart" if path.lower() in CART_TOTALS else f"of {summed or subject_of(left.node, telling)}"
    number = money(amount) if summed or path.lower() in MONEY else spoken(amount)
    text = f"{prefix}{number} {direction} {where}"
    return Fix("amount", text, amount=shown(amount), path=path or UNSET)


def _pieces(node: Node, telling: Telling) -> str | None:
    """The items that a node counts, if it counts items."""
    path = path_of(node)
    match node:
        case Call("count", (items,)):
            return item_noun(items, telling.bindings)
        case Call("sum", (items, Group(members=(_, body)))) | Call("sum", (items, _, body)) if (
            path_of(body).lower().endswith(".quantity")
        ):
            return item_noun(items, telling.bindings)
        case _ if path in telling.bindings:
            return _pieces(telling.bindings[path], telling)
        case _:
            return None


def _summed(node: Node, telling: Telling) -> str | None:
    """The items whose values a node adds up."""
    match node:
        case Call("sum", (items, *_)):
            noun = item_noun(items, telling.bindings)
            return plural(noun) if noun else None
        case _:
            return None


def _in_time(left: Explanation, wanted: datetime, telling: Telling, *, later: bool) -> Fix | UnsetType:
    """How long to wait, where waiting helps."""
    if not later or path_of(left.node).lower() != "now" or wanted <= telling.now:
        return UNSET
    seconds = int((wanted - telling.now).total_seconds())
    return Fix("time", when(wanted, telling.now), amount=Decimal(seconds), path="Now")


def equality(told: Explanation, telling: Telling) -> Finding:
    """`=`."""
    left, right = _sides(told, differ=True)
    text = f"{subject_of(left.node, telling)} is {spoken(left.value)}, not {spoken(right.value)}"
    return compared(text, left, right, _set(left.node, right.value))


def inequality(told: Explanation, telling: Telling) -> Finding:
    """`!=`."""
    left, right = _sides(told, differ=False)
    return compared(f"{subject_of(left.node, telling)} is {spoken(left.value)}, and must not be", left, right)


def _sides(told: Explanation, *, differ: bool) -> tuple[Explanation, Explanation]:
    """What is looked at, and what it was held against: the first of several that decides."""
    first, *others = told.operands
    if is_constant(first) and not all(map(is_constant, others)):
        return next(each for each in others if not is_constant(each)), first
    return first, next((other for other in others if (other.value != first.value) is differ), others[0])


def reversed_order(told: Explanation, telling: Telling) -> Finding:
    """An order that holds and, inside `not`, must not: its opposite is what does not hold."""
    if len(told.operands) == 2 and told.function in _OPPOSITES:
        return order(replace(told, function=_OPPOSITES[told.function]), telling)
    return Finding(f"{told.text} holds, and must not")


def flag(told: Explanation, telling: Telling, *, wanted: bool) -> Finding:
    """A value that is itself true or false."""
    is_, be = spoken(not wanted), spoken(wanted)
    fix = _set(told.node, wanted)
    return Finding(f"{subject_of(told.node, telling)} is {is_}, and must be {be}", not wanted, wanted, fix)


def event(told: Explanation, telling: Telling) -> Finding:
    """`eventIs`."""
    wanted = told.operands[0]
    text = f"the event is {telling.scene.event}, not {spoken(wanted.value)}"
    return Finding(text, telling.scene.event, shown(wanted.value))


def same_event(told: Explanation, telling: Telling) -> Finding:
    """`eventIs` that holds and, inside `not`, must not."""
    wanted = told.operands[0]
    return Finding(f"the event is {telling.scene.event}, and must not be", telling.scene.event, shown(wanted.value))


def _set(node: Node, value: Value) -> Fix | UnsetType:
    """What a shop could send, where the value is the shop's to send."""
    path = path_of(node)
    if path.lower() == "store.integrationid":
        return Fix("store", f"the store {spoken(value)}", path=path, value=shown(value))
    if not path.lower().startswith(SETTABLE):
        return UNSET
    return Fix("value", f"set {path} to {spoken(value)}", path=path, value=shown(value))
