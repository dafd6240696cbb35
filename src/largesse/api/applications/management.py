"""What staff do with Applications: list, read, create, change and delete them."""

from msgspec import Struct, structs

from largesse.api.allowed_lists import knowing
from largesse.api.applications.wire import NewApplication, UpdateApplication, accept_settings, show_application
from largesse.api.models.application import Application
from largesse.api.reach import reach_application
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.api.sorting import sort_of
from largesse.engine.attributes import AttributeDefinitions, accept, merge
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
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
from largesse.plumbing.problems import Forbidden, NotBuilt, NotFound, at_pointer
from largesse.storage import applications
from largesse.storage.applications import ApplicationSettings
from largesse.storage.attributes import attribute_definitions
from largesse.storage.evaluation_groups import evaluation_groups
from largesse.storage.scope import Scope
from largesse.storage.shopping.cart_item_filters import find_filter

SORTABLE = ("id", "name", "created", "modified")


class ApplicationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one Application."""

    application_id: int


async def get_applications(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The account's Applications, of which a management key sees those it may touch."""
    found = await applications.list_applications(
        call.db,
        call.caller.account_id,
        ids=call.caller.allowed_application_ids,
        sort=sort_of(request.query, SORTABLE),
        page_size=request.query.page_size,
        skip=request.query.skip,
    )
    return ok(page([show_application(application) for application in found.entries], found.total))


async def get_application(call: Call[object], request: Request[ApplicationPath, None, None]) -> Reply:
    """One Application."""
    return ok(show_application(await reach_application(call, request.path.application_id)))


async def create_application(call: Call[object], request: Request[NoPath, None, NewApplication]) -> Reply:
    """A new Application. A management key that is confined to some Applications cannot make itself another."""
    if call.caller.allowed_application_ids:
        raise Forbidden("This management key is confined to certain Applications and cannot create others")
    sent = request.body
    start = ApplicationSettings(name=sent.name, timezone=sent.timezone, currency=sent.currency)
    settings = await _settled(call, sent, start, application_id=0)
    application = await applications.create_application(call.db, call.caller.account_id, settings, call.now)
    return created(show_application(application))


async def update_application(call: Call[object], request: Request[ApplicationPath, None, UpdateApplication]) -> Reply:
    """New settings for an Application; what the body leaves out stays."""
    application_id = request.path.application_id
    before = await reach_application(call, application_id)
    settings = await _settled(call, request.body, before.settings, application_id)
    if settings.sandbox != before.settings.sandbox:
        details = "An Application cannot move between the live and the sandbox environment"
        refuse_if_any([at_pointer(INVALID_VALUE, details, "/sandbox")])
    account_id = call.caller.account_id
    after = await applications.update_application(call.db, account_id, application_id, settings, call.now)
    if after is None:
        raise NotFound("There is no such Application")
    return ok(show_application(after))


async def delete_application(call: Call[object], request: Request[ApplicationPath, None, None]) -> Reply:
    """An Application goes with its campaigns, rulesets, coupons, budgets, sessions, events and keys; profiles stay."""
    if not await applications.delete_application(call.db, call.caller.account_id, request.path.application_id):
        raise NotFound("There is no such Application")
    return no_content()


async def _settled(
    call: Call[object], sent: UpdateApplication, before: ApplicationSettings, application_id: int
) -> ApplicationSettings:
    """The settings after an update. Raises `Invalid` with all that is wrong with it."""
    if given(sent.enable_campaign_state_management):
        raise NotBuilt("Campaign staging and revisions are not built yet")
    settings, errors = accept_settings(sent, before)
    attributes = given(sent.attributes)
    if attributes is not None:
        definitions = await attribute_definitions(call.db, call.caller.account_id)
        known = AttributeDefinitions(definitions, application_id)
        known = await knowing(call, known, "Application", attributes)
        accepted, refusals = accept("Application", attributes, known, "/attributes")
        errors += errors_of(refusals)
        settings = structs.replace(settings, attributes=merge({}, accepted))
    group_id = given(sent.default_evaluation_group_id)
    if group_id is not None:
        groups = await evaluation_groups(call.db, call.caller.account_id, application_id)
        if group_id not in {group.id for group in groups}:
            errors.append(at_pointer("Unknown", "There is no such evaluation group", "/defaultEvaluationGroupId"))
    filter_id = given(sent.default_cart_item_filter_id)
    scope = Scope(call.caller.account_id, application_id)
    if filter_id is not None and await find_filter(call.db, scope, filter_id) is None:
        errors.append(at_pointer("Unknown", "There is no such cart item filter", "/defaultCartItemFilterId"))
    refuse_if_any(errors)
    return settings


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications",
        operation_id="getApplications",
        summary="The account's Applications",
        access=Access.MANAGEMENT,
        run=get_applications,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[Application]},
        problems=(400, 401),
        tag="Applications",
    ),
    Operation(
        method="POST",
        path="/v1/applications",
        operation_id="createApplication",
        summary="Create an Application",
        access=Access.MANAGEMENT,
        run=create_application,
        path_params=NoPath,
        body=NewApplication,
        replies={201: Application},
        problems=(400, 401, 403),
        published=False,
        tag="Applications",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}",
        operation_id="getApplication",
        summary="One Application",
        access=Access.MANAGEMENT,
        run=get_application,
        path_params=ApplicationPath,
        replies={200: Application},
        problems=(401, 403, 404),
        tag="Applications",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}",
        operation_id="updateApplication",
        summary="Change an Application's settings; what is left out stays",
        access=Access.MANAGEMENT,
        run=update_application,
        path_params=ApplicationPath,
        body=UpdateApplication,
        replies={200: Application},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Applications",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}",
        operation_id="deleteApplication",
        summary="Delete an Application and everything that belongs to it",
        access=Access.MANAGEMENT,
        run=delete_application,
        path_params=ApplicationPath,
        replies={204: None},
        problems=(401, 403, 404),
        published=False,
        tag="Applications",
    ),
)
