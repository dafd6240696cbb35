"""What staff do with coupons: create them from a pattern, find, change and delete them.

Everything here happens in the Application and campaign of the path; what belongs to another is not found.
"""

from msgspec import structs

from largesse.api.codes.coupons.campaign import definitions_of, new_batch_id, place_of, reach_coupon_campaign
from largesse.api.codes.coupons.filters import filter_of
from largesse.api.codes.coupons.terms import accept_batch, accept_new, accept_update, refuse_silent, used_up
from largesse.api.codes.coupons.wire import (
    ApplicationPath,
    ApplicationSearchQuery,
    AttributeQuery,
    CampaignPath,
    CouponPath,
    CouponSearchQuery,
    CouponsQuery,
    DeleteCouponsQuery,
    NewCoupons,
    SilentQuery,
    UpdateCoupon,
    UpdateCouponBatch,
)
from largesse.api.models.coupon import Coupon, show_code, show_coupon
from largesse.api.reach import reach_application
from largesse.engine.codes import coupons as engine
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content, ok
from largesse.plumbing.http.paging import OpenPage, Page, Paging, open_page, ordering, page
from largesse.plumbing.problems import Duplicate, Invalid, NotFound, at_parameter, at_pointer
from largesse.storage.codes import coupons
from largesse.storage.codes.coupons import SORTABLE, CouponFilter

# Every id of ours has fewer; more would not fit into the column.
ID_DIGITS_MAX = 18


async def create_coupons(call: Call[object], request: Request[CampaignPath, SilentQuery, NewCoupons]) -> Reply:
    """Create coupons; the answer holds them when it is not silent."""
    refuse_silent(request.query.silent)
    place = place_of(call, request.path)
    campaign = await reach_coupon_campaign(call, request.path, keep=True)
    definitions = await definitions_of(call, request.path.application_id, given(request.body.attributes))
    new = accept_new(request.body, campaign, definitions)
    batch_id = new_batch_id()
    stored = await coupons.create_coupons(
        call.db, *place, pattern=new.pattern, count=new.count, terms=new.terms, batch_id=batch_id, now=call.now
    )
    if stored < new.count and not new.pattern.placeholders:
        details = f'There is a coupon "{new.pattern.text}" in this Application already'
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/couponPattern"),))
    if stored < new.count:
        raise Invalid(errors=(used_up(new.count),))
    if request.query.silent == "yes":
        return no_content()
    created = await coupons.list_batch(call.db, *place, batch_id)
    return ok(page([show_coupon(coupon) for coupon in created], len(created)))


async def get_coupons_without_total_count(
    call: Call[object], request: Request[CampaignPath, CouponsQuery, None]
) -> Reply:
    """A page of a campaign's coupons, whole or only their codes."""
    query = request.query
    if query.usable is not None and query.redeemed is not None:
        details = "redeemed cannot be used together with usable"
        raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "redeemed"),))
    await reach_coupon_campaign(call, request.path)
    wanted = structs.replace(filter_of(query), campaign_id=request.path.campaign_id)
    found = await _find_page(call, request.path.application_id, query, wanted)
    show = show_code if query.values_only else show_coupon
    return ok(open_page([show(coupon) for coupon in found], query.page_size))


async def search_coupons(
    call: Call[object], request: Request[CampaignPath, CouponSearchQuery, AttributeQuery]
) -> Reply:
    """A page of a campaign's coupons that have all the attributes in the body."""
    await reach_coupon_campaign(call, request.path)
    wanted = structs.replace(filter_of(request.query), campaign_id=request.path.campaign_id, attributes=request.body)
    found = await _find_page(call, request.path.application_id, request.query, wanted)
    return ok(open_page([show_coupon(coupon) for coupon in found], request.query.page_size))


async def search_coupons_of_application(
    call: Call[object], request: Request[ApplicationPath, ApplicationSearchQuery, AttributeQuery]
) -> Reply:
    """The same over all campaigns of an Application."""
    await reach_application(call, request.path.application_id)
    wanted = structs.replace(filter_of(request.query), attributes=request.body)
    found = await _find_page(call, request.path.application_id, request.query, wanted)
    return ok(open_page([show_coupon(coupon) for coupon in found], request.query.page_size))


async def update_coupon(call: Call[object], request: Request[CouponPath, None, UpdateCoupon]) -> Reply:
    """Change one coupon; dates and recipient are removed unless they are sent."""
    campaign = await reach_coupon_campaign(call, request.path, keep=True)
    before = await _reach_coupon(call, request.path)
    definitions = await definitions_of(call, request.path.application_id, given(request.body.attributes))
    terms = accept_update(request.body, before, campaign, definitions)
    await coupons.update_coupon(call.db, call.caller.account_id, request.path.application_id, before.id, terms)
    return ok(show_coupon(await _reach_coupon(call, request.path)))


async def delete_coupon(call: Call[object], request: Request[CouponPath, None, None]) -> Reply:
    """Delete one coupon with its reservations and redemptions."""
    if not await coupons.delete_coupon(call.db, *place_of(call, request.path), _coupon_id(request.path), now=call.now):
        raise NotFound("There is no such coupon")
    return no_content()


