"""What shops do with catalogs: keep the items in them as they are in the shop."""

from collections.abc import Sequence
from typing import assert_never

from largesse.api.allowed_lists import knowing
from largesse.api.shopping.catalogs.actions import (
    Add,
    AddPriceAdjustment,
    CatalogAction,
    CatalogSyncRequest,
    Patch,
    PatchMany,
    Remove,
    RemoveMany,
)
from largesse.api.shopping.catalogs.syncing import ActionReader, ManyItems
from largesse.api.shopping.catalogs.wire import Catalog, CatalogPath, show_catalog
from largesse.engine.attributes import definitions_of_catalog
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import Invalid, NotFound, at_pointer
from largesse.storage.attributes import attribute_definitions
from largesse.storage.shopping import catalogs
from largesse.storage.shopping.catalogs import Adjustment, CatalogKey, SentItem
from largesse.storage.shopping.price_types import price_types_of


async def sync_catalog(call: Call[object], request: Request[CatalogPath, None, CatalogSyncRequest]) -> Reply:
    """Carry out actions of one type on a catalog, all of them or none."""
    catalog = await _reach(call, request.path)
    actions = request.body.actions
    definitions = await attribute_definitions(call.db, catalog.account_id, "CartItem")
    usable = definitions_of_catalog(definitions, catalog.catalog_id)
    sent = [given(getattr(action.payload, "attributes", None)) for action in actions]
    reader = ActionReader(await knowing(call, usable, "CartItem", *sent))
    reader.check_types(actions)
    items, skus, replaced, many = _read(reader, actions)
    adjustments = await _adjustments(call, catalog, reader, actions)
    reader.settle()
    if not await catalogs.begin_sync(call.db, catalog, given(request.body.version), call.now):
        details = "The catalog is at another version"
        raise Invalid(errors=[at_pointer(INVALID_VALUE, details, "/version")])
    match actions[0]:
        case Add():
            await catalogs.add_items(call.db, catalog, items, replaced, call.now)
        case Patch():
            await catalogs.patch_items(call.db, catalog, items)
            created = [item for item in items if item.sku in replaced]
            await catalogs.add_items(call.db, catalog, created, (), call.now)
        case Remove():
            await catalogs.remove_items(call.db, catalog, skus)
        case PatchMany():
            for one in many:
                await catalogs.patch_matching(call.db, catalog, one.filters, one.price, one.attributes)
        case RemoveMany():
            for one in many:
                await catalogs.remove_matching(call.db, catalog, one.filters)
        case AddPriceAdjustment():
            await catalogs.add_adjustments(call.db, catalog, adjustments)
        case _ as never:
            assert_never(never)
    synced = await catalogs.find_catalog(call.db, catalog)
    if synced is None:
        raise NotFound("There is no such catalog")
    return ok(show_catalog(synced))


def _read(
    reader: ActionReader, actions: Sequence[CatalogAction]
) -> tuple[list[SentItem], list[str], frozenset[str], list[ManyItems]]:
    """The items sent, the SKUs to remove, the SKUs that may replace or be created, and what is done with many items."""
    items: list[SentItem] = []
    skus: list[str] = []
    marked: set[str] = set()
    many: list[ManyItems] = []
    for index, action in enumerate(actions):
        match action:
            case Add(payload=payload):
                items.append(reader.item(index, action))
                marked |= {payload.sku} if payload.replace_if_exists else set()
            case Patch(payload=payload):
                items.append(reader.item(index, action))
                marked |= {payload.sku} if payload.create_if_not_exists else set()
            case Remove(payload=payload):
                skus.append(reader.sku(index, payload.sku))
            case PatchMany() | RemoveMany():
                many.append(reader.many(index, action))
            case AddPriceAdjustment():
                pass  # read by itself, since it asks for what there is
            case _ as never:
                assert_never(never)
    return items, skus, frozenset(marked), many


async def _adjustments(
    call: Call[object], catalog: CatalogKey, reader: ActionReader, actions: Sequence[CatalogAction]
) -> list[Adjustment]:
    """The prices that the actions give to items of the catalog."""
    payloads = {index: each.payload for index, each in enumerate(actions) if isinstance(each, AddPriceAdjustment)}
    if not payloads:
        return []
    known = await catalogs.known_skus(call.db, catalog, [payload.sku for payload in payloads.values()])
    types = await price_types_of(call.db, catalog)
    found: list[Adjustment] = []
    for index, payload in payloads.items():
        found += reader.adjustments(index, payload, known, types, call.now)
    return found


async def _reach(call: Call[object], path: CatalogPath) -> CatalogKey:
    """The catalog, if the Application of the key takes from it. Raises `NotFound`."""
    key = CatalogKey(call.caller.account_id, path.catalog_id)
    catalog = await catalogs.find_catalog(call.db, key)
    if catalog is None or call.caller.application_id not in catalog.application_ids:
        raise NotFound("There is no such catalog")
    return key


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="PUT",
        path="/v1/catalogs/{catalogId}/sync",
        operation_id="syncCatalog",
        summary="Add, change or remove items of a catalog",
        access=Access.INTEGRATION,
        run=sync_catalog,
        path_params=CatalogPath,
        body=CatalogSyncRequest,
        replies={200: Catalog},
        problems=(400, 401, 404),
        tag="Catalogs",
    ),
)
