"""Giveaways from CSV files and into CSV files. An import is stored whole or not at all."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from largesse.api.allowed_lists import knowing_all
from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.rewards.giveaways.pools import definitions_of, reach_pool
from largesse.api.rewards.giveaways.wire import CODE_CHARACTERS_MAX, PoolPath
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge
from largesse.engine.refusals import INVALID_VALUE, REQUIRED, TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import (
    CsvRow,
    WrongCell,
    WrongLines,
    in_chunks,
    object_cell,
    read_rows,
    time_cell,
)
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request
from largesse.storage.rewards import giveaways
from largesse.storage.rewards.giveaways import NewGiveaway

COLUMNS = ("code", "startdate", "enddate", "attributes")

# What an export has beyond them, so that its file can be sent again.
EXPORTED = frozenset({"id", "poolid", "used", "importid", "created", "profileintegrationid", "profileid"})

# Few enough that reading them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 2_000

# Most files say the same of many giveaways; reading it once is enough.
READINGS_KEPT = 100

ENTITY = "Giveaway"


class ExportQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """When the giveaways were added that are wanted."""

    created_before: datetime | None = None
    created_after: datetime | None = None


class GiveawayLines:
    """The giveaways of one file."""

    def __init__(self, upload: Upload, definitions: AttributeDefinitions, wrong: WrongLines) -> None:
        self._upload = upload
        self._definitions = definitions
        self._wrong = wrong
        self._attributes = lru_cache(READINGS_KEPT)(self._read_attributes)
        self._time = lru_cache(READINGS_KEPT)(time_cell)

    def read(self) -> Iterator[NewGiveaway]:
        """Every giveaway of the file; what is wrong with a line is noted and the line left out."""
        for row in read_rows(self._upload, COLUMNS, required=("code",), wrong=self._wrong, ignored=EXPORTED):
            try:
                giveaway = self._giveaway(row)
            except WrongCell as cell:
                self._wrong.add(row.line, cell.title, cell.details)
            else:
                yield giveaway

    def _giveaway(self, row: CsvRow) -> NewGiveaway:
        code, start, end, attributes = row.cells
        if not code:
            raise WrongCell(REQUIRED, "code must not be empty")
        if len(code) > CODE_CHARACTERS_MAX:
            raise WrongCell(TOO_LONG, f"code must have at most {CODE_CHARACTERS_MAX} characters")
        start_date, end_date = self._time("startdate", start), self._time("enddate", end)
        if start_date is not None and end_date is not None and end_date <= start_date:
            raise WrongCell(INVALID_VALUE, "enddate must be after startdate")
        return NewGiveaway(code=code, start_date=start_date, end_date=end_date, attributes=self._attributes(attributes))

    def _read_attributes(self, text: str) -> dict[str, JSON]:
        accepted, refused = accept("Giveaway", object_cell("attributes", text), self._definitions, "")
        if refused:
            raise WrongCell(refused[0].title, refused[0].details)
        return merge({}, accepted)


async def import_giveaways(call: Call[object], request: Request[PoolPath, None, Upload]) -> Reply:
    """Add the giveaways of a file to a pool, each line one, also where the same code is there already."""
    pool = await reach_pool(call, request.path)
    wrong = WrongLines()
    definitions = await knowing_all(call, await definitions_of(call), "Giveaway")
    lines = GiveawayLines(request.body, definitions, wrong)
    import_id = await begin_import(call, ENTITY)
    amount = 0
    for chunk in in_chunks(lines.read(), ROWS_PER_STATEMENT):
        if not wrong:
            await giveaways.add_giveaways(call.db, call.caller.account_id, pool.id, chunk, call.now, import_id)
            amount += len(chunk)
    wrong.settle()
    return await finish_import(call, import_id, ENTITY, amount)


async def export_giveaways(call: Call[object], request: Request[PoolPath, ExportQuery, None]) -> Reply:
    """A file of a pool's giveaways."""
    pool = await reach_pool(call, request.path)
    query, account_id = request.query, call.caller.account_id
    return await csv_reply(
        lambda write: giveaways.export_giveaways(
            call.db, account_id, pool.id, query.created_before, query.created_after, write
        )
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/giveaways/pools/{poolId}/import",
        operation_id="importPoolGiveaways",
        summary="Add the giveaways of a CSV file to a pool",
        access=Access.MANAGEMENT,
        run=import_giveaways,
        path_params=PoolPath,
        body=Upload,
        replies={200: Import},
        problems=(400, 404),
        tag="Giveaways",
    ),
    Operation(
        method="GET",
        path="/v1/giveaways/pools/{poolId}/export",
        operation_id="exportPoolGiveaways",
        summary="Write the giveaways of a pool into a CSV file",
        access=Access.MANAGEMENT,
        run=export_giveaways,
        path_params=PoolPath,
        query=ExportQuery,
        replies={200: Csv},
        problems=(400, 404),
        tag="Giveaways",
    ),
)
