"""What staff do with webhooks: define, list, change and delete them."""

from msgspec import Struct

from largesse.api.outgoing.webhooks.wire import (
    NewWebhook,
    Webhook,
    WebhookQuery,
    WebhookWithOutgoingIntegrationDetails,
    refused,
    settings_of,
    show_listed,
    show_webhook,
)
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import unknown_applications
from largesse.engine.refusals import INVALID_VALUE, UNKNOWN
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Page, page
from largesse.plumbing.problems import Invalid, NotFound, at_parameter, at_pointer
from largesse.storage.outgoing import webhooks
from largesse.storage.outgoing.authentications import find_authentication
from largesse.storage.outgoing.webhooks import StoredWebhook, WebhookFilter, WebhookSettings

SORTABLE = ("id", "title", "created", "modified")
MISSING = "There is no such webhook"


class WebhookPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One webhook."""

    webhook_id: int


async def create_webhook(call: Call[object], request: Request[NoPath, None, NewWebhook]) -> Reply:
    """Define a webhook, for rules to call."""
    settings = await _accept(call, request.body)
    return created(show_webhook(await webhooks.create_webhook(call.db, call.caller.account_id, settings, call.now)))


async def get_webhooks(call: Call[object], request: Request[NoPath, WebhookQuery, None]) -> Reply:
    """The account's webhooks."""
    query = request.query
    sort = sort_of(query, SORTABLE)
    wanted = _filter_of(query)
    if query.creation_type == "templateWebhooks" or query.outgoing_integrations_type_id is not None:
        return ok(page([], 0))
    found = await webhooks.list_webhooks(
        call.db, call.caller.account_id, wanted, sort=sort, page_size=query.page_size, skip=query.skip
    )
    return ok(page([show_listed(webhook) for webhook in found.entries], found.total))


async def get_webhook(call: Call[object], request: Request[WebhookPath, None, None]) -> Reply:
    """One webhook."""
    return ok(show_webhook(_found(await webhooks.find_webhook(call.db, *_place(call, request.path)))))


async def update_webhook(call: Call[object], request: Request[WebhookPath, None, NewWebhook]) -> Reply:
    """Replace a webhook; requests that were asked for before are sent as they were."""
    settings = await _accept(call, request.body)
    return ok(
        show_webhook(_found(await webhooks.update_webhook(call.db, *_place(call, request.path), settings, call.now)))
    )


async def delete_webhook(call: Call[object], request: Request[WebhookPath, None, None]) -> Reply:
    """Delete a webhook; in rules that still call it, the effect fails."""
    if not await webhooks.delete_webhook(call.db, *_place(call, request.path)):
        raise NotFound(MISSING)
    return no_content()


async def _accept(call: Call[object], sent: NewWebhook) -> WebhookSettings:
    """The settings sent. Raises `Invalid`."""
    errors = refused(sent) + await unknown_applications(call, sent.application_ids, "/applicationIds")
    settings = settings_of(sent)
    if settings.authentication_id is not None:
        found = await find_authentication(call.db, call.caller.account_id, settings.authentication_id)
        if found is None:
            errors.append(at_pointer(UNKNOWN, "There is no such authentication", "/authenticationId"))
    refuse_if_any(errors)
    return settings


def _filter_of(query: WebhookQuery) -> WebhookFilter:
    ids: tuple[int, ...] | None = None
    if query.application_ids:
        words = query.application_ids.split(",")
        if not all(word.strip().isdecimal() for word in words):
            details = "applicationIds are numbers with commas between them"
            raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "applicationIds"),))
        ids = tuple(int(word) for word in words)
    enabled = None if query.visibility is None else query.visibility == "visible"
    return WebhookFilter(application_ids=ids, enabled=enabled, title=query.title)


def _place(call: Call[object], path: WebhookPath) -> tuple[int, int]:
    return (call.caller.account_id, path.webhook_id)


def _found(webhook: StoredWebhook | None) -> StoredWebhook:
    if webhook is None:
        raise NotFound(MISSING)
    return webhook


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/webhooks",
        operation_id="createWebhook",
        summary="Define a webhook",
        access=Access.MANAGEMENT,
        run=create_webhook,
        path_params=NoPath,
        body=NewWebhook,
        replies={201: Webhook},
        problems=(400,),
        published=False,
        tag="Webhooks",
    ),
    Operation(
        method="GET",
        path="/v1/webhooks",
        operation_id="getWebhooks",
        summary="List webhooks",
        access=Access.MANAGEMENT,
        run=get_webhooks,
        path_params=NoPath,
        query=WebhookQuery,
        replies={200: Page[WebhookWithOutgoingIntegrationDetails]},
        tag="Webhooks",
    ),
    Operation(
        method="GET",
        path="/v1/webhooks/{webhookId}",
        operation_id="getWebhook",
        summary="Read a webhook",
        access=Access.MANAGEMENT,
        run=get_webhook,
        path_params=WebhookPath,
        replies={200: Webhook},
        tag="Webhooks",
    ),
    Operation(
        method="PUT",
        path="/v1/webhooks/{webhookId}",
        operation_id="updateWebhook",
        summary="Replace a webhook",
        access=Access.MANAGEMENT,
        run=update_webhook,
        path_params=WebhookPath,
        body=NewWebhook,
        replies={200: Webhook},
        problems=(400, 404),
        published=False,
        tag="Webhooks",
    ),
    Operation(
        method="DELETE",
        path="/v1/webhooks/{webhookId}",
        operation_id="deleteWebhook",
        summary="Delete a webhook",
        access=Access.MANAGEMENT,
        run=delete_webhook,
        path_params=WebhookPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Webhooks",
    ),
)
