"""What staff do with referrals: find, change and delete those of a campaign."""

from largesse.api.allowed_lists import knowing
from largesse.api.codes.referrals.terms import accept_update
from largesse.api.codes.referrals.wire import CampaignPath, ReferralPath, ReferralsQuery, UpdateReferral
from largesse.api.models.referral import Referral, show_referral
from largesse.api.reach import reach_campaign
from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.codes import referrals as engine
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content, ok
from largesse.plumbing.http.paging import OpenPage, open_page, ordering
from largesse.plumbing.problems import NotFound
from largesse.storage.attributes import attribute_definitions
from largesse.storage.codes import referrals
from largesse.storage.codes.referrals import SORTABLE, ReferralFilter

# Every id of ours has fewer; more would not fit into the column.
ID_DIGITS_MAX = 18


async def get_referrals_without_total_count(
    call: Call[object], request: Request[CampaignPath, ReferralsQuery, None]
) -> Reply:
    """A page of a campaign's referrals; an empty filter filters nothing."""
    path, query = request.path, request.query
    await reach_campaign(call, path.application_id, path.campaign_id)
    column, is_descending = ordering(query, SORTABLE, default="id")
    found = await referrals.list_referrals(
        call.db,
        call.caller.account_id,
        path.application_id,
        path.campaign_id,
        ReferralFilter(
            code=query.code or None,
            created_before=query.created_before,
            created_after=query.created_after,
            valid=query.valid,
            usable=None if query.usable is None else query.usable == "true",
            advocate=query.advocate or None,
        ),
        now=call.now,
        by=column,
        is_descending=is_descending,
        rows_max=query.page_size + 1,
        skip=query.skip,
    )
    return ok(open_page([show_referral(referral) for referral in found], query.page_size))


async def update_referral(call: Call[object], request: Request[ReferralPath, None, UpdateReferral]) -> Reply:
    """Change one referral; dates and friend are removed unless they are sent."""
    path = request.path
    before = await _reach_referral(call, path)
    stored = await attribute_definitions(call.db, call.caller.account_id, "Referral")
    known = AttributeDefinitions(stored, path.application_id)
    known = await knowing(call, known, "Referral", given(request.body.attributes))
    terms = accept_update(request.body, before, known)
    await referrals.update_referral(call.db, call.caller.account_id, path.application_id, before.id, terms)
    return ok(show_referral(await _reach_referral(call, path)))


async def delete_referral(call: Call[object], request: Request[ReferralPath, None, None]) -> Reply:
    """Delete one referral; whom it has referred is not forgotten."""
    path = request.path
    place = (call.caller.account_id, path.application_id, path.campaign_id)
    if not await referrals.delete_referral(call.db, *place, _referral_id(path)):
        raise NotFound("There is no such referral")
    return no_content()


async def _reach_referral(call: Call[object], path: ReferralPath) -> engine.Referral:
    place = (call.caller.account_id, path.application_id, path.campaign_id)
    referral = await referrals.find_referral(call.db, *place, _referral_id(path))
    if referral is None:
        raise NotFound("There is no such referral")
    return referral


def _referral_id(path: ReferralPath) -> int:
    """The number in the path; anything else names no referral."""
    if not path.referral_id.isascii() or not path.referral_id.isdigit() or len(path.referral_id) > ID_DIGITS_MAX:
        raise NotFound("There is no such referral")
    return int(path.referral_id)


REFERRALS = "/v1/applications/{applicationId}/campaigns/{campaignId}/referrals"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path=f"{REFERRALS}/no_total",
        operation_id="getReferralsWithoutTotalCount",
        summary="List the referrals of a campaign",
        access=Access.MANAGEMENT,
        run=get_referrals_without_total_count,
        path_params=CampaignPath,
        query=ReferralsQuery,
        replies={200: OpenPage[Referral]},
        problems=(400, 404),
        tag="Referrals",
    ),
    Operation(
        method="PUT",
        path=f"{REFERRALS}/{{referralId}}",
        operation_id="updateReferral",
        summary="Change a referral",
        access=Access.MANAGEMENT,
        run=update_referral,
        path_params=ReferralPath,
        body=UpdateReferral,
        replies={200: Referral},
        problems=(400, 404),
        tag="Referrals",
    ),
    Operation(
        method="DELETE",
        path=f"{REFERRALS}/{{referralId}}",
        operation_id="deleteReferral",
        summary="Delete a referral",
        access=Access.MANAGEMENT,
        run=delete_referral,
        path_params=ReferralPath,
        replies={204: None},
        problems=(404,),
        tag="Referrals",
    ),
)