async def update_coupon_batch(call: Call[object], request: Request[CampaignPath, None, UpdateCouponBatch]) -> Reply:
    """Change all coupons of a batch, or without one of the campaign; dates are removed unless they are sent."""
    campaign = await reach_coupon_campaign(call, request.path, keep=True)
    definitions = await definitions_of(call, request.path.application_id, given(request.body.attributes))
    terms = accept_batch(request.body, campaign, definitions)
    batch_id = request.body.batch_id or None
    changed = await coupons.update_coupon_batch(call.db, *place_of(call, request.path), batch_id, terms)
    if batch_id is not None and not changed:
        details = "There is no such batch in this campaign"
        raise Invalid(errors=(at_pointer("Unknown", details, "/batchID"),))
    return no_content()


async def delete_coupons(call: Call[object], request: Request[CampaignPath, DeleteCouponsQuery, None]) -> Reply:
    """Delete the campaign's coupons that pass the filters; without any filter all of them."""
    await reach_coupon_campaign(call, request.path)
    wanted = structs.replace(filter_of(request.query), campaign_id=request.path.campaign_id)
    await coupons.delete_coupons(call.db, call.caller.account_id, request.path.application_id, wanted, now=call.now)
    return no_content()


def _coupon_id(path: CouponPath) -> int:
    """The number in the path; anything else names no coupon."""
    if not path.coupon_id.isascii() or not path.coupon_id.isdigit() or len(path.coupon_id) > ID_DIGITS_MAX:
        raise NotFound("There is no such coupon")
    return int(path.coupon_id)


async def _reach_coupon(call: Call[object], path: CouponPath) -> engine.Coupon:
    coupon = await coupons.find_coupon(call.db, *place_of(call, path), _coupon_id(path))
    if coupon is None:
        raise NotFound("There is no such coupon")
    return coupon


async def _find_page(
    call: Call[object], application_id: int, query: Paging, wanted: CouponFilter
) -> list[engine.Coupon]:
    """One page and one coupon more, which tells that there is another page."""
    column, is_descending = ordering(query, SORTABLE, default="id")
    return await coupons.list_coupons(
        call.db,
        call.caller.account_id,
        application_id,
        wanted,
        now=call.now,
        by=column,
        is_descending=is_descending,
        rows_max=query.page_size + 1,
        skip=query.skip,
    )


CAMPAIGN_COUPONS = "/v1/applications/{applicationId}/campaigns/{campaignId}/coupons"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=CAMPAIGN_COUPONS,
        operation_id="createCoupons",
        summary="Create coupons from a pattern",
        access=Access.MANAGEMENT,
        run=create_coupons,
        path_params=CampaignPath,
        query=SilentQuery,
        body=NewCoupons,
        replies={200: Page[Coupon], 204: None},
        problems=(400, 404, 409),
        tag="Coupons",
    ),
    Operation(
        method="GET",
        path=f"{CAMPAIGN_COUPONS}/no_total",
        operation_id="getCouponsWithoutTotalCount",
        summary="List the coupons of a campaign",
        access=Access.MANAGEMENT,
        run=get_coupons_without_total_count,
        path_params=CampaignPath,
        query=CouponsQuery,
        replies={200: OpenPage[Coupon]},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/coupons_search_advanced/no_total",
        operation_id="searchCouponsAdvancedWithoutTotalCount",
        summary="List the coupons of a campaign that have certain attributes",
        access=Access.MANAGEMENT,
        run=search_coupons,
        path_params=CampaignPath,
        query=CouponSearchQuery,
        body=AttributeQuery,
        replies={200: OpenPage[Coupon]},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/coupons_search_advanced/no_total",
        operation_id="searchCouponsAdvancedApplicationWideWithoutTotalCount",
        summary="List the coupons of an Application that have certain attributes",
        access=Access.MANAGEMENT,
        run=search_coupons_of_application,
        path_params=ApplicationPath,
        query=ApplicationSearchQuery,
        body=AttributeQuery,
        replies={200: OpenPage[Coupon]},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="PUT",
        path=f"{CAMPAIGN_COUPONS}/{{couponId}}",
        operation_id="updateCoupon",
        summary="Change a coupon",
        access=Access.MANAGEMENT,
        run=update_coupon,
        path_params=CouponPath,
        body=UpdateCoupon,
        replies={200: Coupon},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="DELETE",
        path=f"{CAMPAIGN_COUPONS}/{{couponId}}",
        operation_id="deleteCoupon",
        summary="Delete a coupon",
        access=Access.MANAGEMENT,
        run=delete_coupon,
        path_params=CouponPath,
        replies={204: None},
        problems=(404,),
        tag="Coupons",
    ),
    Operation(
        method="PUT",
        path=CAMPAIGN_COUPONS,
        operation_id="updateCouponBatch",
        summary="Change all coupons of a batch or of a campaign",
        access=Access.MANAGEMENT,
        run=update_coupon_batch,
        path_params=CampaignPath,
        body=UpdateCouponBatch,
        replies={204: None},
        problems=(400, 404),
        tag="Coupons",
    ),
    Operation(
        method="DELETE",
        path=CAMPAIGN_COUPONS,
        operation_id="deleteCoupons",
        summary="Delete the coupons of a campaign that pass the filters",
        access=Access.MANAGEMENT,
        run=delete_coupons,
        path_params=CampaignPath,
        query=DeleteCouponsQuery,
        replies={204: None},
        problems=(400, 404),
        tag="Coupons",
    ),
)
