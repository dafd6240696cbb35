"""What shops ask about achievements: what a customer may achieve, and how far the customer has come."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from largesse.api.integration_ids import too_long
from largesse.api.models.rewards.achievement import (
    AchievementProgress,
    AchievementStatusEntry,
    EntryStatus,
    show_entry,
    show_iteration,
)
from largesse.api.resources import Resources
from largesse.engine.refusals import TOO_LONG
from largesse.engine.rewards.achievements import Iteration
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import PAGE_SIZE_MAX, Page, Skipping, page
from largesse.plumbing.http.query import COMMA_SEPARATED
from largesse.plumbing.problems import Invalid, NotFound, at_parameter
from largesse.storage.rewards import achievements
from largesse.storage.rewards.achievements import Customer

Ids = Annotated[list[str], COMMA_SEPARATED]
PageSize = Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)]
CurrentStatus = Literal["inprogress", "completed", "not_started"]
PastStatus = Literal["inprogress", "completed", "expired"]


class CustomerPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One customer, by the shop's own id."""

    integration_id: str


class HistoryPath(CustomerPath, frozen=True, kw_only=True, rename="camel"):
    """One customer's iterations of one achievement."""

    achievement_id: int


class CustomerAchievementsQuery(Skipping, frozen=True, kw_only=True):
    """Which achievements are meant: active ones of all campaigns unless said otherwise [IA getCustomerAchievements]."""

    campaign_ids: Ids | None = None
    achievement_ids: Ids | None = None
    achievement_status: Annotated[list[EntryStatus], COMMA_SEPARATED] | None = None
    current_progress_status: Annotated[list[CurrentStatus], COMMA_SEPARATED] | None = None
    page_size: PageSize = PAGE_SIZE_MAX


class HistoryQuery(Skipping, frozen=True, kw_only=True):
    """Which iterations are meant, by status and start [IA getCustomerAchievementHistory]."""

    progress_status: Annotated[list[PastStatus], COMMA_SEPARATED] | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    page_size: PageSize = PAGE_SIZE_MAX


async def get_achievements(
    call: Call[Resources], request: Request[CustomerPath, CustomerAchievementsQuery, None]
) -> Reply:
    """The achievements that a customer may take part in, now or later, and how far the customer has come with each."""
    query = request.query
    customer = await _customer(call, request.path.integration_id)
    place = (customer.scope.account_id, customer.scope.application_id)
    latest = await achievements.find_iterations(call.db, customer.scope, request.path.integration_id)
    entries = [
        show_entry(stored, latest.get(stored.id), call.now, customer.zone)
        for stored in await achievements.all_achievements(call.db, *place)
        if stored.settings.end_date is None or stored.settings.end_date > call.now
    ]
    found = [entry for entry in entries if _is_wanted(entry, query)]
    return ok(page(found[query.skip : query.skip + query.page_size], len(found)))


async def get_history(call: Call[Resources], request: Request[HistoryPath, HistoryQuery, None]) -> Reply:
    """A customer's iterations of one achievement, the latest first."""
    path, query = request.path, request.query
    customer = await _customer(call, path.integration_id)
    place = (customer.scope.account_id, customer.scope.application_id)
    if path.achievement_id not in await achievements.achievement_definitions(call.db, *place):
        raise NotFound("There is no such achievement")
    found = await achievements.history(
        call.db,
        customer.scope,
        path.integration_id,
        path.achievement_id,
        started_from=query.start_date,
        started_until=query.end_date,
        statuses=query.progress_status,
        now=call.now,
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([_show(each, call.now) for each in found.entries], found.total))


def _show(iteration: Iteration, now: datetime) -> AchievementProgress:
    if iteration.completion_date is not None:
        return show_iteration(iteration, "completed")
    return show_iteration(iteration, "expired" if iteration.is_over(now) else "inprogress")


def _is_wanted(entry: AchievementStatusEntry, query: CustomerAchievementsQuery) -> bool:
    wanted = (
        (query.campaign_ids, str(entry.campaign_id)),
        (query.achievement_ids, str(entry.id)),
        (query.achievement_status or ["active"], entry.status),
        (query.current_progress_status, entry.current_progress and entry.current_progress.status),
    )
    return all(not allowed or value in allowed for allowed, value in wanted)


async def _customer(call: Call[Resources], profile_id: str) -> Customer:
    if details := too_long(profile_id):
        raise Invalid(errors=[at_parameter(TOO_LONG, details, "integrationId")])
    place = (call.caller.account_id, call.caller.application)
    customer = await achievements.find_customer(call.db, *place, profile_id)
    if customer is None:
        raise NotFound("There is no such customer profile")
    return customer


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/customer_profiles/{integrationId}/achievements",
        operation_id="getCustomerAchievements",
        summary="List what a customer may achieve, and how far the customer has come",
        access=Access.INTEGRATION,
        run=get_achievements,
        path_params=CustomerPath,
        query=CustomerAchievementsQuery,
        replies={200: Page[AchievementStatusEntry]},
        problems=(400, 401, 404),
        tag="Achievements",
    ),
    Operation(
        method="GET",
        path="/v1/customer_profiles/{integrationId}/achievements/{achievementId}",
        operation_id="getCustomerAchievementHistory",
        summary="List a customer's iterations of an achievement",
        access=Access.INTEGRATION,
        run=get_history,
        path_params=HistoryPath,
        query=HistoryQuery,
        replies={200: Page[AchievementProgress]},
        problems=(400, 401, 404),
        tag="Achievements",
    ),
)
