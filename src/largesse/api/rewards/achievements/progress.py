"""What staff ask about progress: how far one customer has come, and all customers of an achievement as a file."""

from typing import Annotated

from msgspec import Meta, Struct

from largesse.api.integration_ids import too_long
from largesse.api.models.rewards.achievement import AchievementProgressWithDefinition, show_with_definition
from largesse.api.reach import reach_application
from largesse.api.rewards.achievements.management import (
    ACHIEVEMENTS,
    ACHIEVEMENTS_PER_PAGE_MAX,
    AchievementPath,
    reach_achievement,
)
from largesse.engine.refusals import TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.downloads import csv_reply
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import OpenPage, Skipping, open_page
from largesse.plumbing.problems import Invalid, at_parameter
from largesse.storage.rewards import achievements


class ProgressPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One customer of an Application, by the shop's own id."""

    application_id: int
    integration_id: str


class ProgressQuery(Skipping, frozen=True, kw_only=True):
    """Which achievements are meant [MA getCustomerProfileAchievementProgress]."""

    page_size: Annotated[int, Meta(ge=1, le=ACHIEVEMENTS_PER_PAGE_MAX)] = ACHIEVEMENTS_PER_PAGE_MAX
    achievement_id: int | None = None
    title: str | None = None


async def get_progress(call: Call[object], request: Request[ProgressPath, ProgressQuery, None]) -> Reply:
    """How far a customer has come with each achievement of an Application; a customer nobody knows has not begun."""
    path, query = request.path, request.query
    if details := too_long(path.integration_id):
        raise Invalid(errors=[at_parameter(TOO_LONG, details, "integrationId")])
    await reach_application(call, path.application_id)
    place = (call.caller.account_id, path.application_id)
    customer = await achievements.find_customer(call.db, *place, path.integration_id)
    if customer is None:
        return ok(open_page(list[AchievementProgressWithDefinition](), query.page_size))
    latest = await achievements.find_iterations(call.db, customer.scope, path.integration_id)
    title = (query.title or "").lower()
    found = [
        show_with_definition(each, latest.get(each.id), call.now, customer.zone)
        for each in await achievements.all_achievements(call.db, *place)
        if query.achievement_id in (None, each.id) and title in each.settings.title.lower()
    ]
    return ok(open_page(found[query.skip : query.skip + query.page_size + 1], query.page_size))


async def export_achievements(call: Call[object], request: Request[AchievementPath, None, None]) -> Reply:
    """A file of all iterations of all customers in an achievement."""
    achievement = await reach_achievement(call, request.path)
    place = (call.caller.account_id, request.path.application_id, achievement.id)
    return await csv_reply(lambda write: achievements.export_iterations(call.db, *place, now=call.now, write=write))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/achievement_progress/{integrationId}",
        operation_id="getCustomerProfileAchievementProgress",
        summary="List how far a customer has come with each achievement",
        access=Access.MANAGEMENT,
        run=get_progress,
        path_params=ProgressPath,
        query=ProgressQuery,
        replies={200: OpenPage[AchievementProgressWithDefinition]},
        problems=(400, 401, 404),
        tag="Achievements",
    ),
    Operation(
        method="GET",
        path=f"{ACHIEVEMENTS}/{{achievementId}}/export",
        operation_id="exportAchievements",
        summary="Write how far customers have come with an achievement into a CSV file",
        access=Access.MANAGEMENT,
        run=export_achievements,
        path_params=AchievementPath,
        replies={200: Csv},
        problems=(400, 401, 404),
        tag="Achievements",
    ),
)
