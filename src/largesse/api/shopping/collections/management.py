"""What staff do with collections of the account: make, list, read, change and delete them, and read what is in them."""

from largesse.api.refusals import refuse_if_any
from largesse.api.shopping.collections.reach import listed, reach_account_collection, shown, taken
from largesse.api.shopping.collections.wire import (
    Collection,
    CollectionItem,
    CollectionPage,
    CollectionPath,
    CollectionQuery,
    ItemsQuery,
    NewCollection,
    UpdateCollection,
    misnamed,
)
from largesse.api.subscriptions import unknown_applications
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
from largesse.plumbing.http.paging import OpenPage, open_page
from largesse.plumbing.problems import NotFound
from largesse.storage.shopping import collections
from largesse.storage.shopping.collections import CollectionPlace, CollectionTaken


async def create_account_collection(call: Call[object], request: Request[NoPath, None, NewCollection]) -> Reply:
    """A new, empty collection of the account, which the Applications it names can use."""
    sent = request.body
    application_ids = given(sent.subscribed_applications_ids) or []
    refuse_if_any(misnamed(sent.name) + await unknown_applications(call, application_ids))
    place = CollectionPlace(call.caller.account_id)
    description, user_id = given(sent.description) or "", call.caller.user_id or 0
    try:
        made = await collections.create_collection(
            call.db, place, sent.name, description, application_ids, user_id, call.now
        )
    except CollectionTaken:
        raise taken() from None
    return created(await shown(call, made))


async def list_account_collections(call: Call[object], request: Request[NoPath, CollectionQuery, None]) -> Reply:
    """The collections of the account, without those of its campaigns."""
    return ok(await listed(call, CollectionPlace(call.caller.account_id), request.query))


async def get_account_collection(call: Call[object], request: Request[CollectionPath, None, None]) -> Reply:
    """One collection of the account."""
    return ok(await shown(call, await reach_account_collection(call, request.path)))


async def update_account_collection(
    call: Call[object], request: Request[CollectionPath, None, UpdateCollection]
) -> Reply:
    """Another description, other Applications; what is left out stays."""
    before = await reach_account_collection(call, request.path)
    application_ids = given(request.body.subscribed_applications_ids)
    refuse_if_any(await unknown_applications(call, application_ids or []))
    description = given(request.body.description)
    after = await collections.update_collection(
        call.db,
        before,
        description=before.description if description is None else description,
        application_ids=before.subscribed_applications_ids if application_ids is None else application_ids,
        user_id=call.caller.user_id or 0,
        now=call.now,
    )
    return ok(await shown(call, after or before))


async def delete_account_collection(call: Call[object], request: Request[CollectionPath, None, None]) -> Reply:
    """A collection goes with all that is in it; conditions that name it do not hold any more."""
    await collections.delete_collection(call.db, await reach_account_collection(call, request.path))
    return no_content()


async def get_collection_items(call: Call[object], request: Request[CollectionPath, ItemsQuery, None]) -> Reply:
    """What is in a collection, be it the account's or a campaign's, in order."""
    query = request.query
    found = await collections.find_collection(call.db, call.caller.account_id, request.path.collection_id)
    allowed = call.caller.allowed_application_ids
    if found is None or (found.application_id and allowed and found.application_id not in allowed):
        raise NotFound("There is no such collection")
    items = await collections.list_items(call.db, found, limit=query.page_size + 1, skip=query.skip)
    return ok(open_page([CollectionItem(item=item) for item in items], query.page_size))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/collections",
        operation_id="listAccountCollections",
        summary="The collections of the account",
        access=Access.MANAGEMENT,
        run=list_account_collections,
        path_params=NoPath,
        query=CollectionQuery,
        replies={200: CollectionPage},
        problems=(400, 401, 404),
        tag="Collections",
    ),
    Operation(
        method="POST",
        path="/v1/collections",
        operation_id="createAccountCollection",
        summary="Make a collection of the account",
        access=Access.MANAGEMENT,
        run=create_account_collection,
        path_params=NoPath,
        body=NewCollection,
        replies={201: Collection},
        problems=(400, 401, 409),
        tag="Collections",
    ),
    Operation(
        method="GET",
        path="/v1/collections/{collectionId}",
        operation_id="getAccountCollection",
        summary="One collection of the account",
        access=Access.MANAGEMENT,
        run=get_account_collection,
        path_params=CollectionPath,
        replies={200: Collection},
        problems=(404,),
        tag="Collections",
    ),
    Operation(
        method="PUT",
        path="/v1/collections/{collectionId}",
        operation_id="updateAccountCollection",
        summary="Change a collection of the account",
        access=Access.MANAGEMENT,
        run=update_account_collection,
        path_params=CollectionPath,
        body=UpdateCollection,
        replies={200: Collection},
        problems=(400, 401, 409),
        tag="Collections",
    ),
    Operation(
        method="DELETE",
        path="/v1/collections/{collectionId}",
        operation_id="deleteAccountCollection",
        summary="Delete a collection of the account",
        access=Access.MANAGEMENT,
        run=delete_account_collection,
        path_params=CollectionPath,
        replies={204: None},
        problems=(404,),
        tag="Collections",
    ),
    Operation(
        method="GET",
        path="/v1/collections/{collectionId}/items",
        operation_id="getCollectionItems",
        summary="What is in a collection",
        access=Access.MANAGEMENT,
        run=get_collection_items,
        path_params=CollectionPath,
        query=ItemsQuery,
        replies={200: OpenPage[CollectionItem]},
        problems=(404,),
        tag="Collections",
    ),
)
