"""What administrators do with management keys: create, list and delete them.

A key is shown once, when it is made. Only people who are administrators may make one: a key that could make keys could
give itself what it was not given.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field, structs

from largesse.api.models.instant import Instant
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
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
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import FieldError, NotFound, at_pointer
from largesse.storage.access import management_keys
from largesse.storage.access.management_keys import ALL_ENDPOINTS, ManagementKeySettings, StoredManagementKey
from largesse.storage.applications import list_applications

SORTABLE = ("id", "name", "created", "expiryDate", "lastUsed")


class ManagementKeyPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one key."""

    key_id: int


class Endpoint(Struct, frozen=True, kw_only=True, rename="camel"):
    """A path that a key may call, as a template such as /v1/applications/{applicationId}; "*" is all [SDK Endpoint]."""

    path: str


class CreateManagementKey(Struct, frozen=True, kw_only=True, rename="camel"):
    """A key to be made; without `allowedApplicationIds` it opens every Application [SDK CreateManagementKey]."""

    name: str
    expiry_date: Instant
    endpoints: list[Endpoint]
    allowed_application_ids: Omittable[list[int]] = UNSET


class ManagementKey(Struct, frozen=True, kw_only=True, rename="camel"):
    """A key as it is listed; the key itself is not known here [SDK ManagementKey]."""

    id: int
    account_id: int = field(name="accountID")
    created: datetime
    created_by: int
    name: str
    expiry_date: datetime
    endpoints: list[Endpoint]
    allowed_application_ids: list[int]
    disabled: bool
    last_used: datetime | UnsetType = UNSET


class NewManagementKey(ManagementKey, frozen=True, kw_only=True, rename="camel"):
    """A key that was just made, the only time that it is shown [SDK NewManagementKey]."""

    key: Annotated[str, Meta(min_length=1)]


async def create_management_key(call: Call[object], request: Request[NoPath, None, CreateManagementKey]) -> Reply:
    """A new management key of the account."""
    sent = request.body
    account_id = call.caller.account_id
    application_ids = tuple(dict.fromkeys(given(sent.allowed_application_ids) or ()))
    refuse_if_any(_endpoint_errors(sent.endpoints) + await _application_errors(call, application_ids))
    settings = ManagementKeySettings(
        name=sent.name,
        expiry_date=sent.expiry_date,
        endpoints=tuple(dict.fromkeys(endpoint.path for endpoint in sent.endpoints)),
        allowed_application_ids=application_ids,
    )
    stored, key = await management_keys.create_management_key(
        call.db, account_id, settings, call.caller.user_id or 0, call.now
    )
    return created(NewManagementKey(**structs.asdict(show_management_key(stored)), key=key))


async def get_management_keys(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The management keys of the account."""
    found = await management_keys.list_management_keys(
        call.db,
        call.caller.account_id,
        sort=sort_of(request.query, SORTABLE),
        page_size=request.query.page_size,
        skip=request.query.skip,
    )
    return ok(page([show_management_key(stored) for stored in found.entries], found.total))


async def get_management_key(call: Call[object], request: Request[ManagementKeyPath, None, None]) -> Reply:
    """One management key of the account."""
    stored = await management_keys.find_management_key(call.db, call.caller.account_id, request.path.key_id)
    if stored is None:
        raise NotFound("There is no such management key")
    return ok(show_management_key(stored))


async def delete_management_key(call: Call[object], request: Request[ManagementKeyPath, None, None]) -> Reply:
    """A key works no longer, at once."""
    if not await management_keys.delete_management_key(call.db, call.caller.account_id, request.path.key_id):
        raise NotFound("There is no such management key")
    return no_content()


def show_management_key(stored: StoredManagementKey) -> ManagementKey:
    """A stored management key as callers see it."""
    return ManagementKey(
        id=stored.id,
        account_id=stored.account_id,
        created=stored.created,
        created_by=stored.created_by,
        name=stored.settings.name,
        expiry_date=stored.settings.expiry_date,
        endpoints=[Endpoint(path=path) for path in stored.settings.endpoints],
        allowed_application_ids=list(stored.settings.allowed_application_ids),
        disabled=stored.disabled,
        last_used=UNSET if stored.last_used is None else stored.last_used,
    )


def _endpoint_errors(endpoints: Sequence[Endpoint]) -> list[FieldError]:
    return [
        at_pointer(INVALID_VALUE, 'path must begin with "/", or be "*" for all', f"/endpoints/{index}/path")
        for index, endpoint in enumerate(endpoints)
        if endpoint.path != ALL_ENDPOINTS and not endpoint.path.startswith("/")
    ]


async def _application_errors(call: Call[object], ids: Sequence[int]) -> list[FieldError]:
    found = await list_applications(call.db, call.caller.account_id, ids=ids, page_size=len(ids)) if ids else None
    known = set() if found is None else {application.id for application in found.entries}
    return [
        at_pointer("Unknown", f"There is no Application {application_id}", f"/allowedApplicationIds/{index}")
        for index, application_id in enumerate(ids)
        if application_id not in known
    ]


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/management_keys",
        operation_id="getManagementKeys",
        summary="The management keys of the account",
        access=Access.MANAGEMENT,
        run=get_management_keys,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[ManagementKey]},
        problems=(400, 401, 403),
        published=False,
        admin_only=True,
        tag="Accounts and users",
    ),
    Operation(
        method="POST",
        path="/v1/management_keys",
        operation_id="createManagementKey",
        summary="Create a management key; the answer is the only place where it is shown",
        access=Access.MANAGEMENT,
        run=create_management_key,
        path_params=NoPath,
        body=CreateManagementKey,
        replies={201: NewManagementKey},
        problems=(400, 401, 403),
        published=False,
        admin_only=True,
        tag="Accounts and users",
    ),
    Operation(
        method="GET",
        path="/v1/management_keys/{keyId}",
        operation_id="getManagementKey",
        summary="One management key of the account",
        access=Access.MANAGEMENT,
        run=get_management_key,
        path_params=ManagementKeyPath,
        replies={200: ManagementKey},
        problems=(401, 403, 404),
        published=False,
        admin_only=True,
        tag="Accounts and users",
    ),
    Operation(
        method="DELETE",
        path="/v1/management_keys/{keyId}",
        operation_id="deleteManagementKey",
        summary="Delete a management key",
        access=Access.MANAGEMENT,
        run=delete_management_key,
        path_params=ManagementKeyPath,
        replies={204: None},
        problems=(401, 403, 404),
        published=False,
        admin_only=True,
        tag="Accounts and users",
    ),
)
