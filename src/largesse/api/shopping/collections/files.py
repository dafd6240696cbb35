"""What is in collections, from CSV files and into CSV files. An import is stored whole or not at all."""

from collections.abc import Iterator

from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.shopping.collections.reach import reach_account_collection, reach_campaign_collection
from largesse.api.shopping.collections.wire import CampaignCollectionPath, CollectionPath
from largesse.engine.refusals import REQUIRED, TOO_LONG, TOO_MANY
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import WrongLines, in_chunks, read_rows
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request
from largesse.storage.shopping import collections
from largesse.storage.shopping.collections import StoredCollection

ENTITY = "Collection"

COLUMNS = ("item",)

# Published.
ITEMS_MAX = 500_000

# What is compared are SKUs, names and categories; an index takes no texts without end.
ITEM_CHARACTERS_MAX = 500

# Few enough that storing them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 5_000


async def import_account_collection(call: Call[object], request: Request[CollectionPath, None, Upload]) -> Reply:
    """The items of a file in place of what is in a collection of the account."""
    return await _import(call, await reach_account_collection(call, request.path), request.body)


async def import_collection(call: Call[object], request: Request[CampaignCollectionPath, None, Upload]) -> Reply:
    """The items of a file in place of what is in a collection of a campaign."""
    return await _import(call, await reach_campaign_collection(call, request.path), request.body)


async def export_account_collection_items(call: Call[object], request: Request[CollectionPath, None, None]) -> Reply:
    """A file of what is in a collection of the account."""
    found = await reach_account_collection(call, request.path)
    return await csv_reply(lambda write: collections.export_items(call.db, found, write))


async def export_collection_items(call: Call[object], request: Request[CampaignCollectionPath, None, None]) -> Reply:
    """A file of what is in a collection of a campaign."""
    found = await reach_campaign_collection(call, request.path)
    return await csv_reply(lambda write: collections.export_items(call.db, found, write))


async def _import(call: Call[object], collection: StoredCollection, upload: Upload) -> Reply:
    wrong = WrongLines()
    import_id = await begin_import(call, ENTITY)
    chunks = in_chunks(_items(upload, wrong), ROWS_PER_STATEMENT)
    stored = await collections.replace_items(call.db, collection, chunks, call.caller.user_id or 0, call.now)
    wrong.settle()
    return await finish_import(call, import_id, ENTITY, stored)


def _items(upload: Upload, wrong: WrongLines) -> Iterator[str]:
    """The items of a file, as they come; what is wrong with a line is noted and the line left out."""
    for count, row in enumerate(read_rows(upload, COLUMNS, required=COLUMNS, wrong=wrong), start=1):
        (item,) = row.cells
        if count > ITEMS_MAX:
            wrong.add(row.line, TOO_MANY, f"a collection holds at most {ITEMS_MAX:,} items")
            return
        if not item:
            wrong.add(row.line, REQUIRED, "item must not be empty")
        elif len(item) > ITEM_CHARACTERS_MAX:
            wrong.add(row.line, TOO_LONG, f"an item has at most {ITEM_CHARACTERS_MAX} characters")
        else:
            yield item


_COLLECTION = "/v1/applications/{applicationId}/campaigns/{campaignId}/collections/{collectionId}"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/collections/{collectionId}/import",
        operation_id="importAccountCollection",
        summary="Replace what is in a collection of the account by a CSV file",
        access=Access.MANAGEMENT,
        run=import_account_collection,
        path_params=CollectionPath,
        body=Upload,
        replies={200: Import},
        problems=(400, 401),
        tag="Collections",
    ),
    Operation(
        method="POST",
        path=f"{_COLLECTION}/import",
        operation_id="importCollection",
        summary="Replace what is in a collection of a campaign by a CSV file",
        access=Access.MANAGEMENT,
        run=import_collection,
        path_params=CampaignCollectionPath,
        body=Upload,
        replies={200: Import},
        problems=(401,),
        tag="Collections",
    ),
    Operation(
        method="GET",
        path="/v1/collections/{collectionId}/export",
        operation_id="exportAccountCollectionItems",
        summary="Write what is in a collection of the account into a CSV file",
        access=Access.MANAGEMENT,
        run=export_account_collection_items,
        path_params=CollectionPath,
        replies={200: Csv},
        problems=(401, 404),
        tag="Collections",
    ),
    Operation(
        method="GET",
        path=f"{_COLLECTION}/export",
        operation_id="exportCollectionItems",
        summary="Write what is in a collection of a campaign into a CSV file",
        access=Access.MANAGEMENT,
        run=export_collection_items,
        path_params=CampaignCollectionPath,
        replies={200: Csv},
        problems=(401, 404),
        tag="Collections",
    ),
)
