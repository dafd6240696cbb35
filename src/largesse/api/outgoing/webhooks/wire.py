"""What callers write and see of webhooks."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.attribute import Title
from largesse.api.models.outgoing.parameter import (
    TemplateArgDef,
    kept,
    parameters_of,
    refused_parameters,
    refused_places,
    shown,
)
from largesse.engine.outgoing.webhooks import Verb, address_refusal, header_of
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.paging import Paging
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.outgoing.webhooks import StoredWebhook, WebhookSettings

_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9_.!~*'() -]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# Written by whoever sends the request, never by its author.
_OF_THE_SENDER = frozenset({"connection", "content-length", "host", "transfer-encoding", "x-uuid"})


class NewWebhook(Struct, frozen=True, kw_only=True, rename="camel"):
    """A webhook to define, or all that is to be so about it [MA NewWebhook].

    In the URL behind its host, in the values of headers and in the payload, `${$parameter}` and `${$Session.Total}` are
    filled in.
    """

    application_ids: list[int]
    title: Title
    description: Omittable[str] = UNSET
    draft: bool
    verb: Verb
    url: str
    headers: list[str]
    payload: Omittable[str] = UNSET
    params: list[TemplateArgDef]
    enabled: bool
    authentication_id: Omittable[int] = UNSET


class Webhook(Struct, frozen=True, kw_only=True, rename="camel"):
    """A webhook [MA Webhook]."""

    id: int
    created: datetime
    modified: datetime
    application_ids: list[int]
    title: Title
    description: str | UnsetType = UNSET
    draft: bool
    verb: Verb
    url: str
    headers: list[Annotated[str, Meta(pattern=r"^([^:,]*):([^]*|[^,]*)$")]]
    payload: str | UnsetType = UNSET
    params: list[TemplateArgDef]
    enabled: bool
    authentication_id: int | UnsetType = UNSET


class WebhookWithOutgoingIntegrationDetails(Webhook, frozen=True, kw_only=True, rename="camel"):
    """A webhook in a list; none is made from a template of another product
    [MA WebhookWithOutgoingIntegrationDetails]."""

    outgoing_integration_template_id: int | UnsetType = UNSET
    outgoing_integration_type_id: int | UnsetType = UNSET
    outgoing_integration_type_name: str | UnsetType = UNSET


class WebhookQuery(Paging, frozen=True, kw_only=True, rename="camel"):
    """Which webhooks are listed. `application_ids` are numbers with commas between them; webhooks made from templates
    of other products, or of a type of integration, are none here."""

    application_ids: str | None = None
    creation_type: Literal["templateWebhooks", "webhooks"] | None = None
    visibility: Literal["visible", "hidden"] | None = None
    outgoing_integrations_type_id: int | None = None
    title: str | None = None


def show_webhook(webhook: StoredWebhook) -> Webhook:
    """A stored webhook as callers see it."""
    return Webhook(id=webhook.id, created=webhook.created, modified=webhook.modified, **_fields(webhook.settings))


def show_listed(webhook: StoredWebhook) -> WebhookWithOutgoingIntegrationDetails:
    """A stored webhook as it is listed."""
    return WebhookWithOutgoingIntegrationDetails(
        id=webhook.id, created=webhook.created, modified=webhook.modified, **_fields(webhook.settings)
    )


def settings_of(sent: NewWebhook) -> WebhookSettings:
    """The settings that were sent."""
    return WebhookSettings(
        title=sent.title,
        description=given(sent.description) or "",
        draft=sent.draft,
        verb=sent.verb,
        url=sent.url,
        headers=tuple(sent.headers),
        payload=given(sent.payload) or "",
        params=kept(sent.params),
        enabled=sent.enabled,
        application_ids=tuple(dict.fromkeys(sent.application_ids)),
        authentication_id=given(sent.authentication_id),
    )


def refused(sent: NewWebhook) -> list[FieldError]:
    """What is wrong with a webhook, its Applications and its authentication aside."""
    errors: list[FieldError] = []
    if not _TITLE.fullmatch(sent.title):
        details = "title must be a letter followed by letters, digits, spaces and _.!~*'()-"
        errors.append(at_pointer(INVALID_VALUE, details, "/title"))
    if problem := address_refusal(sent.url):
        errors.append(at_pointer(INVALID_VALUE, problem, "/url"))
    texts = [("/url", sent.url), ("/payload", given(sent.payload) or "")]
    for index, header in enumerate(sent.headers):
        pointer = f"/headers/{index}"
        name, value = header_of(header)
        if not _HEADER_NAME.fullmatch(name) or not (value.isprintable() or not value):
            errors.append(at_pointer(INVALID_VALUE, 'a header is written "Name: value" on one line', pointer))
        elif name.lower() in _OF_THE_SENDER:
            errors.append(at_pointer(INVALID_VALUE, f"{name} is written by the server itself", pointer))
        texts.append((pointer, value))
    errors += refused_parameters(sent.params)
    return errors + refused_places(texts, parameters_of(sent.params), has_item=False)


def _fields(settings: WebhookSettings) -> dict[str, Any]:
    return {
        "application_ids": list(settings.application_ids),
        "title": settings.title,
        "description": settings.description,
        "draft": settings.draft,
        "verb": settings.verb,
        "url": settings.url,
        "headers": list(settings.headers),
        "payload": settings.payload,
        "params": shown(settings.params),
        "enabled": settings.enabled,
        "authentication_id": UNSET if settings.authentication_id is None else settings.authentication_id,
    }
