"""The members of audiences from CSV files and into CSV files. An import is stored whole or not at all."""

from collections.abc import Iterator

from largesse.api.customers.audiences.management import reach_audience
from largesse.api.customers.audiences.wire import AudiencePath
from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.integration_ids import too_long
from largesse.engine.customers.audiences import ChangeMembership
from largesse.engine.refusals import REQUIRED, TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import WrongLines, in_chunks, read_rows
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request
from largesse.storage.customers import audiences
from largesse.storage.scope import Scope

COLUMN = "profileintegrationid"

# Few enough that reading them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 2_000

ENTITY = "AudienceMembership"


async def import_members(call: Call[object], request: Request[AudiencePath, None, Upload]) -> Reply:
    """The customers of a file become the members of an audience, and nobody else; new ones get a profile."""
    audience = await reach_audience(call, request.path)
    wrong = WrongLines()
    import_id = await begin_import(call, ENTITY)
    account_id, amount = call.caller.account_id, 0
    # No Application: memberships belong to the account and to one of its worlds.
    scope = Scope(account_id, 0, audience.settings.sandbox)
    await audiences.delete_memberships(call.db, account_id, audience.id, call.now)
    for chunk in in_chunks(_names(request.body, wrong), ROWS_PER_STATEMENT):
        if not wrong:
            joining = [ChangeMembership(name, audience.id, True) for name in dict.fromkeys(chunk)]
            amount += await audiences.save_memberships(call.db, scope, joining, call.now)
    wrong.settle()
    return await finish_import(call, import_id, ENTITY, amount)


async def export_members(call: Call[object], request: Request[AudiencePath, None, None]) -> Reply:
    """A file of an audience's members."""
    audience = await reach_audience(call, request.path)
    account_id = call.caller.account_id
    return await csv_reply(lambda write: audiences.export_members(call.db, account_id, audience.id, write))


def _names(upload: Upload, wrong: WrongLines) -> Iterator[str]:
    """The ids of a file; what is wrong with a line is noted and the line left out."""
    for row in read_rows(upload, (COLUMN,), required=(COLUMN,), wrong=wrong):
        (name,) = row.cells
        if not name:
            wrong.add(row.line, REQUIRED, f"{COLUMN} must not be empty")
        elif details := too_long(name):
            wrong.add(row.line, TOO_LONG, details)
        else:
            yield name


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/audiences/{audienceId}/memberships/import",
        operation_id="importAudiencesMemberships",
        summary="Replace the members of an audience by those in a CSV file",
        access=Access.MANAGEMENT,
        run=import_members,
        path_params=AudiencePath,
        body=Upload,
        replies={200: Import},
        problems=(400, 401, 404),
        tag="Audiences",
    ),
    Operation(
        method="GET",
        path="/v1/audiences/{audienceId}/memberships/export",
        operation_id="exportAudiencesMemberships",
        summary="Write the members of an audience into a CSV file",
        access=Access.MANAGEMENT,
        run=export_members,
        path_params=AudiencePath,
        replies={200: Csv},
        problems=(400, 401, 404),
        tag="Audiences",
    ),
)
