"""Cart item filters of an Application: named lists of items that all its campaigns may read.

Source: semantics, section 23; rule language, section 10.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.language import TIME, Environment, Field, ListType, MapType, RecordType, Type


class CartItemFilter(Struct, frozen=True):
    """A filter with the expression in force. A filter may read those defined before it, and no others."""

    id: int
    name: str
    expression: JSON


def expression_of(json: JSON) -> JSON:
    """The expression itself: it is sent plainly, or in an object under `expr`. Both are published."""
    return json["expr"] if isinstance(json, Mapping) and json.keys() == {"expr"} else json


def times_and_places(environment: Environment) -> frozenset[str]:
    """What filters of an Application may not read: attributes that are times or locations, or lists of them."""
    roots = {f"{root.name}" for root in environment.roots.values() if _is_time_or_place(root.type)}
    return frozenset(roots.union(*(_inside(root.type) for root in environment.roots.values())))


def _inside(type_: Type) -> Iterable[str]:
    match type_:
        case ListType(element):
            yield from _inside(element)
        case RecordType(name, fields):
            for field in fields.values():
                yield from _named(f"{name}.{field.name}", field)
        case _:
            pass


def _named(name: str, field: Field) -> Iterable[str]:
    if isinstance(field.type, MapType) and field.type.known is not None:
        yield from (f"{name}.{key}" for key, type_ in field.type.known.items() if _is_time_or_place(type_))
    elif _is_time_or_place(field.type):
        yield name
    else:
        yield from _inside(field.type)


def _is_time_or_place(type_: Type) -> bool:
    if isinstance(type_, ListType):
        return _is_time_or_place(type_.element)
    return type_ == TIME or _is_place(type_)


def _is_place(type_: Type) -> bool:
    """Locations are the maps of which no keys are known."""
    return isinstance(type_, MapType) and type_.known is None and not isinstance(type_.value, RecordType)
