"""Custom effects as an account defines them: a name, parameters, and the template of a payload.

Source: semantics, section 25.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.outgoing.parameters import Parameter, spellings, values_of
from largesse.engine.outgoing.templates import fill_json, json_of_template, references_in
from largesse.language import ExpressionError


class CustomEffectDefinition(Struct, frozen=True):
    """One custom effect. `payload` is the template of a JSON object; per item it may read `$Item`."""

    id: int
    name: str
    title: str
    payload: str
    application_ids: tuple[int, ...] = ()
    is_per_item: bool = False
    enabled: bool = True
    params: tuple[Parameter, ...] = ()


class PreparedCustomEffect(Struct, frozen=True):
    """A definition with its template read, what the template reads, and every spelling of its parameters."""

    definition: CustomEffectDefinition
    template: JSON
    references: tuple[str, ...]
    meant: Mapping[str, str]

    def payload(self, given: Mapping[str, JSON]) -> dict[str, JSON]:
        """The payload with values given by parameter, and by reference for what the template reads.

        Raises ExpressionError where a value is missing or of another type.
        """
        if not self.definition.enabled:
            raise ExpressionError(f'the custom effect "{self.definition.name}" is not active')
        values = values_of(self.definition.params, given, self.references)
        filled: dict[str, JSON] = fill_json(self.template, lambda name: values[self.meant.get(name, name)])
        return filled


CustomEffects: TypeAlias = Mapping[int, PreparedCustomEffect]


def prepare(definition: CustomEffectDefinition) -> PreparedCustomEffect:
    """A definition ready to be given; its payload was found to be JSON when it was saved."""
    return PreparedCustomEffect(
        definition,
        json_of_template(definition.payload),
        references_in([definition.payload], definition.params),
        spellings(definition.params),
    )


def usable_in(application_id: int, definitions: Iterable[CustomEffectDefinition]) -> CustomEffects:
    """The custom effects that rules of one Application may give, by id; naming no Application means all."""
    return {
        definition.id: prepare(definition)
        for definition in definitions
        if not definition.application_ids or application_id in definition.application_ids
    }
