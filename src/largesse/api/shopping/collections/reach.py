"""From a path to a collection, and what all operations on one do alike."""

from largesse.api.reach import reach_campaign
from largesse.api.shopping.collections.wire import (
    PAYLOAD_MAX,
    CampaignCollectionPath,
    Collection,
    CollectionPage,
    CollectionPath,
    CollectionQuery,
    show_collection,
    show_with_payload,
)
from largesse.api.sorting import sort_of
from largesse.plumbing.context import Call
from largesse.plumbing.problems import Duplicate, NotFound, at_pointer
from largesse.storage.shopping import collections
from largesse.storage.shopping.collections import CollectionPlace, StoredCollection

SORTABLE = ("id", "name", "created", "modified")


async def reach_account_collection(call: Call[object], path: CollectionPath) -> StoredCollection:
    """The account's own collection with this id. Raises `NotFound`."""
    found = await collections.find_collection(call.db, call.caller.account_id, path.collection_id)
    if found is None or found.campaign_id is not None:
        raise NotFound("There is no such collection")
    return found


async def reach_campaign_collection(call: Call[object], path: CampaignCollectionPath) -> StoredCollection:
    """The collection with this id of the campaign. Raises `NotFound`."""
    place = await campaign_place(call, path.application_id, path.campaign_id)
    found = await collections.find_collection(call.db, call.caller.account_id, path.collection_id)
    if found is None or found.place != place:
        raise NotFound("There is no such collection")
    return found


async def campaign_place(call: Call[object], application_id: int, campaign_id: int) -> CollectionPlace:
    """Where a campaign keeps its collections. Raises `NotFound`."""
    campaign = await reach_campaign(call, application_id, campaign_id)
    return CollectionPlace(call.caller.account_id, campaign.application_id, campaign.id)


async def shown(call: Call[object], collection: StoredCollection) -> Collection:
    """A collection with the beginning of what is in it."""
    return show_with_payload(collection, await collections.list_items(call.db, collection, limit=PAYLOAD_MAX))


async def listed(call: Call[object], place: CollectionPlace, query: CollectionQuery) -> CollectionPage:
    """A page of collections."""
    found = await collections.list_collections(
        call.db,
        place,
        name=query.name,
        sort=sort_of(query, SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    data = [show_collection(each) for each in found.entries]
    if query.with_total_result_size:
        return CollectionPage(total_result_size=found.total, data=data)
    return CollectionPage(has_more=query.skip + len(data) < found.total, data=data)


def taken() -> Duplicate:
    """There is one with this name."""
    details = "There is another collection with this name"
    return Duplicate(details, errors=(at_pointer("Duplicate", details, "/name"),))
