"""What staff do with catalogs: create, describe and list them, give them Applications, and look at their items."""

from largesse.api.refusals import refuse_if_any
from largesse.api.shopping.catalogs.wire import (
    Catalog,
    CatalogPath,
    ItemPage,
    ItemQuery,
    NewCatalog,
    show_catalog,
    show_item,
)
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import POINTER, unknown_applications
from largesse.engine.attributes import definitions_of_catalog
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, created, ok
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import NotFound, at_pointer
from largesse.storage.attributes import attribute_definitions
from largesse.storage.shopping import catalogs
from largesse.storage.shopping.catalogs import CatalogKey, StoredCatalog

SORTABLE = ("id", "name", "created")


async def create_catalog(call: Call[object], request: Request[NoPath, None, NewCatalog]) -> Reply:
    """A new catalog without items, and the Applications that take from it."""
    sent = request.body
    application_ids = given(sent.subscribed_applications_ids) or []
    refuse_if_any(await unknown_applications(call, application_ids))
    account_id, user_id = call.caller.account_id, call.caller.user_id or 0
    key = await catalogs.create_catalog(call.db, account_id, sent.name, sent.description, user_id, call.now)
    await _subscribe(call, key, application_ids)
    return created(show_catalog(await _reach(call, key)))


async def get_catalogs(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The account's catalogs."""
    query = request.query
    found = await catalogs.list_catalogs(
        call.db, call.caller.account_id, sort=sort_of(query, SORTABLE), page_size=query.page_size, skip=query.skip
    )
    return ok(page([show_catalog(catalog) for catalog in found.entries], found.total))


async def get_catalog(call: Call[object], request: Request[CatalogPath, None, None]) -> Reply:
    """One catalog."""
    return ok(show_catalog(await _reach(call, _key(call, request.path))))


async def update_catalog(call: Call[object], request: Request[CatalogPath, None, NewCatalog]) -> Reply:
    """Another name and description for a catalog, and further Applications; those it has stay."""
    sent, key = request.body, _key(call, request.path)
    await _reach(call, key)
    application_ids = given(sent.subscribed_applications_ids) or []
    refuse_if_any(await unknown_applications(call, application_ids))
    await catalogs.describe_catalog(call.db, key, sent.name, sent.description, call.now)
    await _subscribe(call, key, application_ids)
    return ok(show_catalog(await _reach(call, key)))


async def list_catalog_items(call: Call[object], request: Request[CatalogPath, ItemQuery, None]) -> Reply:
    """The items of a catalog that pass the filters."""
    key, query = _key(call, request.path), request.query
    await _reach(call, key)
    found = await catalogs.list_items(
        call.db, key, skus=query.sku, products=query.product_names, page_size=query.page_size, skip=query.skip
    )
    definitions = await attribute_definitions(call.db, key.account_id, "CartItem")
    known = definitions_of_catalog(definitions, key.catalog_id).of("CartItem")
    ids = {name: definition.id for name, definition in known.items()}
    data = [show_item(item, ids) for item in found.entries]
    if query.with_total_result_size:
        return ok(ItemPage(total_result_size=found.total, data=data))
    return ok(ItemPage(has_more=query.skip + len(data) < found.total, data=data))


async def _subscribe(call: Call[object], catalog: CatalogKey, application_ids: list[int]) -> None:
    """Raises `Invalid` for Applications that take from another catalog."""
    taken = await catalogs.subscribe(call.db, catalog, application_ids)
    refuse_if_any(
        [
            at_pointer(
                INVALID_VALUE,
                f"The Application {application_id} has another catalog",
                f"{POINTER}/{application_ids.index(application_id)}",
            )
            for application_id in taken
        ]
    )


def _key(call: Call[object], path: CatalogPath) -> CatalogKey:
    return CatalogKey(call.caller.account_id, path.catalog_id)


async def _reach(call: Call[object], key: CatalogKey) -> StoredCatalog:
    catalog = await catalogs.find_catalog(call.db, key)
    if catalog is None:
        raise NotFound("There is no such catalog")
    return catalog


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/catalogs",
        operation_id="createCatalog",
        summary="Create a catalog of cart items",
        access=Access.MANAGEMENT,
        run=create_catalog,
        path_params=NoPath,
        body=NewCatalog,
        replies={201: Catalog},
        problems=(400,),
        published=False,
        tag="Catalogs",
    ),
    Operation(
        method="GET",
        path="/v1/catalogs",
        operation_id="getCatalogs",
        summary="List the catalogs of cart items",
        access=Access.MANAGEMENT,
        run=get_catalogs,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[Catalog]},
        problems=(400,),
        published=False,
        tag="Catalogs",
    ),
    Operation(
        method="GET",
        path="/v1/catalogs/{catalogId}",
        operation_id="getCatalog",
        summary="One catalog of cart items",
        access=Access.MANAGEMENT,
        run=get_catalog,
        path_params=CatalogPath,
        replies={200: Catalog},
        problems=(404,),
        published=False,
        tag="Catalogs",
    ),
    Operation(
        method="PUT",
        path="/v1/catalogs/{catalogId}",
        operation_id="updateCatalog",
        summary="Describe a catalog anew and give it further Applications",
        access=Access.MANAGEMENT,
        run=update_catalog,
        path_params=CatalogPath,
        body=NewCatalog,
        replies={200: Catalog},
        problems=(400, 404),
        published=False,
        tag="Catalogs",
    ),
    Operation(
        method="GET",
        path="/v1/catalogs/{catalogId}/items",
        operation_id="listCatalogItems",
        summary="The items of a catalog, filtered",
        access=Access.MANAGEMENT,
        run=list_catalog_items,
        path_params=CatalogPath,
        query=ItemQuery,
        replies={200: ItemPage},
        tag="Catalogs",
    ),
)
