"""What staff do with types of events: define and list them, and see of which there have been any."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.reach import reach_application
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.engine.refusals import INVALID_VALUE
from largesse.engine.shopping.events import BUILT_IN
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, created, ok
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import Duplicate, at_pointer
from largesse.storage.scope import Scope
from largesse.storage.shopping import event_types
from largesse.storage.shopping.event_types import EventTypeTaken, StoredEventType

SORTABLE = ("id", "name", "title", "created")

Filled = Annotated[str, Meta(min_length=1)]


class ApplicationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One Application."""

    application_id: int


class EventTypesQuery(Paging, frozen=True, kw_only=True):
    """The name of the type that is wanted. There are no versions of types, old or new."""

    name: str | None = None
    include_old_versions: bool = False


class NewEventType(Struct, frozen=True, kw_only=True, rename="camel"):
    """A type of events to define [MA NewEventType]."""

    title: Filled
    name: Filled
    description: Omittable[str] = UNSET


class EventType(Struct, frozen=True, kw_only=True, rename="camel"):
    """A type of events [MA EventType]."""

    id: int
    created: datetime
    title: Filled
    name: Filled
    description: str | UnsetType = UNSET


async def create_event_type(call: Call[object], request: Request[NoPath, None, NewEventType]) -> Reply:
    """Define a type of events; its name is unique in the account, and none of the built-in ones."""
    sent = request.body
    if sent.name.startswith(BUILT_IN):
        details = f'names beginning with "{BUILT_IN}" are those of built-in events'
        refuse_if_any([at_pointer(INVALID_VALUE, details, "/name")])
    account_id, description = call.caller.account_id, given(sent.description) or ""
    try:
        made = await event_types.create_event_type(call.db, account_id, sent.name, sent.title, description, call.now)
    except EventTypeTaken:
        details = "There is another event type with this name"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/name"),)) from None
    return created(_show(made))


async def get_event_types(call: Call[object], request: Request[NoPath, EventTypesQuery, None]) -> Reply:
    """The types of events that shops may send: those defined, and those that attributes have been defined for."""
    query = request.query
    found = await event_types.list_event_types(
        call.db,
        call.caller.account_id,
        name=query.name or None,
        sort=sort_of(query, SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([_show(each) for each in found.entries], found.total))


async def get_application_event_types(call: Call[object], request: Request[ApplicationPath, Paging, None]) -> Reply:
    """The types, built-in ones included, of which an Application has recorded events."""
    query, application_id = request.query, request.path.application_id
    await reach_application(call, application_id)
    descending = sort_of(query, ("type",), default="type").startswith("-")
    scope = Scope(call.caller.account_id, application_id)
    found = await event_types.recorded_types(
        call.db, scope, descending=descending, page_size=query.page_size, skip=query.skip
    )
    return ok(page(found.entries, found.total))


def _show(stored: StoredEventType) -> EventType:
    return EventType(
        id=stored.id,
        created=stored.created,
        title=stored.title,
        name=stored.name,
        description=stored.description,
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/event_types",
        operation_id="createEventType",
        summary="Define a type of events",
        access=Access.MANAGEMENT,
        run=create_event_type,
        path_params=NoPath,
        body=NewEventType,
        replies={201: EventType},
        problems=(400, 409),
        published=False,
        tag="Events",
    ),
    Operation(
        method="GET",
        path="/v1/event_types",
        operation_id="getEventTypes",
        summary="List the types of events that shops may send",
        access=Access.MANAGEMENT,
        run=get_event_types,
        path_params=NoPath,
        query=EventTypesQuery,
        replies={200: Page[EventType]},
        tag="Events",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/event_types",
        operation_id="getApplicationEventTypes",
        summary="List the types of the events of an Application",
        access=Access.MANAGEMENT,
        run=get_application_event_types,
        path_params=ApplicationPath,
        query=Paging,
        replies={200: Page[str]},
        tag="Events",
    ),
)
