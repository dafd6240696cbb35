"""What callers send about attributes, beside the attribute itself, and the way to what is stored and back."""

import re
from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct

from largesse.api.models import attribute as models
from largesse.engine.attributes import AttributeDefinition
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.paging import Paging
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.attributes import NewAttribute, StoredAttribute

_WORDS = re.compile("[A-Z][a-z]+|[0-9]+")


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
    """The definition sent, and what is wrong with it; whether the Applications and catalogs that it names exist is left
    to the caller to check."""
    errors = models.misnamed(sent.name, sent.title)
    errors += _subscription_errors(sent)
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
        subscribed_catalogs_ids=tuple(given(sent.subscribed_catalogs_ids) or ()),
        allowed_subscriptions=tuple(given(sent.allowed_subscriptions) or ()),
    )
    return definition, errors


def _subscription_errors(sent: models.NewAttribute) -> list[FieldError]:
    """Catalogs are for cart items, and whoever is not allowed cannot be subscribed."""
    allowed = given(sent.allowed_subscriptions) or ()
    subscribed = {
        "application": ("subscribedApplicationsIds", given(sent.subscribed_applications_ids)),
        "catalog": ("subscribedCatalogsIds", given(sent.subscribed_catalogs_ids)),
    }
    errors = []
    if sent.entity != "CartItem":
        fields = {"allowedSubscriptions": allowed, "subscribedCatalogsIds": subscribed["catalog"][1]}
        errors += [
            at_pointer(INVALID_VALUE, f"{name} is for attributes of CartItem only", f"/{name}")
            for name, value in fields.items()
            if value
        ]
    elif allowed:
        errors += [
            at_pointer(INVALID_VALUE, f'allowedSubscriptions does not hold "{kind}"', f"/{name}")
            for kind, (name, value) in subscribed.items()
            if value and kind not in allowed
        ]
    return errors


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


def is_wanted(attribute: AttributeDefinition, query: AttributesQuery) -> bool:
    """Whether an attribute that is built in passes the filters of a list."""
    searched = (query.search or "").lower()
    return (
        query.entity in (None, "", attribute.entity)
        and query.type in (None, "", attribute.type)
        and (searched in attribute.name.lower() or searched in attribute.type)
    )


def show_built_in(attribute: AttributeDefinition, account_id: int, created: datetime) -> models.Attribute:
    """An attribute that is built in as callers see it; it is as old as their account."""
    return models.Attribute(
        id=attribute.id,
        created=created,
        account_id=account_id,
        entity=attribute.entity,
        name=attribute.name,
        title=" ".join(_WORDS.findall(attribute.name)),
        type=attribute.type,
        description="",
        suggestions=[],
        editable=False,
    )
