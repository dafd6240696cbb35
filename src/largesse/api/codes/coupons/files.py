"""Coupons from CSV files and into CSV files. An import is stored whole or not at all."""

from largesse.api.codes.coupons.campaign import definitions_for_file, new_batch_id, reach_coupon_campaign
from largesse.api.codes.coupons.filters import filter_of
from largesse.api.codes.coupons.importing import CouponLines
from largesse.api.codes.coupons.wire import ApplicationPath, CampaignPath, ExportQuery, ImportQuery
from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.reach import reach_application
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import WrongLines, in_chunks
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request
from largesse.plumbing.http.paging import order_of
from largesse.storage.codes import coupon_files
from largesse.storage.codes.coupon_files import Export
from largesse.storage.codes.coupons import SORTABLE
from largesse.storage.codes.deleted_coupons import DELETED_SHOWN

# Few enough that reading them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 2_000

ENTITY = "Coupon"


async def import_coupons(call: Call[object], request: Request[CampaignPath, ImportQuery, Upload]) -> Reply:
    """Create the coupons of a file; a code that exists already refuses the file unless duplicates are to be skipped."""
    path = request.path
    campaign = await reach_coupon_campaign(call, path, keep=True)
    wrong = WrongLines()
    lines = CouponLines(request.body, campaign, await definitions_for_file(call, path.application_id), wrong)
    import_id, batch_id = await begin_import(call, ENTITY), new_batch_id()
    amount = 0
    for chunk in in_chunks(lines.read(), ROWS_PER_STATEMENT):
        if wrong:
            continue
        refused = await coupon_files.insert_imported(
            call.db,
            call.caller.account_id,
            path.application_id,
            path.campaign_id,
            sent=[coupon for _, coupon in chunk],
            batch_id=batch_id,
            import_id=import_id,
            now=call.now,
        )
        amount += len(chunk) - len(refused)
        for index in () if request.query.skip_duplicates else refused:
            line, coupon = chunk[index]
            wrong.add(line, "Duplicate", f'There is a coupon "{coupon.code}" in this Application already')
    wrong.settle()
    await coupon_files.renew_statistics(call.db, amount)
    return await finish_import(call, import_id, ENTITY, amount)


async def export_coupons(call: Call[object], request: Request[ApplicationPath, ExportQuery, None]) -> Reply:
    """A file of the coupons that pass the filters, of all campaigns unless one is named."""
    query, application_id = request.query, request.path.application_id
    await reach_application(call, application_id)
    order = order_of(query.sort, SORTABLE, default="id")
    earliest = call.now - DELETED_SHOWN
    is_deleted = query.deleted_before is not None or query.deleted_after is not None
    export = Export(
        by=order.by,
        is_descending=order.is_descending,
        for_spreadsheets=query.date_format == "excel",
        values_only=query.values_only,
        is_deleted=is_deleted,
        deleted_after=max(query.deleted_after or earliest, earliest),
        deleted_before=query.deleted_before,
    )
    wanted, account_id = filter_of(query), call.caller.account_id
    return await csv_reply(
        lambda write: coupon_files.export_coupons(
            call.db, account_id, application_id, wanted, export, now=call.now, write=write
        )
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/import_coupons",
        operation_id="importCoupons",
        summary="Create the coupons of a CSV file",
        access=Access.MANAGEMENT,
        run=import_coupons,
        path_params=CampaignPath,
        query=ImportQuery,
        body=Upload,
        replies={200: Import},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/export_coupons",
        operation_id="exportCoupons",
        summary="Write coupons into a CSV file",
        access=Access.MANAGEMENT,
        run=export_coupons,
        path_params=ApplicationPath,
        query=ExportQuery,
        replies={200: Csv},
        problems=(400, 404),
        tag="Coupons",
    ),
)
