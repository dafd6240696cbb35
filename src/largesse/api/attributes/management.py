"""What staff do with custom attributes: define, list, describe and delete them."""

from operator import attrgetter

from largesse.api.attributes.wire import (
    AttributePath,
    AttributesQuery,
    accept_definition,
    is_wanted,
    show_attribute,
    show_built_in,
)
from largesse.api.models.attribute import Attribute, NewAttribute
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import unknown_applications, unknown_catalogs
from largesse.engine.attributes import LIBRARY
from largesse.engine.refusals import INVALID_VALUE
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
from largesse.plumbing.problems import Duplicate, Invalid, NotFound, at_parameter, at_pointer
from largesse.storage import attributes
from largesse.storage.access.accounts import find_account
from largesse.storage.attributes import AttributeTaken, StoredAttribute

SORTABLE = ("id", "name", "title", "entity", "type", "created")

# No id is larger; a longer text is none.
ID_DIGITS_MAX = 18


async def create_attribute(call: Call[object], request: Request[NoPath, None, NewAttribute]) -> Reply:
    """Define an attribute; its name and its title are unique per entity."""
    definition, errors = accept_definition(request.body)
    errors += await unknown_applications(call, definition.subscribed_applications_ids)
    errors += await unknown_catalogs(call, definition.subscribed_catalogs_ids)
    refuse_if_any(errors)
    try:
        attribute = await attributes.create_attribute(call.db, call.caller.account_id, definition, call.now)
    except AttributeTaken as taken:
        details = f"There is another attribute of {definition.entity} with this {taken.field}"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, f"/{taken.field}"),)) from None
    return created(show_attribute(attribute))


async def get_attributes(call: Call[object], request: Request[NoPath, AttributesQuery, None]) -> Reply:
    """The attributes that pass the filters: those the account has defined or, if asked for, those built in."""
    query = request.query
    application_ids = _ids(query.application_ids, "applicationIds")
    if _ids(query.loyalty_program_ids, "loyaltyProgramIds") is not None and query.entity != "LoyaltyCard":
        details = "loyaltyProgramIds can only be used when entity is LoyaltyCard"
        raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "loyaltyProgramIds"),))
    if query.loyalty_program_ids:
        return ok(page(list[Attribute](), 0))
    if query.kind == "builtin":
        return ok(await _built_in(call, query))
    found = await attributes.list_attributes(
        call.db,
        call.caller.account_id,
        entity=query.entity or None,
        application_ids=application_ids,
        type_name=query.type or None,
        search=query.search or None,
        sort=sort_of(query, SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([show_attribute(attribute) for attribute in found.entries], found.total))


async def _built_in(call: Call[object], query: AttributesQuery) -> Page[Attribute]:
    """The attributes built in that pass the filters. Every Application may use them, whichever are asked for."""
    account = await find_account(call.db, call.caller.account_id)
    if account is None:
        raise NotFound("There is no such account")
    shown = [show_built_in(each, account.id, account.created) for each in LIBRARY if is_wanted(each, query)]
    by = sort_of(query, SORTABLE)
    shown.sort(key=attrgetter(by.removeprefix("-")), reverse=by.startswith("-"))
    return page(shown[query.skip : query.skip + query.page_size], len(shown))


async def get_attribute(call: Call[object], request: Request[AttributePath, None, None]) -> Reply:
    """One attribute."""
    return ok(show_attribute(_found(await attributes.find_attribute(call.db, *_place(call, request.path)))))


async def update_attribute(call: Call[object], request: Request[AttributePath, None, NewAttribute]) -> Reply:
    """Change an attribute's description. Everything else in the body is as it was or is ignored, as published."""
    description = request.body.description
    attribute = await attributes.describe_attribute(call.db, *_place(call, request.path), description)
    return ok(show_attribute(_found(attribute)))


async def delete_attribute(call: Call[object], request: Request[AttributePath, None, None]) -> Reply:
    """Delete the definition; values already stored stay where they are, but can no longer be set."""
    if not await attributes.delete_attribute(call.db, *_place(call, request.path)):
        raise NotFound("There is no such attribute")
    return no_content()


def _place(call: Call[object], path: AttributePath) -> tuple[int, int]:
    return (call.caller.account_id, path.attribute_id)


def _found(attribute: StoredAttribute | None) -> StoredAttribute:
    if attribute is None:
        raise NotFound("There is no such attribute")
    return attribute


def _ids(text: str | None, parameter: str) -> list[int] | None:
    """The ids in a text separated by commas; None when there is no text. Raises `Invalid` for anything else."""
    if not text:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) <= ID_DIGITS_MAX for part in parts):
        details = f"{parameter} must be ids separated by commas"
        raise Invalid(errors=(at_parameter("Invalid type", details, parameter),))
    return [int(part) for part in parts]


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/attributes",
        operation_id="createAttribute",
        summary="Define a custom attribute",
        access=Access.MANAGEMENT,
        run=create_attribute,
        path_params=NoPath,
        body=NewAttribute,
        replies={201: Attribute},
        problems=(400, 409),
        tag="Attributes",
    ),
    Operation(
        method="GET",
        path="/v1/attributes",
        operation_id="getAttributes",
        summary="List custom attributes",
        access=Access.MANAGEMENT,
        run=get_attributes,
        path_params=NoPath,
        query=AttributesQuery,
        replies={200: Page[Attribute]},
        problems=(400,),
        tag="Attributes",
    ),
    Operation(
        method="GET",
        path="/v1/attributes/{attributeId}",
        operation_id="getAttribute",
        summary="Read a custom attribute",
        access=Access.MANAGEMENT,
        run=get_attribute,
        path_params=AttributePath,
        replies={200: Attribute},
        problems=(404,),
        tag="Attributes",
    ),
    Operation(
        method="PUT",
        path="/v1/attributes/{attributeId}",
        operation_id="updateAttribute",
        summary="Change the description of a custom attribute",
        access=Access.MANAGEMENT,
        run=update_attribute,
        path_params=AttributePath,
        body=NewAttribute,
        replies={200: Attribute},
        problems=(400, 404),
        tag="Attributes",
    ),
    Operation(
        method="DELETE",
        path="/v1/attributes/{attributeId}",
        operation_id="deleteAttribute",
        summary="Delete a custom attribute; stored values stay, but can no longer be set",
        access=Access.MANAGEMENT,
        run=delete_attribute,
        path_params=AttributePath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Attributes",
    ),
)
