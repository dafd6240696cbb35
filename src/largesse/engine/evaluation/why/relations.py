"""Texts and lists that are not as demanded: what they hold, and what they should."""

from typing import NamedTuple

from msgspec import UNSET, UnsetType

from largesse.engine.evaluation.why.findings import Finding, compared
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import SETTABLE, named, path_of, shown, spoken
from largesse.language import Explanation, Value


class Relation(NamedTuple):
    """How two values stand to each other, in words, and how they do not. turned: the wanted one is written first."""

    holds: str
    fails: str
    turned: bool = False


_RELATIONS = {
    "contains": Relation("contains", "does not contain"),
    "notcontains": Relation("does not contain", "contains"),
    "startswith": Relation("starts with", "does not start with"),
    "endswith": Relation("ends with", "does not end with"),
    "~": Relation("matches", "does not match", turned=True),
    "oneof": Relation("is one of", "is not one of"),
    "containsoneof": Relation("has one of", "has none of"),
    "containsnoneof": Relation("has none of", "has one of"),
    "containsallof": Relation("has all of", "does not have all of"),
    "containsatleast": Relation("has enough of", "does not have enough of"),
    "containsexactly": Relation("has just enough of", "does not have just enough of"),
    "incollection": Relation("is in the collection", "is not in the collection"),
}
FUNCTIONS = frozenset(_RELATIONS)


def unrelated(told: Explanation, telling: Telling) -> Finding:
    """A relation that does not hold."""
    relation = _RELATIONS[told.function]
    what, wanted, *_ = told.operands[::-1] if relation.turned else told.operands
    text = f"{_said(what)}, which {relation.fails} {_objects(told, telling)}"
    return compared(text, what, wanted, _nearest(told, what.value, wanted.value))


def related(told: Explanation, telling: Telling) -> Finding:
    """One that holds and, inside `not`, must not."""
    relation = _RELATIONS[told.function]
    what, wanted, *_ = told.operands[::-1] if relation.turned else told.operands
    text = f"{_said(what)}, which {relation.holds} {_objects(told, telling)}, and must not"
    codes = what.value if path_of(what.node).lower() == "session.couponcodes" else None
    in_the_way = [each for each in codes if each in _values(wanted.value)] if isinstance(codes, list | tuple) else []
    fix = Fix("coupon", f"remove coupon {in_the_way[0]}", code=str(in_the_way[0])) if len(in_the_way) == 1 else UNSET
    return compared(text, what, wanted, fix)


def _said(what: Explanation) -> str:
    """A value in words: "Profile.Attributes.Tier is silver"."""
    name = named(what.node)
    return f"{name} {'are' if name.startswith('the codes') else 'is'} {spoken(what.value)}"


def _objects(told: Explanation, telling: Telling) -> str:
    """What a value was held against."""
    relation = _RELATIONS[told.function]
    others = told.operands[:-1] if relation.turned else told.operands[1:]
    match told.function:
        case "containsatleast" | "containsexactly":
            values, count = others
            bound = "at least" if told.function == "containsatleast" else "exactly"
            return f"{spoken(values.value)} ({bound} {spoken(count.value)})"
        case "incollection":
            collection = telling.scene.definitions.collections.get(_number(others[0].value))
            return spoken(others[0].value) if collection is None else collection.name
        case _:
            return " and ".join(spoken(each.value) or '""' for each in others)


def _nearest(told: Explanation, actual: Value, wanted: Value) -> Fix | UnsetType:
    """What a shop could send."""
    what = told.operands[0]
    path = path_of(what.node)
    values = _values(wanted)
    absent = [each for each in values if each not in _values(actual)]
    if path.lower() == "session.couponcodes" and told.function in ("containsoneof", "containsallof") and absent:
        return Fix("coupon", f"enter the code {spoken(absent[0])}")
    if not path.lower().startswith(SETTABLE) or not values:
        return UNSET
    match told.function:
        case "oneof":
            return Fix("value", f"set {path} to {spoken(values[0])}", path=path, value=shown(values[0]))
        case "containsoneof" if absent:
            return Fix("value", f"add {spoken(absent[0])} to {path}", path=path, value=shown(absent[0]))
        case "containsallof" if absent:
            return Fix("value", f"add {spoken(absent)} to {path}", path=path, value=shown(absent))
        case "containsnoneof":
            present = [each for each in values if each in _values(actual)]
            return Fix("value", f"take {spoken(present)} out of {path}", path=path, value=shown(present))
        case _:
            return UNSET


def _values(value: Value) -> list[Value]:
    return [*value] if isinstance(value, list | tuple) else []


def _number(value: Value) -> int:
    text = spoken(value)
    return int(text) if text.isdecimal() else 0
