"""Parameters of templates (custom effects, webhooks) as callers write and see them, and what is wrong with a
template."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, field

from largesse.engine.attributes import JSON
from largesse.engine.outgoing.parameters import Parameter, ParameterType
from largesse.engine.outgoing.templates import path_of, references_in
from largesse.engine.refusals import INVALID_VALUE, UNKNOWN
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer

# Nobody fills in a longer form, and a rule repeats all of it.
PARAMETERS_MAX = 100


class TemplateArgDef(Struct, frozen=True, kw_only=True, rename="camel"):
    """A parameter: its type, its title, and what a form needs to ask for it [MA TemplateArgDef]."""

    type: Annotated[ParameterType, Meta(extra_json_schema={"minLength": 1})]
    description: Omittable[str] = UNSET
    title: Annotated[str, Meta(min_length=1)]
    ui: dict[str, JSON]
    key: Omittable[str] = UNSET
    picklist_id: Omittable[int] = field(default=UNSET, name="picklistID")
    restricted_by_picklist: Omittable[bool] = UNSET


def parameters_of(sent: Sequence[TemplateArgDef]) -> tuple[Parameter, ...]:
    """The parameters as rules know them."""
    return tuple(Parameter(each.type, each.title, given(each.key)) for each in sent)


def kept(sent: Sequence[TemplateArgDef]) -> list[JSON]:
    """Parameters as they are stored: as they were written."""
    listed: list[JSON] = msgspec.to_builtins(sent, builtin_types=())
    return [{name: value for name, value in each.items() if value is not None} for each in listed]


def shown(stored: Sequence[JSON]) -> list[TemplateArgDef]:
    """Stored parameters as callers see them."""
    return msgspec.convert(stored, list[TemplateArgDef])


def refused_parameters(sent: Sequence[TemplateArgDef]) -> list[FieldError]:
    """More parameters than a rule may have to give."""
    if len(sent) <= PARAMETERS_MAX:
        return []
    return [at_pointer(INVALID_VALUE, f"there may be {PARAMETERS_MAX} parameters at most", "/params")]


def refused_places(
    texts: Iterable[tuple[str, str]], parameters: Sequence[Parameter], *, has_item: bool
) -> list[FieldError]:
    """Places of templates, each with its pointer, that name neither a parameter nor an attribute."""
    errors: list[FieldError] = []
    for pointer, text in texts:
        for name in references_in([text], parameters):
            path = path_of(name)
            if path is None:
                details = f'"{name}" is neither a parameter nor the path of an attribute'
                errors.append(at_pointer(UNKNOWN, details, pointer))
            elif path[0].lower() in ("item", "cartitem") and not has_item:
                details = f'"{name}" can be read by what is for each item only'
                errors.append(at_pointer(INVALID_VALUE, details, pointer))
    return errors
