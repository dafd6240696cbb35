"""What callers send about attributes, beside the attribute itself, and the way to what is stored and back."""

from typing import Literal

from msgspec import UNSET, Struct

from largesse.api.models import attribute as models
from largesse.engine.refusals import INVALID_VALUE, UNKNOWN
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.paging import Paging
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.attributes import NewAttribute, StoredAttribute


class AttributePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One attribute."""

    attribute_id: int


class AttributesQuery(Paging, frozen=True, kw_only=True):
    """Filters of the list of attributes [MA getAttributes]; lists of ids are separated by commas."""

    entity: str | None = None
    application_ids: str | None = None
    loyalty_program_ids: str | None = None
    type: str | None = None
    kind: Literal["builtin", "custom"] | None = None
    search: str | None = None


def accept_definition(sent: models.NewAttribute) -> tuple[NewAttribute, list[FieldError]]:
    """The definition sent, and what is wrong with it; the subscribed Applications are left to the caller to check."""
    catalogs = given(sent.subscribed_catalogs_ids) or []
    errors = models.misnamed(sent.name, sent.title)
    errors += [
        at_pointer(UNKNOWN, f"There is no catalog {catalog_id}", f"/subscribedCatalogsIds/{index}")
        for index, catalog_id in enumerate(catalogs)
    ]
    if given(sent.allowed_subscriptions) and sent.entity != "CartItem":
        details = "allowedSubscriptions is for attributes of CartItem only"
        errors.append(at_pointer(INVALID_VALUE, details, "/allowedSubscriptions"))
    definition = NewAttribute(
        entity=sent.entity,
        event_type=given(sent.event_type),
        name=sent.name,
        title=sent.title,
        type=sent.type,
        description=sent.description,
        suggestions=tuple(sent.suggestions),
        has_allowed_list=bool(given(sent.has_allowed_list)),
        restricted_by_suggestions=bool(given(sent.restricted_by_suggestions)),
        editable=sent.editable,
        subscribed_applications_ids=tuple(given(sent.subscribed_applications_ids) or ()),
        allowed_subscriptions=tuple(given(sent.allowed_subscriptions) or ()),
    )
    return definition, errors


def show_attribute(attribute: StoredAttribute) -> models.Attribute:
    """A stored attribute as callers see it."""
    definition = attribute.definition
    return models.Attribute(
        id=attribute.id,
        created=attribute.created,
        account_id=attribute.account_id,
        entity=definition.entity,
        event_type=UNSET if definition.event_type is None else definition.event_type,
        name=definition.name,
        title=definition.title,
        type=definition.type,
        description=definition.description,
        suggestions=list(definition.suggestions),
        has_allowed_list=definition.has_allowed_list,
        restricted_by_suggestions=definition.restricted_by_suggestions,
        editable=definition.editable,
        subscribed_applications_ids=list(definition.subscribed_applications_ids),
        subscribed_catalogs_ids=list(definition.subscribed_catalogs_ids),
        allowed_subscriptions=list(definition.allowed_subscriptions),
    )
