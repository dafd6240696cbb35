"""What staff see of audiences: all of them, how many customers are in each, and who."""

from operator import itemgetter

from largesse.api.customers.audiences.wire import (
    ANALYTICS_IDS_MAX,
    AnalyticsQuery,
    AudiencePath,
    AudiencesQuery,
    MembersQuery,
    MorePage,
    PartialPage,
)
from largesse.api.models.customers.audience import Audience, AudienceAnalytics, show_audience
from largesse.api.models.customers.profile import CustomerProfile, show_profile
from largesse.api.sorting import sort_of
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, ok
from largesse.plumbing.problems import Invalid, NotFound, at_parameter
from largesse.storage.customers import audiences
from largesse.storage.customers.audiences import StoredAudience

SORTABLE = ("id", "name", "created")
MEMBERS_SORTABLE = ("id", "integrationId", "created")
ANALYTICS_SORTABLE = ("audienceId", "membersCount")
# No id is larger; a longer text is none.
ID_DIGITS_MAX = 18


async def get_audiences(call: Call[object], request: Request[NoPath, AudiencesQuery, None]) -> Reply:
    """The account's audiences, of both worlds."""
    query, account_id = request.query, call.caller.account_id
    sort = sort_of(query, SORTABLE)
    found = await audiences.list_audiences(call.db, account_id, sort=sort, limit=query.page_size + 1, skip=query.skip)
    shown = [show_audience(audience) for audience in found[: query.page_size]]
    if query.with_total_result_size:
        return ok(PartialPage(total_result_size=await audiences.count_audiences(call.db, account_id), data=shown))
    return ok(PartialPage(has_more=len(found) > query.page_size, data=shown))


async def get_audiences_analytics(call: Call[object], request: Request[NoPath, AnalyticsQuery, None]) -> Reply:
    """How many customers are in each of some audiences, in the order asked for; ids that are no audience's are left
    out."""
    ids = _ids(request.query.audience_ids)
    counted = await audiences.members_counted(call.db, call.caller.account_id, ids)
    pairs = [(each, counted[each]) for each in ids if each in counted]
    if sort := request.query.sort:
        field = sort.removeprefix("-")
        if field not in ANALYTICS_SORTABLE:
            details = f"sort must be one of the following: {', '.join(ANALYTICS_SORTABLE)}"
            raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "sort"),))
        pairs.sort(key=itemgetter(ANALYTICS_SORTABLE.index(field)), reverse=sort.startswith("-"))
    shown = [AudienceAnalytics(audience_id=audience_id, members_count=members) for audience_id, members in pairs]
    return ok(MorePage(has_more=False, data=shown))


async def get_audience_memberships(call: Call[object], request: Request[AudiencePath, MembersQuery, None]) -> Reply:
    """The customers in an audience."""
    query, account_id = request.query, call.caller.account_id
    audience = await reach_audience(call, request.path)
    found = await audiences.list_members(
        call.db,
        account_id,
        audience,
        search=query.profile_query or None,
        sort=sort_of(query, MEMBERS_SORTABLE),
        limit=query.page_size + 1,
        skip=query.skip,
    )
    listed = found[: query.page_size]
    names = [profile.integration_id for profile in listed]
    memberships = await audiences.audiences_of(call.db, account_id, audience.settings.sandbox, names)
    shown = [show_profile(profile, account_id, memberships.get(profile.integration_id, ())) for profile in listed]
    return ok(MorePage(has_more=len(found) > query.page_size, data=shown))


async def reach_audience(call: Call[object], path: AudiencePath) -> StoredAudience:
    """The account's audience with this id, of whichever world. Raises `NotFound`."""
    audience = await audiences.find_audience(call.db, call.caller.account_id, path.audience_id)
    if audience is None:
        raise NotFound("There is no such audience")
    return audience


def _ids(text: str) -> list[int]:
    """The ids in a text separated by commas, each once. Raises `Invalid` for anything else, and for too many."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) <= ID_DIGITS_MAX for part in parts):
        details = "audienceIds must be ids separated by commas"
        raise Invalid(errors=(at_parameter("Invalid type", details, "audienceIds"),))
    if len(parts) > ANALYTICS_IDS_MAX:
        details = f"audienceIds must not name more than {ANALYTICS_IDS_MAX} audiences"
        raise Invalid(errors=(at_parameter("Too many", details, "audienceIds"),))
    return list(dict.fromkeys(map(int, parts)))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/audiences",
        operation_id="getAudiences",
        summary="List audiences",
        access=Access.MANAGEMENT,
        run=get_audiences,
        path_params=NoPath,
        query=AudiencesQuery,
        replies={200: PartialPage[Audience]},
        tag="Audiences",
    ),
    Operation(
        method="GET",
        path="/v1/audiences/analytics",
        operation_id="getAudiencesAnalytics",
        summary="Count the members of audiences",
        access=Access.MANAGEMENT,
        run=get_audiences_analytics,
        path_params=NoPath,
        query=AnalyticsQuery,
        replies={200: MorePage[AudienceAnalytics]},
        tag="Audiences",
    ),
    Operation(
        method="GET",
        path="/v1/audiences/{audienceId}/memberships",
        operation_id="getAudienceMemberships",
        summary="List the members of an audience",
        access=Access.MANAGEMENT,
        run=get_audience_memberships,
        path_params=AudiencePath,
        query=MembersQuery,
        replies={200: MorePage[CustomerProfile]},
        problems=(404,),
        tag="Audiences",
    ),
)
