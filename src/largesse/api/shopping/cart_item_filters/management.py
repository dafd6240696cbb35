"""What staff do with cart item filters of an Application: make them, give them expressions, read, change, delete them.

The published contract only reads; writing is ours, with the bodies of the official models.
"""

from msgspec import Struct

from largesse.api.reach import reach_application
from largesse.api.refusals import refuse_if_any
from largesse.api.shopping.cart_item_filters.wire import (
    ApplicationCIF,
    ApplicationCIFExpression,
    FilterQuery,
    FiltersPage,
    NewCartItemFilter,
    NewFilterExpression,
    UpdateCartItemFilter,
    show_expression,
    show_filter,
)
from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.evaluation.programs import check_filter
from largesse.engine.refusals import INVALID_VALUE, REQUIRED, UNKNOWN
from largesse.engine.shopping.cart_item_filters import expression_of
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
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
from largesse.plumbing.problems import Duplicate, Invalid, NotFound, at_pointer
from largesse.storage.definitions import read_definitions
from largesse.storage.scope import Scope
from largesse.storage.shopping import cart_item_filters as filters
from largesse.storage.shopping.cart_item_filters import FilterTaken, StoredFilter


class FiltersPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The filters of an Application."""

    application_id: int


class FilterPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One filter."""

    application_id: int
    cart_item_filter_id: int


class ExpressionPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One expression of a filter."""

    application_id: int
    cart_item_filter_id: int
    expression_id: int


async def list_application_cart_item_filters(
    call: Call[object], request: Request[FiltersPath, FilterQuery, None]
) -> Reply:
    """The Application's filters, the oldest first."""
    query = request.query
    scope = await _scope(call, request.path.application_id)
    found = await filters.list_filters(call.db, scope, name=query.name, limit=query.page_size + 1, skip=query.skip)
    shown = [show_filter(each) for each in found[: query.page_size]]
    return ok(FiltersPage(has_more=len(found) > query.page_size, data=shown))


async def get_cart_item_filter(call: Call[object], request: Request[FilterPath, None, None]) -> Reply:
    """One filter."""
    _, found = await _reach(call, request.path.application_id, request.path.cart_item_filter_id)
    return ok(show_filter(found))


async def create_cart_item_filter(call: Call[object], request: Request[FiltersPath, None, NewCartItemFilter]) -> Reply:
    """A new filter, which rules can read once it has an expression."""
    scope = await _scope(call, request.path.application_id)
    sent = request.body
    if not sent.name.strip():
        refuse_if_any([at_pointer(REQUIRED, "A filter needs a name", "/name")])
    description, user_id = given(sent.description) or "", call.caller.user_id or 0
    try:
        made = await filters.create_filter(call.db, scope, sent.name, description, user_id, call.now)
    except FilterTaken:
        details = "There is another cart item filter with this name"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/name"),)) from None
    return created(show_filter(made))


async def update_cart_item_filter(
    call: Call[object], request: Request[FilterPath, None, UpdateCartItemFilter]
) -> Reply:
    """Another description, or another of its expressions in force; what is left out stays."""
    scope, before = await _reach(call, request.path.application_id, request.path.cart_item_filter_id)
    expression_id = given(request.body.active_expression_id)
    if expression_id is not None and expression_id != before.active_expression_id:
        found = await filters.find_expression(call.db, scope, before.id, expression_id)
        if found is None:
            details = f"The filter has no expression {expression_id}"
            refuse_if_any([at_pointer(UNKNOWN, details, "/activeExpressionId")])
        else:
            await _check(call, scope, before, found.expression, "/activeExpressionId")
    description = given(request.body.description)
    after = await filters.update_filter(
        call.db,
        scope,
        before.id,
        description=before.description if description is None else description,
        active_expression_id=before.active_expression_id if expression_id is None else expression_id,
        user_id=call.caller.user_id or 0,
        now=call.now,
    )
    return ok(show_filter(after or before))


async def delete_cart_item_filter(call: Call[object], request: Request[FilterPath, None, None]) -> Reply:
    """A filter goes. Rulesets that read it do not run until they are changed; an Application's default filter stays."""
    scope, found = await _reach(call, request.path.application_id, request.path.cart_item_filter_id)
    application = await reach_application(call, scope.application_id)
    if application.settings.default_cart_item_filter_id == found.id:
        raise Invalid("The filter is the Application's default filter")
    await filters.delete_filter(call.db, scope, found.id)
    return no_content()


async def create_cart_item_filter_expression(
    call: Call[object], request: Request[FilterPath, None, NewFilterExpression]
) -> Reply:
    """A new expression of a filter, checked as it would be in a ruleset; in force at once where the filter has none."""
    scope, found = await _reach(call, request.path.application_id, request.path.cart_item_filter_id)
    expression = expression_of(request.body.expression)
    if not isinstance(expression, list):
        refuse_if_any([at_pointer(INVALID_VALUE, "An expression is an array", "/expression")])
    inside = "/expression" if expression is request.body.expression else "/expression/expr"
    await _check(call, scope, found, expression, inside)
    user_id = call.caller.user_id or 0
    made = await filters.create_expression(call.db, scope, found.id, expression, user_id, call.now)
    if found.active_expression_id is None:
        await filters.update_filter(
            call.db,
            scope,
            found.id,
            description=found.description,
            active_expression_id=made.id,
            user_id=user_id,
            now=call.now,
        )
    return created(show_expression(made))


