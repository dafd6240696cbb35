"""Attributes whose values are restricted to a list that came in a file: the values of a request are looked up in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from largesse.engine.attributes import JSON, AttributeDefinitions, Entity, ListedValue
from largesse.plumbing.context import Call
from largesse.storage.attributes import all_values, known_values


async def knowing(
    call: Call[Any],
    definitions: AttributeDefinitions,
    entity: Entity,
    *sent: Mapping[str, JSON] | None,
    beside: Iterable[ListedValue] = (),
) -> AttributeDefinitions:
    """The attributes, knowing which of the values sent for an entity stand in allowed lists, and which of those
    `beside` them; one query, if there are any."""
    if not definitions.has_lists:
        return definitions
    asked = {value for attributes in sent if attributes for value in definitions.listed(entity, attributes)}
    asked.update(beside)
    return definitions.allowing(await known_values(call.db, call.caller.account_id, asked))


async def knowing_all(call: Call[Any], definitions: AttributeDefinitions, entity: Entity) -> AttributeDefinitions:
    """The attributes of an entity with their allowed lists whole, for imports."""
    if not definitions.has_lists:
        return definitions
    ids = [definition.id for definition in definitions.of(entity).values() if definition.is_listed]
    return definitions.allowing(await all_values(call.db, call.caller.account_id, ids))
