"""What staff do with authentications: make, list, replace and delete them. What was sent is never shown again."""

from msgspec import Struct

from largesse.api.outgoing.authentications.wire import (
    NewWebhookAuthentication,
    WebhookAuthentication,
    WebhookAuthentications,
    refused,
    settings_of,
    show_authentication,
)
from largesse.api.reach import author_of
from largesse.api.refusals import refuse_if_any
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
from largesse.plumbing.problems import Duplicate, NotFound
from largesse.storage.outgoing import authentications

MISSING = "There is no such authentication"


class AuthenticationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One authentication."""

    authentication_id: int


async def create_authentication(call: Call[object], request: Request[NoPath, None, NewWebhookAuthentication]) -> Reply:
    """Keep secrets for webhooks to send along."""
    refuse_if_any(refused(request.body))
    author = await author_of(call)
    stored = await authentications.create_authentication(
        call.db, call.caller.account_id, settings_of(request.body), author.name, call.now
    )
    return created(show_authentication(stored))


async def get_authentications(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
    """All authentications of the account."""
    found = await authentications.list_authentications(call.db, call.caller.account_id)
    listed = [show_authentication(each) for each in found]
    return ok(WebhookAuthentications(total_result_size=len(listed), data=listed))


async def update_authentication(
    call: Call[object], request: Request[AuthenticationPath, None, NewWebhookAuthentication]
) -> Reply:
    """Replace the secrets; messages that wait are sent with the new ones."""
    refuse_if_any(refused(request.body))
    author = await author_of(call)
    stored = await authentications.update_authentication(
        call.db,
        call.caller.account_id,
        request.path.authentication_id,
        settings_of(request.body),
        author.name,
        call.now,
    )
    if stored is None:
        raise NotFound(MISSING)
    return ok(show_authentication(stored))


async def delete_authentication(call: Call[object], request: Request[AuthenticationPath, None, None]) -> Reply:
    """Delete an authentication that no webhook uses."""
    place = (call.caller.account_id, request.path.authentication_id)
    stored = await authentications.find_authentication(call.db, *place)
    if stored is None:
        raise NotFound(MISSING)
    if stored.webhooks:
        raise Duplicate("Webhooks use this authentication; give them another one first")
    await authentications.delete_authentication(call.db, *place)
    return no_content()


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/webhook_authentications",
        operation_id="createWebhookAuthentication",
        summary="Keep secrets for webhooks",
        access=Access.MANAGEMENT,
        run=create_authentication,
        path_params=NoPath,
        body=NewWebhookAuthentication,
        replies={201: WebhookAuthentication},
        problems=(400,),
        published=False,
        tag="Webhooks",
    ),
    Operation(
        method="GET",
        path="/v1/webhook_authentications",
        operation_id="getWebhookAuthentications",
        summary="List the authentications of webhooks",
        access=Access.MANAGEMENT,
        run=get_authentications,
        path_params=NoPath,
        replies={200: WebhookAuthentications},
        published=False,
        tag="Webhooks",
    ),
    Operation(
        method="PUT",
        path="/v1/webhook_authentications/{authenticationId}",
        operation_id="updateWebhookAuthentication",
        summary="Replace the secrets of webhooks",
        access=Access.MANAGEMENT,
        run=update_authentication,
        path_params=AuthenticationPath,
        body=NewWebhookAuthentication,
        replies={200: WebhookAuthentication},
        problems=(400, 404),
        published=False,
        tag="Webhooks",
    ),
    Operation(
        method="DELETE",
        path="/v1/webhook_authentications/{authenticationId}",
        operation_id="deleteWebhookAuthentication",
        summary="Delete an authentication that no webhook uses",
        access=Access.MANAGEMENT,
        run=delete_authentication,
        path_params=AuthenticationPath,
        replies={204: None},
        problems=(404, 409),
        published=False,
        tag="Webhooks",
    ),
)
