"""The stores of a campaign and its store budgets in CSV files; an import replaces what was there."""

from collections.abc import AsyncIterator, Iterator, Mapping
from decimal import Decimal

from msgspec import structs

from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.reach import reach_campaign
from largesse.api.shopping.stores.wire import CampaignStoresPath, StoreBudgetQuery
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_MANY, UNKNOWN
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import CsvRow, WrongCell, WrongLines, decimal_cell, in_chunks, read_rows
from largesse.plumbing.http.files.downloads import csv_rows_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request
from largesse.storage.rulesets import CampaignKey
from largesse.storage.scope import Scope
from largesse.storage.shopping import store_budgets
from largesse.storage.shopping.stores import link_stores, linked_stores, stores_by_integration_id

PLACE = "/v1/applications/{applicationId}/campaigns/{campaignId}/stores"

STORE = "store_integration_id"
LIMIT = "limit"

# More branches than anybody has; a campaign for so many is read whole when it is imported.
STORES_MAX = 100_000

# Few enough that reading them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 2_000


async def import_stores(call: Call[object], request: Request[CampaignStoresPath, None, Upload]) -> Reply:
    """Let a campaign be for the stores of a file and no others."""
    scope = await _reach(call, request.path)
    wrong = WrongLines()
    rows = read_rows(request.body, (STORE,), required=(STORE,), wrong=wrong)
    import_id = await begin_import(call, "Store")
    store_ids: set[int] = set()
    for chunk in in_chunks(_counted(rows, wrong), ROWS_PER_STATEMENT):
        known = await stores_by_integration_id(call.db, scope, [row.cells[0] for row in chunk])
        for row in chunk:
            if store_id := _store(row, known, wrong):
                store_ids.add(store_id)
    wrong.settle()
    await link_stores(call.db, scope, request.path.campaign_id, sorted(store_ids), imported=True)
    return await finish_import(call, import_id, "Store", len(store_ids))


async def export_stores(call: Call[object], request: Request[CampaignStoresPath, None, None]) -> Reply:
    """A file of the stores that a campaign is linked to."""
    scope = await _reach(call, request.path)
    linked = await linked_stores(call.db, scope, request.path.campaign_id)

    async def chunks() -> AsyncIterator[list[tuple[str]]]:
        yield [(integration_id,) for integration_id in linked]

    return await csv_rows_reply((STORE,), chunks())


async def import_budgets(call: Call[object], request: Request[CampaignStoresPath, StoreBudgetQuery, Upload]) -> Reply:
    """Budgets of stores that the campaign is linked to, in the place of those of the same action and period."""
    scope = await _reach(call, request.path)
    campaign = _key(scope, request.path)
    action, period = request.query.action or "setDiscount", request.query.period or "overall"
    linked = await linked_stores(call.db, scope, campaign.campaign_id)
    wrong = WrongLines()
    rows = read_rows(request.body, (STORE, LIMIT), required=(STORE, LIMIT), wrong=wrong)
    limits: dict[int, Decimal] = {}
    for row in _counted(rows, wrong):
        store_id = _store(row, linked, wrong)
        limit = _limit(row, wrong)
        if store_id in limits:
            wrong.add(row.line, INVALID_VALUE, "the store is named twice")
        elif store_id is not None and limit is not None:
            limits[store_id] = limit
    wrong.settle()
    import_id = await begin_import(call, "StoreBudget")
    await store_budgets.delete_store_budgets(call.db, campaign, action, period)
    await store_budgets.add_store_budgets(call.db, campaign, action, period, limits, imported=True)
    return structs.replace(await finish_import(call, import_id, "StoreBudget", len(limits)), status=201)


async def export_budgets(call: Call[object], request: Request[CampaignStoresPath, StoreBudgetQuery, None]) -> Reply:
    """A file of the campaign's store budgets of one action and period."""
    scope = await _reach(call, request.path)
    query = request.query
    action, period = query.action or "setDiscount", query.period or "overall"
    found = await store_budgets.store_budgets(call.db, _key(scope, request.path), action, period)

    async def chunks() -> AsyncIterator[list[tuple[str, Decimal]]]:
        yield [(budget.store_integration_id, budget.limit) for budget in found]

    return await csv_rows_reply((STORE, LIMIT), chunks())


def _counted(rows: Iterator[CsvRow], wrong: WrongLines) -> Iterator[CsvRow]:
    """The rows, as long as they are not too many."""
    for number, row in enumerate(rows, start=1):
        if number > STORES_MAX:
            wrong.add(row.line, TOO_MANY, f"the file must not name more than {STORES_MAX} stores")
            wrong.settle()
        yield row


def _store(row: CsvRow, known: Mapping[str, int], wrong: WrongLines) -> int | None:
    """The store that a row names, None where that is noted as wrong."""
    integration_id = row.cells[0]
    if not integration_id:
        wrong.add(row.line, REQUIRED, f"{STORE} must not be empty")
    elif integration_id not in known:
        wrong.add(row.line, UNKNOWN, f'there is no store "{integration_id}", or the campaign is not linked to it')
    return known.get(integration_id)


def _limit(row: CsvRow, wrong: WrongLines) -> Decimal | None:
    try:
        limit = decimal_cell(LIMIT, row.cells[1])
    except WrongCell as cell:
        wrong.add(row.line, cell.title, cell.details)
        return None
    if limit is None:
        wrong.add(row.line, REQUIRED, f"{LIMIT} must not be empty")
    elif limit < 0:
        wrong.add(row.line, OUT_OF_RANGE, f"{LIMIT} must not be negative")
    return limit


async def _reach(call: Call[object], path: CampaignStoresPath) -> Scope:
    """Raises `NotFound`."""
    await reach_campaign(call, path.application_id, path.campaign_id)
    return Scope(call.caller.account_id, path.application_id)


def _key(scope: Scope, path: CampaignStoresPath) -> CampaignKey:
    return CampaignKey(scope.account_id, scope.application_id, path.campaign_id)


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=f"{PLACE}/import",
        operation_id="importCampaignStores",
        summary="Link a campaign to the stores of a CSV file",
        access=Access.MANAGEMENT,
        run=import_stores,
        path_params=CampaignStoresPath,
        body=Upload,
        replies={200: Import},
        problems=(400, 401, 404),
        tag="Stores",
    ),
    Operation(
        method="GET",
        path=f"{PLACE}/export",
        operation_id="exportCampaignStores",
        summary="Write the stores of a campaign into a CSV file",
        access=Access.MANAGEMENT,
        run=export_stores,
        path_params=CampaignStoresPath,
        replies={200: Csv},
        problems=(400, 401, 404),
        tag="Stores",
    ),
    Operation(
        method="POST",
        path=f"{PLACE}/budgets/import",
        operation_id="importCampaignStoreBudget",
        summary="Give the stores of a campaign the budgets of a CSV file",
        access=Access.MANAGEMENT,
        run=import_budgets,
        path_params=CampaignStoresPath,
        query=StoreBudgetQuery,
        body=Upload,
        replies={201: Import},
        problems=(400,),
        tag="Store budgets",
    ),
    Operation(
        method="GET",
        path=f"{PLACE}/budgets/export",
        operation_id="exportCampaignStoreBudgets",
        summary="Write the store budgets of a campaign into a CSV file",
        access=Access.MANAGEMENT,
        run=export_budgets,
        path_params=CampaignStoresPath,
        query=StoreBudgetQuery,
        replies={200: Csv},
        problems=(400, 401, 404),
        tag="Store budgets",
    ),
)
