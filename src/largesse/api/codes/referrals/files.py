"""Referrals from CSV files and into CSV files. An import is stored whole or not at all."""

import string

from largesse.api.allowed_lists import knowing_all
from largesse.api.codes.referrals.importing import ReferralLines
from largesse.api.codes.referrals.wire import ApplicationPath, CampaignPath, ExportQuery
from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.reach import reach_application
from largesse.engine.attributes import AttributeDefinitions, Entity
from largesse.engine.formats.codes import CodePattern, bytes_for, draw
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import WrongLines, in_chunks
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import NotFound
from largesse.storage.attributes import attribute_definitions
from largesse.storage.codes import referral_files
from largesse.storage.codes.referral_files import ExportFilter
from largesse.storage.codes.referrals import find_referral_campaign

BATCH_ID = CodePattern("#" * 8, string.ascii_lowercase)

# Few enough that reading them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 2_000

ENTITY: Entity = "Referral"


async def import_referrals(call: Call[object], request: Request[CampaignPath, None, Upload]) -> Reply:
    """Create the referrals of a file; a code that exists already refuses it. Advocates need no profile yet."""
    path, account_id = request.path, call.caller.account_id
    campaign = await find_referral_campaign(call.db, account_id, path.application_id, path.campaign_id)
    if campaign is None:
        raise NotFound("There is no such campaign")
    stored = AttributeDefinitions(await attribute_definitions(call.db, account_id, ENTITY), path.application_id)
    wrong = WrongLines()
    lines = ReferralLines(request.body, campaign, await knowing_all(call, stored, ENTITY), wrong)
    import_id, amount = await begin_import(call, ENTITY), 0
    batch_id = draw(BATCH_ID, random_bytes(bytes_for(BATCH_ID, 8)))[0]
    for chunk in in_chunks(lines.read(), ROWS_PER_STATEMENT):
        if wrong:
            continue
        refused = await referral_files.insert_imported(
            call.db,
            account_id,
            path.application_id,
            path.campaign_id,
            sent=[referral for _, referral in chunk],
            batch_id=batch_id,
            import_id=import_id,
            now=call.now,
        )
        amount += len(chunk) - len(refused)
        for index in refused:
            line, referral = chunk[index]
            wrong.add(line, "Duplicate", f'There is a referral "{referral.code}" in this Application already')
    wrong.settle()
    return await finish_import(call, import_id, ENTITY, amount)


async def export_referrals(call: Call[object], request: Request[ApplicationPath, ExportQuery, None]) -> Reply:
    """A file of the referrals that pass the filters, of all campaigns unless one is named."""
    query, application_id, account_id = request.query, request.path.application_id, call.caller.account_id
    await reach_application(call, application_id)
    wanted = ExportFilter(
        campaign_id=query.campaign_id,
        created_before=query.created_before,
        created_after=query.created_after,
        valid=query.valid,
        usable=None if query.usable is None else query.usable == "true",
        batch_id=query.batch_id or None,
        for_spreadsheets=query.date_format == "excel",
    )
    return await csv_reply(
        lambda write: referral_files.export_referrals(
            call.db, account_id, application_id, wanted, now=call.now, write=write
        )
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/import_referrals",
        operation_id="importReferrals",
        summary="Create the referrals of a CSV file",
        access=Access.MANAGEMENT,
        run=import_referrals,
        path_params=CampaignPath,
        body=Upload,
        replies={200: Import},
        problems=(400, 404),
        tag="Referrals",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/export_referrals",
        operation_id="exportReferrals",
        summary="Write referrals into a CSV file",
        access=Access.MANAGEMENT,
        run=export_referrals,
        path_params=ApplicationPath,
        query=ExportQuery,
        replies={200: Csv},
        problems=(400, 404),
        tag="Referrals",
    ),
)
