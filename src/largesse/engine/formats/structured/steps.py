"""The shapes of selectors, which are named lists of items, and of their steps. [MA Selector, SelectorStep]"""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.blocks import SelectorBlock


class Step(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What steps share: their `type`."""


class FilterSelectorStep(Step, frozen=True, kw_only=True, tag="filter"):
    """Keeps the items for which the predicate holds."""

    predicate: SelectorBlock


class SortSelectorStepField(Struct, frozen=True, kw_only=True):
    """One thing to sort by."""

    expression: str
    direction: Literal["asc", "desc"]


class SortSelectorStep(Step, frozen=True, kw_only=True, tag="sort"):
    """Sorts by the first field, where that is equal by the second, and so on."""

    fields: tuple[SortSelectorStepField, ...]


StartOrIndex: TypeAlias = Annotated[
    JSON,
    Meta(extra_json_schema={"oneOf": [{"type": "string", "enum": ["start", "end"]}, {"type": "integer"}]}),
]


class SelectSelectorStep(Step, frozen=True, kw_only=True, tag="select"):
    """Keeps some places: `count` items from the start or the end, those from one index up to another, or one."""

    operator: Literal["many", "between", "one"]
    from_: StartOrIndex | UnsetType = field(default=UNSET, name="from")
    to: int | UnsetType = UNSET
    count: int | UnsetType = UNSET
    index: int | UnsetType = UNSET
    partial: bool | UnsetType = UNSET


class MapSelectorStep(Step, frozen=True, kw_only=True, tag="map"):
    """A value in place of each item."""

    expression: str


class ReduceSelectorStep(Step, frozen=True, kw_only=True, tag="reduce"):
    """One value in place of the list."""

    operator: Literal["max", "min", "sum", "count", "empty"]


class ReverseSelectorStep(Step, frozen=True, kw_only=True, tag="reverse"):
    """The other way round."""


class SelectorValueMapRef(Struct, frozen=True, kw_only=True):
    """A value map of the campaign."""

    id: int


class FilterAndMapValuesSelectorStep(Step, frozen=True, kw_only=True, tag="filterAndMapValues"):
    """Keeps the items that are in a value map, with their values."""

    value_map: SelectorValueMapRef


SelectorStep: TypeAlias = (
    FilterSelectorStep
    | SortSelectorStep
    | SelectSelectorStep
    | MapSelectorStep
    | ReduceSelectorStep
    | ReverseSelectorStep
    | FilterAndMapValuesSelectorStep
)


class Selector(Struct, frozen=True, kw_only=True, tag_field="type", tag="selector"):
    """A name for what comes of a list after some steps."""

    name: str
    source: str
    steps: tuple[SelectorStep, ...]
