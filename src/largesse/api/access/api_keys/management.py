"""What staff do with the API keys of an Application: create, list and delete them.

A key is shown once, when it is made.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field, structs

from largesse.api.models.instant import Instant
from largesse.api.reach import reach_application
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import NotFound, at_pointer
from largesse.storage.access import api_keys
from largesse.storage.access.api_keys import ApiKeySettings, Platform, StoredApiKey

SORTABLE = ("id", "title", "created", "expires")


class ApiKeysPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of an Application's keys."""

    application_id: int


class ApiKeyPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one key."""

    application_id: int
    key_id: int


class CreateApplicationAPIKey(Struct, frozen=True, kw_only=True, rename="camel"):
    """A key to be made. `timeOffset`, in nanoseconds, shifts now for its requests [SDK CreateApplicationAPIKey]."""

    title: str
    expires: Instant
    platform: Omittable[Platform] = UNSET
    type: Omittable[Literal["", "staging"]] = UNSET
    time_offset: Omittable[int] = UNSET


class ApplicationAPIKey(Struct, frozen=True, kw_only=True, rename="camel"):
    """A key as it is listed; the key itself is not known here [SDK ApplicationAPIKey]."""

    id: int
    created: datetime
    created_by: int
    account_id: int = field(name="accountID")
    application_id: int = field(name="applicationID")
    title: str
    expires: datetime
    platform: Platform
    type: Literal["staging"] | UnsetType = UNSET
    time_offset: int


class NewApplicationAPIKey(ApplicationAPIKey, frozen=True, kw_only=True, rename="camel"):
    """A key that was just made, the only time that it is shown [SDK NewApplicationAPIKey]."""

    key: Annotated[str, Meta(min_length=1)]


async def create_api_key(call: Call[object], request: Request[ApiKeysPath, None, CreateApplicationAPIKey]) -> Reply:
    """A new key of an Application."""
    application = await reach_application(call, request.path.application_id)
    sent = request.body
    if given(sent.type):
        details = "A staging key needs campaign staging, which this Application has not enabled"
        refuse_if_any([at_pointer(INVALID_VALUE, details, "/type")])
    platform: Platform | None = given(sent.platform)
    settings = ApiKeySettings(
        title=sent.title,
        expires=sent.expires,
        platform=platform or "none",
        time_offset_nanoseconds=given(sent.time_offset) or 0,
    )
    user_id = call.caller.user_id or 0
    stored, key = await api_keys.create_api_key(
        call.db, application.account_id, application.id, settings, user_id, call.now
    )
    return created(NewApplicationAPIKey(**structs.asdict(show_api_key(stored)), key=key))


async def get_api_keys(call: Call[object], request: Request[ApiKeysPath, Paging, None]) -> Reply:
    """The keys of an Application."""
    application = await reach_application(call, request.path.application_id)
    found = await api_keys.list_api_keys(
        call.db,
        application.account_id,
        application.id,
        sort=sort_of(request.query, SORTABLE),
        page_size=request.query.page_size,
        skip=request.query.skip,
    )
    return ok(page([show_api_key(stored) for stored in found.entries], found.total))


async def get_api_key(call: Call[object], request: Request[ApiKeyPath, None, None]) -> Reply:
    """One key of an Application."""
    path = request.path
    stored = await api_keys.find_api_key(call.db, call.caller.account_id, path.application_id, path.key_id)
    if stored is None:
        raise NotFound("There is no such API key")
    return ok(show_api_key(stored))


async def delete_api_key(call: Call[object], request: Request[ApiKeyPath, None, None]) -> Reply:
    """A key works no longer; nodes that have just seen it notice within seconds."""
    path = request.path
    if not await api_keys.delete_api_key(call.db, call.caller.account_id, path.application_id, path.key_id):
        raise NotFound("There is no such API key")
    return no_content()


def show_api_key(stored: StoredApiKey) -> ApplicationAPIKey:
    """A stored key as callers see it."""
    return ApplicationAPIKey(
        id=stored.id,
        created=stored.created,
        created_by=stored.created_by,
        account_id=stored.account_id,
        application_id=stored.application_id,
        title=stored.settings.title,
        expires=stored.settings.expires,
        platform=stored.settings.platform,
        time_offset=stored.settings.time_offset_nanoseconds,
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/apikeys",
        operation_id="getApplicationAPIKeys",
        summary="The API keys of an Application",
        access=Access.MANAGEMENT,
        run=get_api_keys,
        path_params=ApiKeysPath,
        query=Paging,
        replies={200: Page[ApplicationAPIKey]},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Applications",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/apikeys",
        operation_id="createApplicationAPIKey",
        summary="Create an API key; the answer is the only place where it is shown",
        access=Access.MANAGEMENT,
        run=create_api_key,
        path_params=ApiKeysPath,
        body=CreateApplicationAPIKey,
        replies={201: NewApplicationAPIKey},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Applications",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/apikeys/{keyId}",
        operation_id="getApplicationAPIKey",
        summary="One API key of an Application",
        access=Access.MANAGEMENT,
        run=get_api_key,
        path_params=ApiKeyPath,
        replies={200: ApplicationAPIKey},
        problems=(401, 403, 404),
        published=False,
        tag="Applications",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/apikeys/{keyId}",
        operation_id="deleteApplicationAPIKey",
        summary="Delete an API key",
        access=Access.MANAGEMENT,
        run=delete_api_key,
        path_params=ApiKeyPath,
        replies={204: None},
        problems=(401, 403, 404),
        published=False,
        tag="Applications",
    ),
)