async def get_application_cart_item_filter_expression(
    call: Call[object], request: Request[ExpressionPath, None, None]
) -> Reply:
    """One expression of a filter, in force or not."""
    path = request.path
    scope, found = await _reach(call, path.application_id, path.cart_item_filter_id)
    expression = await filters.find_expression(call.db, scope, found.id, path.expression_id)
    if expression is None:
        raise NotFound("There is no such expression")
    return ok(show_expression(expression))


async def _check(call: Call[object], scope: Scope, stored: StoredFilter, expression: JSON, pointer: str) -> None:
    """Raises `Invalid` with everything that is wrong with an expression."""
    application = await reach_application(call, scope.application_id)
    shop = Application(
        id=application.id,
        account_id=application.account_id,
        name=application.settings.name,
        enable_cascading_discounts=application.settings.enable_cascading_discounts,
    )
    definitions = await read_definitions(call.db, scope.account_id, scope.application_id)
    earlier = tuple(each for each in definitions.cart_item_filters if each.id < stored.id)
    found = check_filter(stored.name, expression, earlier, definitions, shop) or ()
    refuse_if_any([at_pointer(str(each.code), each.message, pointer + each.pointer) for each in found])


async def _scope(call: Call[object], application_id: int) -> Scope:
    application = await reach_application(call, application_id)
    return Scope(application.account_id, application.id)


async def _reach(call: Call[object], application_id: int, filter_id: int) -> tuple[Scope, StoredFilter]:
    scope = await _scope(call, application_id)
    found = await filters.find_filter(call.db, scope, filter_id)
    if found is None:
        raise NotFound("There is no such cart item filter")
    return scope, found


_FILTERS = "/v1/applications/{applicationId}/cart_item_filters"
_FILTER = f"{_FILTERS}/{{cartItemFilterId}}"
_TAG = "Applications"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path=_FILTERS,
        operation_id="listApplicationCartItemFilters",
        summary="The cart item filters of an Application",
        access=Access.MANAGEMENT,
        run=list_application_cart_item_filters,
        path_params=FiltersPath,
        query=FilterQuery,
        replies={200: FiltersPage},
        problems=(400, 404),
        tag=_TAG,
    ),
    Operation(
        method="POST",
        path=_FILTERS,
        operation_id="createApplicationCartItemFilter",
        summary="Make a cart item filter",
        access=Access.MANAGEMENT,
        run=create_cart_item_filter,
        path_params=FiltersPath,
        body=NewCartItemFilter,
        replies={201: ApplicationCIF},
        problems=(400, 404, 409),
        published=False,
        tag=_TAG,
    ),
    Operation(
        method="GET",
        path=_FILTER,
        operation_id="getApplicationCartItemFilter",
        summary="One cart item filter",
        access=Access.MANAGEMENT,
        run=get_cart_item_filter,
        path_params=FilterPath,
        replies={200: ApplicationCIF},
        problems=(404,),
        published=False,
        tag=_TAG,
    ),
    Operation(
        method="PUT",
        path=_FILTER,
        operation_id="updateApplicationCartItemFilter",
        summary="Change a cart item filter",
        access=Access.MANAGEMENT,
        run=update_cart_item_filter,
        path_params=FilterPath,
        body=UpdateCartItemFilter,
        replies={200: ApplicationCIF},
        problems=(400, 404),
        published=False,
        tag=_TAG,
    ),
    Operation(
        method="DELETE",
        path=_FILTER,
        operation_id="deleteApplicationCartItemFilter",
        summary="Delete a cart item filter",
        access=Access.MANAGEMENT,
        run=delete_cart_item_filter,
        path_params=FilterPath,
        replies={204: None},
        problems=(400, 404),
        published=False,
        tag=_TAG,
    ),
    Operation(
        method="POST",
        path=f"{_FILTER}/expressions",
        operation_id="createApplicationCartItemFilterExpression",
        summary="Give a cart item filter another expression",
        access=Access.MANAGEMENT,
        run=create_cart_item_filter_expression,
        path_params=FilterPath,
        body=NewFilterExpression,
        replies={201: ApplicationCIFExpression},
        problems=(400, 404),
        published=False,
        tag=_TAG,
    ),
    Operation(
        method="GET",
        path=f"{_FILTER}/expressions/{{expressionId}}",
        operation_id="getApplicationCartItemFilterExpression",
        summary="One expression of a cart item filter",
        access=Access.MANAGEMENT,
        run=get_application_cart_item_filter_expression,
        path_params=ExpressionPath,
        replies={200: ApplicationCIFExpression},
        problems=(404,),
        tag=_TAG,
    ),
)
