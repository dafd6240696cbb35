"""What staff do with store budgets: say what a campaign may spend in each of its stores."""

from decimal import Decimal

from largesse.api.reach import reach_campaign
from largesse.api.refusals import refuse_if_any
from largesse.api.shopping.stores.wire import (
    CampaignStoresPath,
    NewStoreBudget,
    StoreBudgetQuery,
    StoreBudgets,
    StoreBudgetSummaries,
    show_budget,
    show_summary,
)
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED, UNKNOWN
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
from largesse.plumbing.problems import Duplicate, FieldError, at_pointer
from largesse.storage.rulesets import CampaignKey
from largesse.storage.scope import Scope
from largesse.storage.shopping import store_budgets
from largesse.storage.shopping.store_budgets import StoreBudgetTaken, StorePeriod
from largesse.storage.shopping.stores import linked_stores

PLACE = "/v1/applications/{applicationId}/campaigns/{campaignId}/stores/budgets"


async def create_budget(call: Call[object], request: Request[CampaignStoresPath, None, NewStoreBudget]) -> Reply:
    """Give stores that the campaign is linked to a budget for an action, per period or for good."""
    campaign = await _reach(call, request.path)
    sent = request.body
    scope = Scope(campaign.account_id, campaign.application_id)
    linked = set((await linked_stores(call.db, scope, campaign.campaign_id)).values())
    limits = _accept(sent, linked)
    asked: StorePeriod | None = given(sent.period)
    period = asked or "overall"
    if await store_budgets.store_budgets(call.db, campaign, sent.action, period):
        raise _duplicate()
    try:
        await store_budgets.add_store_budgets(call.db, campaign, sent.action, period, limits)
    except StoreBudgetTaken:
        raise _duplicate() from None
    return created()


async def list_budgets(call: Call[object], request: Request[CampaignStoresPath, StoreBudgetQuery, None]) -> Reply:
    """What the campaign may spend in each store."""
    campaign = await _reach(call, request.path)
    query = request.query
    found = await store_budgets.store_budgets(call.db, campaign, query.action, query.period)
    return ok(StoreBudgets(data=[show_budget(budget) for budget in found]))


async def delete_budgets(call: Call[object], request: Request[CampaignStoresPath, StoreBudgetQuery, None]) -> Reply:
    """Let the campaign spend in its stores what its other budgets allow."""
    campaign = await _reach(call, request.path)
    query = request.query
    await store_budgets.delete_store_budgets(call.db, campaign, query.action, query.period)
    return no_content()


async def summarize_budgets(call: Call[object], request: Request[CampaignStoresPath, None, None]) -> Reply:
    """For how many stores the campaign has budgets, by action and period."""
    campaign = await _reach(call, request.path)
    found = await store_budgets.summarize_store_budgets(call.db, campaign)
    return ok(StoreBudgetSummaries(data=[show_summary(summary) for summary in found]))


async def _reach(call: Call[object], path: CampaignStoresPath) -> CampaignKey:
    """Raises `NotFound`."""
    campaign = await reach_campaign(call, path.application_id, path.campaign_id)
    return CampaignKey(call.caller.account_id, path.application_id, campaign.id)


def _accept(sent: NewStoreBudget, linked: set[int]) -> dict[int, Decimal]:
    """The limits by store. Raises `Invalid` with all that is wrong with them."""
    errors: list[FieldError] = []
    limits: dict[int, Decimal] = {}
    if not sent.store_limits:
        errors.append(at_pointer(REQUIRED, "storeLimits must name a store", "/storeLimits"))
    for index, each in enumerate(sent.store_limits):
        where = f"/storeLimits/{index}"
        if each.store_id not in linked:
            details = f"The campaign is not linked to a store {each.store_id}"
            errors.append(at_pointer(UNKNOWN, details, f"{where}/storeId"))
        elif each.store_id in limits:
            errors.append(at_pointer(INVALID_VALUE, "the store is named twice", f"{where}/storeId"))
        if each.limit < 0:
            errors.append(at_pointer(OUT_OF_RANGE, "limit must not be negative", f"{where}/limit"))
        limits[each.store_id] = each.limit
    refuse_if_any(errors)
    return limits


def _duplicate() -> Duplicate:
    return Duplicate("The campaign has store budgets for this action and period")


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=PLACE,
        operation_id="createCampaignStoreBudget",
        summary="Give stores of a campaign a budget",
        access=Access.MANAGEMENT,
        run=create_budget,
        path_params=CampaignStoresPath,
        body=NewStoreBudget,
        replies={201: None},
        problems=(400, 409),
        tag="Store budgets",
    ),
    Operation(
        method="GET",
        path=PLACE,
        operation_id="listCampaignStoreBudgetLimits",
        summary="The store budgets of a campaign",
        access=Access.MANAGEMENT,
        run=list_budgets,
        path_params=CampaignStoresPath,
        query=StoreBudgetQuery,
        replies={200: StoreBudgets},
        problems=(400, 401, 404),
        tag="Store budgets",
    ),
    Operation(
        method="DELETE",
        path=PLACE,
        operation_id="deleteCampaignStoreBudgets",
        summary="Delete store budgets of a campaign",
        access=Access.MANAGEMENT,
        run=delete_budgets,
        path_params=CampaignStoresPath,
        query=StoreBudgetQuery,
        replies={204: None},
        problems=(400,),
        tag="Store budgets",
    ),
    Operation(
        method="GET",
        path=f"{PLACE}/summary",
        operation_id="summarizeCampaignStoreBudget",
        summary="The store budgets of a campaign by action and period",
        access=Access.MANAGEMENT,
        run=summarize_budgets,
        path_params=CampaignStoresPath,
        replies={200: StoreBudgetSummaries},
        problems=(400, 401, 404),
        tag="Store budgets",
    ),
)
