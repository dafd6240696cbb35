"""What staff do with additional costs: define, list, change and delete them."""

from msgspec import Struct

from largesse.api.models.additional_cost import AccountAdditionalCost, NewAdditionalCost
from largesse.api.models.attribute import misnamed
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import unknown_applications
from largesse.engine.shopping.additional_costs import CostType
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
from largesse.plumbing.problems import Duplicate, NotFound, at_pointer
from largesse.storage.shopping import additional_costs
from largesse.storage.shopping.additional_costs import AdditionalCostTaken, CostSettings, StoredAdditionalCost

SORTABLE = ("id", "name", "title", "type", "created")


class AdditionalCostPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One additional cost."""

    additional_cost_id: int


async def create_additional_cost(call: Call[object], request: Request[NoPath, None, NewAdditionalCost]) -> Reply:
    """Define an additional cost; its name and its title are unique in the account."""
    settings = await _accept(call, request.body)
    account_id, name = call.caller.account_id, request.body.name
    try:
        cost = await additional_costs.create_additional_cost(call.db, account_id, name, settings, call.now)
    except AdditionalCostTaken as taken:
        raise _duplicate(taken) from None
    return created(show_additional_cost(cost))


async def get_additional_costs(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The account's additional costs."""
    query = request.query
    found = await additional_costs.list_additional_costs(
        call.db,
        call.caller.account_id,
        sort=sort_of(query, SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([show_additional_cost(cost) for cost in found.entries], found.total))


async def get_additional_cost(call: Call[object], request: Request[AdditionalCostPath, None, None]) -> Reply:
    """One additional cost."""
    cost = await additional_costs.find_additional_cost(call.db, *_place(call, request.path))
    return ok(show_additional_cost(_found(cost)))


async def update_additional_cost(
    call: Call[object], request: Request[AdditionalCostPath, None, NewAdditionalCost]
) -> Reply:
    """Change an additional cost. The name in the body is as it was or is ignored, as published."""
    settings = await _accept(call, request.body)
    try:
        cost = await additional_costs.update_additional_cost(call.db, *_place(call, request.path), settings)
    except AdditionalCostTaken as taken:
        raise _duplicate(taken) from None
    return ok(show_additional_cost(_found(cost)))


async def delete_additional_cost(call: Call[object], request: Request[AdditionalCostPath, None, None]) -> Reply:
    """Delete the definition; carts already stored keep what they were sent with."""
    if not await additional_costs.delete_additional_cost(call.db, *_place(call, request.path)):
        raise NotFound("There is no such additional cost")
    return no_content()


def show_additional_cost(cost: StoredAdditionalCost) -> AccountAdditionalCost:
    """A stored additional cost as callers see it."""
    return AccountAdditionalCost(
        id=cost.id,
        created=cost.created,
        account_id=cost.account_id,
        name=cost.name,
        title=cost.settings.title,
        description=cost.settings.description,
        subscribed_applications_ids=list(cost.settings.subscribed_applications_ids),
        type=cost.settings.type,
    )


async def _accept(call: Call[object], sent: NewAdditionalCost) -> CostSettings:
    """The settings sent. Raises `Invalid`."""
    application_ids = given(sent.subscribed_applications_ids) or []
    refuse_if_any(misnamed(sent.name, sent.title) + await unknown_applications(call, application_ids))
    level: CostType | None = given(sent.type)
    return CostSettings(
        title=sent.title,
        description=sent.description,
        subscribed_applications_ids=tuple(application_ids),
        type=level or "session",
    )


def _place(call: Call[object], path: AdditionalCostPath) -> tuple[int, int]:
    return (call.caller.account_id, path.additional_cost_id)


def _found(cost: StoredAdditionalCost | None) -> StoredAdditionalCost:
    if cost is None:
        raise NotFound("There is no such additional cost")
    return cost


def _duplicate(taken: AdditionalCostTaken) -> Duplicate:
    details = f"There is another additional cost with this {taken.field}"
    return Duplicate(details, errors=(at_pointer("Duplicate", details, f"/{taken.field}"),))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/additional_costs",
        operation_id="createAdditionalCost",
        summary="Define an additional cost",
        access=Access.MANAGEMENT,
        run=create_additional_cost,
        path_params=NoPath,
        body=NewAdditionalCost,
        replies={201: AccountAdditionalCost},
        problems=(400, 409),
        tag="Additional costs",
    ),
    Operation(
        method="GET",
        path="/v1/additional_costs",
        operation_id="getAdditionalCosts",
        summary="List additional costs",
        access=Access.MANAGEMENT,
        run=get_additional_costs,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[AccountAdditionalCost]},
        problems=(400,),
        tag="Additional costs",
    ),
    Operation(
        method="GET",
        path="/v1/additional_costs/{additionalCostId}",
        operation_id="getAdditionalCost",
        summary="Read an additional cost",
        access=Access.MANAGEMENT,
        run=get_additional_cost,
        path_params=AdditionalCostPath,
        replies={200: AccountAdditionalCost},
        problems=(404,),
        tag="Additional costs",
    ),
    Operation(
        method="PUT",
        path="/v1/additional_costs/{additionalCostId}",
        operation_id="updateAdditionalCost",
        summary="Change an additional cost",
        access=Access.MANAGEMENT,
        run=update_additional_cost,
        path_params=AdditionalCostPath,
        body=NewAdditionalCost,
        replies={200: AccountAdditionalCost},
        problems=(400, 404, 409),
        tag="Additional costs",
    ),
    Operation(
        method="DELETE",
        path="/v1/additional_costs/{additionalCostId}",
        operation_id="deleteAdditionalCost",
        summary="Delete an additional cost",
        access=Access.MANAGEMENT,
        run=delete_additional_cost,
        path_params=AdditionalCostPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Additional costs",
    ),
)
