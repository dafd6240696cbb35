"""What an account has defined, read from plain data with the keys that requests use."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from largesse.engine.attributes import JSON, AttributeDefinition, AttributeDefinitions
from largesse.engine.customers.audiences import Audience
from largesse.engine.definitions import Definitions
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition, usable_in

Shape = TypeVar("Shape", bound=Struct)


def plain_definitions(plain: Mapping[str, JSON], application_id: int) -> Definitions:
    """The definitions in a shop's plain data: `attributes`, `additionalCosts` and `audiences`, numbered where they have
    no id."""
    return Definitions(
        attributes=AttributeDefinitions(_all(plain, "attributes", AttributeDefinition), application_id),
        additional_costs=usable_in(application_id, _all(plain, "additionalCosts", AdditionalCostDefinition)),
        audiences={audience.id: audience for audience in _all(plain, "audiences", Audience)},
    )


def _all(plain: Mapping[str, JSON], key: str, shape: type[Shape]) -> list[Shape]:
    listed: Sequence[Mapping[str, JSON]] = plain.get(key) or ()
    return [from_plain({"id": number, **each}, shape) for number, each in enumerate(listed, 1)]
