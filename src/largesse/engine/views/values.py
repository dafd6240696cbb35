"""Values as rules compute with them, and the types of custom attributes."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions, AttributeType, Entity
from largesse.engine.money import shortest
from largesse.language import (
    ANY,
    BOOLEAN,
    DECIMAL,
    STRING,
    TIME,
    ExpressionError,
    Field,
    ListType,
    MapType,
    Type,
    record,
    refuse_large,
)

TYPES_OF_ATTRIBUTES: Mapping[AttributeType, Type] = {
    "string": STRING,
    "number": DECIMAL,
    "boolean": BOOLEAN,
    "time": TIME,
    "(list string)": ListType(STRING),
    "(list number)": ListType(DECIMAL),
    "(list time)": ListType(TIME),
    "location": MapType(ANY),
    "(list location)": ListType(MapType(ANY)),
}


_COST = record("AdditionalCost", Field("Price", DECIMAL, "price", doc="Price of additional cost"))
COSTS = MapType(_COST)


def custom_attributes(entity: Entity, definitions: AttributeDefinitions, varies: bool = False) -> Field:
    """The field `Attributes` of an entity: those defined, by name."""
    known = {name: TYPES_OF_ATTRIBUTES[definition.type] for name, definition in definitions.of(entity).items()}
    return Field("Attributes", MapType(ANY, known), "attributes", doc="Custom attributes", varies=varies)


def rule_values(entity: Entity, attributes: Mapping[str, JSON], definitions: AttributeDefinitions) -> dict[str, JSON]:
    """A copy of custom attributes as rules compute with them: times as datetimes, all else as stored."""
    if not attributes:
        return {}
    known = definitions.of(entity)
    return {
        name: _as_time(value) if (definition := known.get(name)) and "time" in definition.type else value
        for name, value in attributes.items()
    }


def as_json(value: JSON) -> JSON:
    """A value that rules have computed, as it is stored and sent: times as text, numbers in their shortest form. Raises
    ExpressionError for what has no such form, such as an item of the cart, and for what is too large."""
    if isinstance(value, list | tuple | dict):
        refuse_large(value)
    return _as_json(value)


def _as_json(value: JSON) -> JSON:
    match value:
        case datetime():
            return value.isoformat()
        case Decimal():
            return shortest(value)
        case list() | tuple():
            return [_as_json(element) for element in value]
        case dict():
            return {key: _as_json(element) for key, element in value.items()}
        case None | bool() | str() | int():
            return value
        case _:
            raise ExpressionError("JSON has no form for records, such as items of the cart")


def _as_time(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_as_time(element) for element in value]
    return datetime.fromisoformat(value.upper()) if isinstance(value, str) else value
