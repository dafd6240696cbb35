"""What staff do with collections of campaigns: make, list, read, change and delete them."""

from largesse.api.reach import reach_application
from largesse.api.refusals import refuse_if_any
from largesse.api.shopping.collections.reach import campaign_place, listed, reach_campaign_collection, shown, taken
from largesse.api.shopping.collections.wire import (
    ApplicationCollectionsPath,
    CampaignCollectionPath,
    CampaignCollectionsPath,
    Collection,
    CollectionPage,
    CollectionQuery,
    NewCampaignCollection,
    UpdateCampaignCollection,
    misnamed,
)
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
from largesse.storage.shopping import collections
from largesse.storage.shopping.collections import CollectionPlace, CollectionTaken


async def list_collections_in_application(
    call: Call[object], request: Request[ApplicationCollectionsPath, CollectionQuery, None]
) -> Reply:
    """The collections of all campaigns of an Application."""
    application = await reach_application(call, request.path.application_id)
    return ok(await listed(call, CollectionPlace(application.account_id, application.id), request.query))


async def list_collections(
    call: Call[object], request: Request[CampaignCollectionsPath, CollectionQuery, None]
) -> Reply:
    """The collections of a campaign."""
    path = request.path
    return ok(await listed(call, await campaign_place(call, path.application_id, path.campaign_id), request.query))


async def create_collection(
    call: Call[object], request: Request[CampaignCollectionsPath, None, NewCampaignCollection]
) -> Reply:
    """A new, empty collection of a campaign."""
    sent, path = request.body, request.path
    place = await campaign_place(call, path.application_id, path.campaign_id)
    refuse_if_any(misnamed(sent.name))
    description, user_id = given(sent.description) or "", call.caller.user_id or 0
    try:
        made = await collections.create_collection(call.db, place, sent.name, description, (), user_id, call.now)
    except CollectionTaken:
        raise taken() from None
    return created(await shown(call, made))


async def get_collection(call: Call[object], request: Request[CampaignCollectionPath, None, None]) -> Reply:
    """One collection of a campaign."""
    return ok(await shown(call, await reach_campaign_collection(call, request.path)))


async def update_collection(
    call: Call[object], request: Request[CampaignCollectionPath, None, UpdateCampaignCollection]
) -> Reply:
    """Another description."""
    before = await reach_campaign_collection(call, request.path)
    description = given(request.body.description)
    after = await collections.update_collection(
        call.db,
        before,
        description=before.description if description is None else description,
        application_ids=(),
        user_id=call.caller.user_id or 0,
        now=call.now,
    )
    return ok(await shown(call, after or before))


async def delete_collection(call: Call[object], request: Request[CampaignCollectionPath, None, None]) -> Reply:
    """A collection goes with all that is in it; conditions that name it do not hold any more."""
    await collections.delete_collection(call.db, await reach_campaign_collection(call, request.path))
    return no_content()


_COLLECTIONS = "/v1/applications/{applicationId}/campaigns/{campaignId}/collections"
_COLLECTION = f"{_COLLECTIONS}/{{collectionId}}"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/collections",
        operation_id="listCollectionsInApplication",
        summary="The collections of all campaigns of an Application",
        access=Access.MANAGEMENT,
        run=list_collections_in_application,
        path_params=ApplicationCollectionsPath,
        query=CollectionQuery,
        replies={200: CollectionPage},
        problems=(404,),
        tag="Collections",
    ),
    Operation(
        method="GET",
        path=_COLLECTIONS,
        operation_id="listCollections",
        summary="The collections of a campaign",
        access=Access.MANAGEMENT,
        run=list_collections,
        path_params=CampaignCollectionsPath,
        query=CollectionQuery,
        replies={200: CollectionPage},
        problems=(404,),
        tag="Collections",
    ),
    Operation(
        method="POST",
        path=_COLLECTIONS,
        operation_id="createCollection",
        summary="Make a collection of a campaign",
        access=Access.MANAGEMENT,
        run=create_collection,
        path_params=CampaignCollectionsPath,
        body=NewCampaignCollection,
        replies={201: Collection},
        tag="Collections",
    ),
    Operation(
        method="GET",
        path=_COLLECTION,
        operation_id="getCollection",
        summary="One collection of a campaign",
        access=Access.MANAGEMENT,
        run=get_collection,
        path_params=CampaignCollectionPath,
        replies={200: Collection},
        problems=(404,),
        tag="Collections",
    ),
    Operation(
        method="PUT",
        path=_COLLECTION,
        operation_id="updateCollection",
        summary="Change a collection of a campaign",
        access=Access.MANAGEMENT,
        run=update_collection,
        path_params=CampaignCollectionPath,
        body=UpdateCampaignCollection,
        replies={200: Collection},
        problems=(401,),
        tag="Collections",
    ),
    Operation(
        method="DELETE",
        path=_COLLECTION,
        operation_id="deleteCollection",
        summary="Delete a collection of a campaign",
        access=Access.MANAGEMENT,
        run=delete_collection,
        path_params=CampaignCollectionPath,
        replies={204: None},
        problems=(401,),
        tag="Collections",
    ),
)
