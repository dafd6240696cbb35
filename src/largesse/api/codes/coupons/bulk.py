"""Coupons in bulk: for many customers at once, and by jobs that create and delete millions while nobody waits.

What became of a job can be asked for while it is kept; that is ours, with the bodies of the official models.
"""

from largesse.api.codes.coupons.bulk_wire import (
    AsyncCouponCreationResponse,
    AsyncCouponDeletionJobResponse,
    BatchPath,
    CouponCreationJob,
    CouponDeletionJob,
    DeletionPath,
    NewCouponCreationJob,
    NewCouponDeletionJob,
    NewCouponsForMultipleRecipients,
)
from largesse.api.codes.coupons.campaign import definitions_of, new_batch_id, place_of, reach_coupon_campaign
from largesse.api.codes.coupons.shown_jobs import filter_of_deletion, show_creation, show_deletion
from largesse.api.codes.coupons.terms import accept_for_recipients, accept_job, refuse_silent, used_up
from largesse.api.codes.coupons.wire import CampaignPath, SilentQuery
from largesse.api.models.coupon import Coupon, show_coupon
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content, ok
from largesse.plumbing.http.paging import Page, page
from largesse.plumbing.problems import Invalid, NotFound
from largesse.storage.codes import coupons
from largesse.storage.codes.coupon_jobs import (
    CREATION,
    DELETION,
    CouponCreation,
    CouponDeletion,
    creation_of,
    deletion_of,
)
from largesse.storage.jobs.jobs import enqueue_job, find_job, find_job_of_batch


async def create_coupons_for_multiple_recipients(
    call: Call[object], request: Request[CampaignPath, SilentQuery, NewCouponsForMultipleRecipients]
) -> Reply:
    """Create a personal coupon for each customer; the answer holds them when it is not silent."""
    refuse_silent(request.query.silent)
    place = place_of(call, request.path)
    campaign = await reach_coupon_campaign(call, request.path, keep=True)
    definitions = await definitions_of(call, request.path.application_id, given(request.body.attributes))
    recipients, new = accept_for_recipients(request.body, campaign, definitions)
    batch_id = new_batch_id()
    stored = await coupons.create_for_recipients(
        call.db,
        *place,
        pattern=new.pattern,
        recipients=recipients,
        terms=new.terms,
        batch_id=batch_id,
        now=call.now,
    )
    if stored < new.count:
        raise Invalid(errors=(used_up(new.count),))
    if request.query.silent == "yes":
        return no_content()
    created = await coupons.list_batch(call.db, *place, batch_id)
    return ok(page([show_coupon(coupon) for coupon in created], len(created)))


async def create_coupons_async(call: Call[object], request: Request[CampaignPath, None, NewCouponCreationJob]) -> Reply:
    """Have coupons created; the answer is the batch they will have."""
    path = request.path
    campaign = await reach_coupon_campaign(call, path)
    definitions = await definitions_of(call, path.application_id, request.body.attributes)
    new = accept_job(request.body, campaign, definitions)
    batch_id = new_batch_id()
    creation = CouponCreation(
        campaign_id=path.campaign_id, batch_id=batch_id, count=new.count, pattern=new.pattern, terms=new.terms
    )
    await enqueue_job(
        call.db,
        call.caller.account_id,
        path.application_id,
        CREATION,
        creation,
        total=new.count,
        user_id=call.caller.user_id or 0,
        now=call.now,
    )
    return ok(AsyncCouponCreationResponse(batch_id=batch_id))


async def create_coupons_deletion_job(
    call: Call[object], request: Request[CampaignPath, None, NewCouponDeletionJob]
) -> Reply:
    """Have the coupons that pass the filters now deleted; without any filter all of the campaign."""
    path = request.path
    await reach_coupon_campaign(call, path)
    job_id = await enqueue_job(
        call.db,
        call.caller.account_id,
        path.application_id,
        DELETION,
        CouponDeletion(wanted=filter_of_deletion(request.body.filters, path.campaign_id)),
        total=None,
        user_id=call.caller.user_id or 0,
        now=call.now,
    )
    return Reply(202, AsyncCouponDeletionJobResponse(id=job_id))


async def get_coupon_creation_job(call: Call[object], request: Request[BatchPath, None, None]) -> Reply:
    """How far a creation has come, by the batch it makes."""
    path = request.path
    place = (call.caller.account_id, path.application_id)
    job = await find_job_of_batch(call.db, *place, CREATION, path.batch_id)
    if job is None or (creation := creation_of(job.what)).campaign_id != path.campaign_id:
        raise NotFound("There is no such job")
    return ok(show_creation(job, creation, *place))


async def get_coupon_deletion_job(call: Call[object], request: Request[DeletionPath, None, None]) -> Reply:
    """How far a deletion has come."""
    path = request.path
    place = (call.caller.account_id, path.application_id)
    job = await find_job(call.db, *place, DELETION, path.job_id)
    if job is None or (deletion := deletion_of(job.what)).wanted.campaign_id != path.campaign_id:
        raise NotFound("There is no such job")
    return ok(show_deletion(job, deletion, *place))


CAMPAIGN = "/v1/applications/{applicationId}/campaigns/{campaignId}"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=f"{CAMPAIGN}/coupons_with_recipients",
        operation_id="createCouponsForMultipleRecipients",
        summary="Create a coupon for each of many customers",
        access=Access.MANAGEMENT,
        run=create_coupons_for_multiple_recipients,
        path_params=CampaignPath,
        query=SilentQuery,
        body=NewCouponsForMultipleRecipients,
        replies={200: Page[Coupon], 204: None},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="POST",
        path=f"{CAMPAIGN}/coupons_async",
        operation_id="createCouponsAsync",
        summary="Have up to five million coupons created",
        access=Access.MANAGEMENT,
        run=create_coupons_async,
        path_params=CampaignPath,
        body=NewCouponCreationJob,
        replies={200: AsyncCouponCreationResponse},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="GET",
        path=f"{CAMPAIGN}/coupons_async/{{batchId}}",
        operation_id="getCouponCreationJob",
        summary="How far a creation of coupons has come",
        access=Access.MANAGEMENT,
        run=get_coupon_creation_job,
        path_params=BatchPath,
        replies={200: CouponCreationJob},
        problems=(404,),
        published=False,
        tag="Coupons",
    ),
    Operation(
        method="POST",
        path=f"{CAMPAIGN}/coupons_deletion_jobs",
        operation_id="createCouponsDeletionJob",
        summary="Have the coupons that pass the filters deleted",
        access=Access.MANAGEMENT,
        run=create_coupons_deletion_job,
        path_params=CampaignPath,
        body=NewCouponDeletionJob,
        replies={202: AsyncCouponDeletionJobResponse},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="GET",
        path=f"{CAMPAIGN}/coupons_deletion_jobs/{{jobId}}",
        operation_id="getCouponDeletionJob",
        summary="How far a deletion of coupons has come",
        access=Access.MANAGEMENT,
        run=get_coupon_deletion_job,
        path_params=DeletionPath,
        replies={200: CouponDeletionJob},
        problems=(404,),
        published=False,
        tag="Coupons",
    ),
)
