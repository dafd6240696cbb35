"""What shops see of campaigns: those that are running."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from largesse.api.models.running.campaign import IntegrationCampaign, show_running
from largesse.api.resources import Resources
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import PAGE_SIZE_MAX, OpenPage, Skipping, open_page
from largesse.plumbing.http.query import COMMA_SEPARATED
from largesse.plumbing.problems import Invalid, at_parameter
from largesse.storage import campaigns
from largesse.storage.campaigns import RunningFilter

# Published for this list alone; others give a thousand.
PAGE_SIZE_USUAL = 50
# The longest number that is surely an id of ours.
ID_DIGITS_MAX = 18


class RunningQuery(Skipping, frozen=True, kw_only=True):
    """Which running campaigns are wanted; times are inclusive."""

    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE_USUAL
    campaign_ids: Annotated[list[str], COMMA_SEPARATED] | None = None
    start_after: datetime | None = None
    start_before: datetime | None = None
    end_after: datetime | None = None
    end_before: datetime | None = None
    store_id: int | None = None
    audience_id: int | None = None


async def list_running(call: Call[Resources], request: Request[NoPath, RunningQuery, None]) -> Reply:
    """The Application's running campaigns that pass the filters, oldest first."""
    application_id = call.caller.application
    query = request.query
    wanted = RunningFilter(
        campaign_ids=None if query.campaign_ids is None else tuple(map(_id, query.campaign_ids)),
        start_after=query.start_after,
        start_before=query.start_before,
        end_after=query.end_after,
        end_before=query.end_before,
        store_id=query.store_id,
        audience_id=query.audience_id,
    )
    found = await campaigns.list_running(
        call.db,
        call.caller.account_id,
        application_id,
        wanted,
        call.now,
        limit=query.page_size + 1,
        skip=query.skip,
    )
    return ok(open_page([show_running(campaign, application_id) for campaign in found], query.page_size))


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX):
        raise Invalid(errors=[at_parameter("Invalid type", f'"{text}" is not the id of a campaign', "campaignIds")])
    return int(text)


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/integration/campaigns",
        operation_id="integrationGetAllCampaigns",
        summary="List the campaigns that are running",
        access=Access.INTEGRATION,
        run=list_running,
        path_params=NoPath,
        query=RunningQuery,
        replies={200: OpenPage[IntegrationCampaign]},
        problems=(400, 401, 404),
        tag="Campaigns",
    ),
)
