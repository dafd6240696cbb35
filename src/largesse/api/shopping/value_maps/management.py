"""What staff do with the value map of a campaign: make it, fill it from a CSV file, read it, delete it.

The published contract only exports; the rest is ours, by analogy with collections.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.reach import reach_campaign
from largesse.engine.refusals import REQUIRED, TOO_LONG, TOO_MANY
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import WrongCell, WrongLines, decimal_cell, in_chunks, read_rows
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    Csv,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import OpenPage, open_page
from largesse.plumbing.problems import Duplicate, NotFound
from largesse.storage.scope import Scope
from largesse.storage.shopping import value_maps
from largesse.storage.shopping.value_maps import MappedItem, StoredValueMap, ValueMapTaken

ENTITY = "ValueMap"

COLUMNS = ("identifier", "value")

# Published.
VALUES_MAX = 500_000

# As of the texts in a collection, which are SKUs too.
IDENTIFIER_CHARACTERS_MAX = 500

# Few enough that storing them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 5_000


class ValueMapsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The value maps of a campaign, of which there is at most one."""

    application_id: int
    campaign_id: int


class ValueMapPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The value map of a campaign."""

    application_id: int
    campaign_id: int
    value_map_id: int


class ValueMap(Struct, frozen=True, kw_only=True, rename="camel"):
    """A value map [SDK ValueMap]."""

    id: int
    created: datetime
    created_by: int
    campaign_id: int


async def create_value_map(call: Call[object], request: Request[ValueMapsPath, None, None]) -> Reply:
    """A value map for a campaign that has none; it is empty."""
    scope, campaign_id = await _campaign(call, request.path.application_id, request.path.campaign_id)
    try:
        made = await value_maps.create_value_map(call.db, scope, campaign_id, call.caller.user_id or 0, call.now)
    except ValueMapTaken:
        raise Duplicate("The campaign has a value map already") from None
    return created(_shown(made))


async def list_value_maps(call: Call[object], request: Request[ValueMapsPath, None, None]) -> Reply:
    """The campaign's value map, if it has one."""
    scope, campaign_id = await _campaign(call, request.path.application_id, request.path.campaign_id)
    found = await value_maps.campaign_value_map(call.db, scope, campaign_id)
    return ok(open_page([] if found is None else [_shown(found)], 1))


async def delete_value_map(call: Call[object], request: Request[ValueMapPath, None, None]) -> Reply:
    """The campaign's value map goes; rules that read it find no items any more."""
    await value_maps.delete_value_map(call.db, await _reach(call, request.path))
    return no_content()


async def import_value_map(call: Call[object], request: Request[ValueMapPath, None, Upload]) -> Reply:
    """The values of a file in place of those in the map."""
    value_map = await _reach(call, request.path)
    wrong = WrongLines()
    import_id, amount = await begin_import(call, ENTITY), 0
    await value_maps.empty_value_map(call.db, value_map)
    for chunk in in_chunks(_items(request.body, wrong), ROWS_PER_STATEMENT):
        refused = await value_maps.add_values(call.db, value_map, [item for _, item in chunk])
        amount += len(chunk) - len(refused)
        for index in refused:
            line, item = chunk[index]
            wrong.add(line, "Duplicate", f'there is a value for "{item.identifier}" already')
    wrong.settle()
    return await finish_import(call, import_id, ENTITY, amount)


async def export_campaign_value_map(call: Call[object], request: Request[ValueMapPath, None, None]) -> Reply:
    """A file of all values in the map."""
    found = await _reach(call, request.path)
    return await csv_reply(lambda write: value_maps.export_values(call.db, found, write))


def _items(upload: Upload, wrong: WrongLines) -> Iterator[tuple[int, MappedItem]]:
    """The values of a file, each with its line; what is wrong with a line is noted and the line left out."""
    for count, row in enumerate(read_rows(upload, COLUMNS, required=COLUMNS, wrong=wrong), start=1):
        identifier, text = row.cells
        if count > VALUES_MAX:
            wrong.add(row.line, TOO_MANY, f"a value map holds at most {VALUES_MAX:,} values")
            return
        try:
            value = decimal_cell("value", text)
        except WrongCell as cell:
            wrong.add(row.line, cell.title, cell.details)
            continue
        if not identifier or value is None:
            wrong.add(row.line, REQUIRED, "neither identifier nor value may be empty")
        elif len(identifier) > IDENTIFIER_CHARACTERS_MAX:
            wrong.add(row.line, TOO_LONG, f"an identifier has at most {IDENTIFIER_CHARACTERS_MAX} characters")
        else:
            yield row.line, MappedItem(identifier, value)


async def _campaign(call: Call[object], application_id: int, campaign_id: int) -> tuple[Scope, int]:
    campaign = await reach_campaign(call, application_id, campaign_id)
    return Scope(call.caller.account_id, campaign.application_id), campaign.id


async def _reach(call: Call[object], path: ValueMapPath) -> StoredValueMap:
    scope, campaign_id = await _campaign(call, path.application_id, path.campaign_id)
    found = await value_maps.campaign_value_map(call.db, scope, campaign_id)
    if found is None or found.id != path.value_map_id:
        raise NotFound("There is no such value map")
    return found


def _shown(stored: StoredValueMap) -> ValueMap:
    return ValueMap(id=stored.id, created=stored.created, created_by=stored.created_by, campaign_id=stored.campaign_id)


_MAPS = "/v1/applications/{applicationId}/campaigns/{campaignId}/value_maps"
_MAP = f"{_MAPS}/{{valueMapId}}"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=_MAPS,
        operation_id="createCampaignValueMap",
        summary="Give a campaign a value map",
        access=Access.MANAGEMENT,
        run=create_value_map,
        path_params=ValueMapsPath,
        replies={201: ValueMap},
        problems=(404, 409),
        published=False,
        tag="Value maps",
    ),
    Operation(
        method="GET",
        path=_MAPS,
        operation_id="listCampaignValueMaps",
        summary="The value map of a campaign, if it has one",
        access=Access.MANAGEMENT,
        run=list_value_maps,
        path_params=ValueMapsPath,
        replies={200: OpenPage[ValueMap]},
        problems=(404,),
        published=False,
        tag="Value maps",
    ),
    Operation(
        method="DELETE",
        path=_MAP,
        operation_id="deleteCampaignValueMap",
        summary="Take a campaign's value map away",
        access=Access.MANAGEMENT,
        run=delete_value_map,
        path_params=ValueMapPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Value maps",
    ),
    Operation(
        method="POST",
        path=f"{_MAP}/import",
        operation_id="importCampaignValueMap",
        summary="Replace the values in a value map by a CSV file",
        access=Access.MANAGEMENT,
        run=import_value_map,
        path_params=ValueMapPath,
        body=Upload,
        replies={200: Import},
        problems=(400, 404),
        published=False,
        tag="Value maps",
    ),
    Operation(
        method="GET",
        path=f"{_MAP}/export",
        operation_id="exportCampaignValueMap",
        summary="Write the values in a value map into a CSV file",
        access=Access.MANAGEMENT,
        run=export_campaign_value_map,
        path_params=ValueMapPath,
        replies={200: Csv},
        problems=(400, 401, 404),
        tag="Value maps",
    ),
)
