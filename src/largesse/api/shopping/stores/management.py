"""What staff do with stores: create, list, change and delete them, and disconnect them from campaigns."""

from largesse.api.allowed_lists import knowing
from largesse.api.integration_ids import too_long
from largesse.api.reach import reach_application, reach_campaign
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.api.shopping.stores.wire import (
    CampaignStoresPath,
    NewStore,
    Store,
    StorePage,
    StorePath,
    StoreQuery,
    StoresPath,
    show_store,
)
from largesse.api.sorting import sort_of
from largesse.engine.attributes import AttributeDefinitions, accept, merge
from largesse.engine.refusals import INVALID_VALUE, TOO_LONG
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
from largesse.plumbing.problems import Duplicate, NotFound, at_pointer
from largesse.storage.attributes import attribute_definitions
from largesse.storage.scope import Scope
from largesse.storage.shopping import stores
from largesse.storage.shopping.stores import StoredStore, StoreFilter, StoreSettings, StoreTaken

SORTABLE = ("id", "name", "integrationId", "created", "updated")

# No id is larger; a longer text is none.
ID_DIGITS_MAX = 18


async def create_store(call: Call[object], request: Request[StoresPath, None, NewStore]) -> Reply:
    """A new store; its integration id is unique in the Application."""
    scope = await _scope(call, request.path.application_id)
    settings = await _accept(call, scope, request.body)
    try:
        store = await stores.create_store(call.db, scope, request.body.integration_id, settings, call.now)
    except StoreTaken:
        details = "There is another store with this integration id"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/integrationId"),)) from None
    return created(show_store(store))


async def list_stores(call: Call[object], request: Request[StoresPath, StoreQuery, None]) -> Reply:
    """The Application's stores that pass the filters."""
    scope = await _scope(call, request.path.application_id)
    query = request.query
    wanted = StoreFilter(
        campaign_id=query.campaign_id, name=query.name, integration_id=query.integration_id, text=query.query
    )
    found = await stores.list_stores(
        call.db, scope, wanted, sort=sort_of(query, SORTABLE), page_size=query.page_size, skip=query.skip
    )
    data = [show_store(store) for store in found.entries]
    if query.with_total_result_size:
        return ok(StorePage(total_result_size=found.total, data=data))
    return ok(StorePage(has_more=query.skip + len(data) < found.total, data=data))


async def get_store(call: Call[object], request: Request[StorePath, None, None]) -> Reply:
    """One store."""
    scope = await _scope(call, request.path.application_id)
    return ok(show_store(await _reach(call, scope, request.path.store_id)))


async def update_store(call: Call[object], request: Request[StorePath, None, NewStore]) -> Reply:
    """Another name, description and attributes for a store; what is left out of these is gone."""
    scope = await _scope(call, request.path.application_id)
    store = await _reach(call, scope, request.path.store_id)
    settings = await _accept(call, scope, request.body, store)
    await stores.update_store(call.db, scope, store.id, settings, call.now)
    return ok(show_store(await _reach(call, scope, request.path.store_id)))


async def delete_store(call: Call[object], request: Request[StorePath, None, None]) -> Reply:
    """Delete a store with its budgets; sessions keep its integration id, campaigns stay linked to it."""
    scope = await _scope(call, request.path.application_id)
    if not await stores.delete_store(call.db, scope, _id(request.path.store_id)):
        raise NotFound("There is no such store")
    return no_content()


async def disconnect_stores(call: Call[object], request: Request[CampaignStoresPath, None, None]) -> Reply:
    """Let a campaign be for all sessions again, in whichever way its stores were linked to it; their budgets go."""
    scope = await _scope(call, request.path.application_id)
    campaign = await reach_campaign(call, scope.application_id, request.path.campaign_id)
    await stores.link_stores(call.db, scope, campaign.id, ())
    return no_content()


async def _accept(call: Call[object], scope: Scope, sent: NewStore, before: StoredStore | None = None) -> StoreSettings:
    """The settings that were sent. Raises `Invalid`."""
    known = AttributeDefinitions(await attribute_definitions(call.db, scope.account_id, "Store"), scope.application_id)
    known = await knowing(call, known, "Store", given(sent.attributes))
    attributes, refusals = accept("Store", given(sent.attributes) or {}, known, "/attributes")
    errors = errors_of(refusals)
    if before is not None and sent.integration_id != before.integration_id:
        errors.append(at_pointer(INVALID_VALUE, "integrationId cannot be changed", "/integrationId"))
    elif details := too_long(sent.integration_id):
        errors.append(at_pointer(TOO_LONG, details, "/integrationId"))
    refuse_if_any(errors)
    return StoreSettings(name=sent.name, description=sent.description, attributes=merge({}, attributes))


async def _scope(call: Call[object], application_id: int) -> Scope:
    application = await reach_application(call, application_id)
    return Scope(application.account_id, application.id)


async def _reach(call: Call[object], scope: Scope, store_id: str) -> StoredStore:
    store = await stores.find_store(call.db, scope, _id(store_id))
    if store is None:
        raise NotFound("There is no such store")
    return store


def _id(text: str) -> int:
    """The id of a store in a path, where it is text."""
    if not (text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX):
        raise NotFound("There is no such store")
    return int(text)


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/stores",
        operation_id="createStore",
        summary="Create a store",
        access=Access.MANAGEMENT,
        run=create_store,
        path_params=StoresPath,
        body=NewStore,
        replies={201: Store},
        problems=(400, 409),
        tag="Stores",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/stores",
        operation_id="listStores",
        summary="The stores of an Application, filtered",
        access=Access.MANAGEMENT,
        run=list_stores,
        path_params=StoresPath,
        query=StoreQuery,
        replies={200: StorePage},
        tag="Stores",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/stores/{storeId}",
        operation_id="getStore",
        summary="One store",
        access=Access.MANAGEMENT,
        run=get_store,
        path_params=StorePath,
        replies={200: Store},
        problems=(404,),
        tag="Stores",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}/stores/{storeId}",
        operation_id="updateStore",
        summary="Change a store's name, description and attributes",
        access=Access.MANAGEMENT,
        run=update_store,
        path_params=StorePath,
        body=NewStore,
        replies={200: Store},
        problems=(400, 404),
        tag="Stores",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/stores/{storeId}",
        operation_id="deleteStore",
        summary="Delete a store",
        access=Access.MANAGEMENT,
        run=delete_store,
        path_params=StorePath,
        replies={204: None},
        problems=(404,),
        tag="Stores",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/stores",
        operation_id="disconnectCampaignStores",
        summary="Disconnect a campaign from all stores",
        access=Access.MANAGEMENT,
        run=disconnect_stores,
        path_params=CampaignStoresPath,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Stores",
    ),
)
