"""Parameters: named values, and named expressions that are no selectors. [MA RulesetV2.parameters; C]

The published objects are free. Ours hold a `value`, or an `expression` as in a binding, and whatever else a
binding has.
"""

from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType, field

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.notes import NOTHING, Notes
from largesse.engine.formats.structured.reading import read_shape
from largesse.engine.formats.structured.values import list_node
from largesse.language import Literal, Mistake, Node, from_json

PARAMETER, EXPRESSION = "templateParameter", "expression"
"""The types of a value, and of an expression whose binding has no type."""


class Parameter(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A named value or expression; bounds and texts are for the form in which people fill it in."""

    name: str
    type: str = PARAMETER
    expression: tuple[JSON, ...] | UnsetType = UNSET
    value: JSON | UnsetType = UNSET
    value_type: str | UnsetType = UNSET
    value_min: Decimal | UnsetType = field(default=UNSET, name="minValue")
    value_max: Decimal | UnsetType = field(default=UNSET, name="maxValue")
    attribute_id: int | UnsetType = UNSET
    description: str | UnsetType = UNSET


def parameter_binding(json: JSON, notes: Notes, pointer: str) -> tuple[dict[str, JSON], Node]:
    """The binding's settings and its expression."""
    parameter = read_shape(json, Parameter, notes, pointer)
    if parameter is None:
        return {"name": ""}, NOTHING
    kind = PARAMETER if parameter.type == "parameter" else parameter.type
    settings: dict[str, JSON] = {"name": parameter.name} | ({} if kind == EXPRESSION else {"type": kind})
    settings |= {
        name: json[name] for name in ("valueType", "minValue", "maxValue", "attributeId", "description") if name in json
    }
    return settings, _node(parameter, notes, pointer)


def _node(parameter: Parameter, notes: Notes, pointer: str) -> Node:
    if parameter.expression is not UNSET:
        return notes.taken(from_json(list(parameter.expression), f"{pointer}/expression"))
    if parameter.value is UNSET:
        notes.mistake("a parameter needs a `value` or an `expression`", pointer, Mistake.BAD_JSON)
        return Literal(None)
    if isinstance(parameter.value, list | tuple):
        return list_node(parameter.value, notes, f"{pointer}/value")
    return notes.taken(from_json(parameter.value, f"{pointer}/value"))
