"""What staff do with achievements: define, list, change and delete those of a campaign."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.rewards.achievement import (
    Achievement,
    CreateAchievement,
    UpdateAchievement,
    show_achievement,
)
from largesse.api.reach import author_of, reach_campaign
from largesse.api.rewards.achievements.terms import accept_new, accept_update
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Skipping
from largesse.plumbing.problems import Duplicate, NotFound, at_pointer
from largesse.storage.rewards import achievements
from largesse.storage.rewards.achievements import AchievementTaken, StoredAchievement

# Published for this list.
ACHIEVEMENTS_PER_PAGE_MAX = 50


class CampaignPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One campaign."""

    application_id: int
    campaign_id: int


class AchievementPath(CampaignPath, frozen=True, kw_only=True, rename="camel"):
    """One achievement of a campaign."""

    achievement_id: int


class AchievementsQuery(Skipping, frozen=True, kw_only=True):
    """A page of a campaign's achievements, those whose title holds a text [MA listAchievements]."""

    page_size: Annotated[int, Meta(ge=1, le=ACHIEVEMENTS_PER_PAGE_MAX)] = ACHIEVEMENTS_PER_PAGE_MAX
    title: str | None = None


class AchievementsPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """One page of a campaign's achievements, and whether another follows [MA listAchievements]."""

    has_more: bool | UnsetType = UNSET
    data: list[Achievement]


async def create_achievement(call: Call[object], request: Request[CampaignPath, None, CreateAchievement]) -> Reply:
    """Define an achievement; its name and its title are unique in the Application."""
    path = request.path
    await reach_campaign(call, path.application_id, path.campaign_id)
    settings = accept_new(request.body)
    place = (call.caller.account_id, path.application_id, path.campaign_id)
    author = await author_of(call)
    try:
        stored = await achievements.create_achievement(call.db, *place, request.body.name, settings, author, call.now)
    except AchievementTaken as taken:
        raise _duplicate(taken) from None
    return created(show_achievement(stored, call.now))


async def list_achievements(call: Call[object], request: Request[CampaignPath, AchievementsQuery, None]) -> Reply:
    """The achievements of a campaign."""
    path, query = request.path, request.query
    await reach_campaign(call, path.application_id, path.campaign_id)
    place = (call.caller.account_id, path.application_id, path.campaign_id)
    found = await achievements.list_achievements(
        call.db, *place, title=query.title or None, rows_max=query.page_size + 1, skip=query.skip
    )
    shown = [show_achievement(each, call.now) for each in found[: query.page_size]]
    return ok(AchievementsPage(has_more=len(found) > query.page_size, data=shown))


async def get_achievement(call: Call[object], request: Request[AchievementPath, None, None]) -> Reply:
    """One achievement."""
    return ok(show_achievement(await reach_achievement(call, request.path), call.now))


async def update_achievement(call: Call[object], request: Request[AchievementPath, None, UpdateAchievement]) -> Reply:
    """Change an achievement. What decides over progress stays once there is some; a name in the body is ignored."""
    path = request.path
    before = await reach_achievement(call, path)
    settings = accept_update(request.body, before)
    try:
        await achievements.update_achievement(call.db, call.caller.account_id, path.application_id, before.id, settings)
    except AchievementTaken as taken:
        raise _duplicate(taken) from None
    return ok(show_achievement(await reach_achievement(call, path), call.now))


async def delete_achievement(call: Call[object], request: Request[AchievementPath, None, None]) -> Reply:
    """Delete an achievement, and with it how far customers had come."""
    if not await achievements.delete_achievement(call.db, *_place(call, request.path)):
        raise NotFound("There is no such achievement")
    return no_content()


async def reach_achievement(call: Call[object], path: AchievementPath) -> StoredAchievement:
    """The achievement in the path. Raises `NotFound`."""
    stored = await achievements.find_achievement(call.db, *_place(call, path))
    if stored is None:
        raise NotFound("There is no such achievement")
    return stored


def _place(call: Call[object], path: AchievementPath) -> tuple[int, int, int, int]:
    return (call.caller.account_id, path.application_id, path.campaign_id, path.achievement_id)


def _duplicate(taken: AchievementTaken) -> Duplicate:
    details = f"There is another achievement with this {taken.field} in the Application"
    return Duplicate(details, errors=(at_pointer("Duplicate", details, f"/{taken.field}"),))


ACHIEVEMENTS = "/v1/applications/{applicationId}/campaigns/{campaignId}/achievements"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=ACHIEVEMENTS,
        operation_id="createAchievement",
        summary="Define an achievement of a campaign",
        access=Access.MANAGEMENT,
        run=create_achievement,
        path_params=CampaignPath,
        body=CreateAchievement,
        replies={201: Achievement},
        problems=(400, 401, 409),
        tag="Achievements",
    ),
    Operation(
        method="GET",
        path=ACHIEVEMENTS,
        operation_id="listAchievements",
        summary="List the achievements of a campaign",
        access=Access.MANAGEMENT,
        run=list_achievements,
        path_params=CampaignPath,
        query=AchievementsQuery,
        replies={200: AchievementsPage},
        problems=(400, 404),
        tag="Achievements",
    ),
    Operation(
        method="GET",
        path=f"{ACHIEVEMENTS}/{{achievementId}}",
        operation_id="getAchievement",
        summary="Read an achievement",
        access=Access.MANAGEMENT,
        run=get_achievement,
        path_params=AchievementPath,
        replies={200: Achievement},
        problems=(401, 404),
        tag="Achievements",
    ),
    Operation(
        method="PUT",
        path=f"{ACHIEVEMENTS}/{{achievementId}}",
        operation_id="updateAchievement",
        summary="Change an achievement",
        access=Access.MANAGEMENT,
        run=update_achievement,
        path_params=AchievementPath,
        body=UpdateAchievement,
        replies={200: Achievement},
        problems=(400, 401, 404),
        tag="Achievements",
    ),
    Operation(
        method="DELETE",
        path=f"{ACHIEVEMENTS}/{{achievementId}}",
        operation_id="deleteAchievement",
        summary="Delete an achievement with the progress in it",
        access=Access.MANAGEMENT,
        run=delete_achievement,
        path_params=AchievementPath,
        replies={204: None},
        problems=(401, 404),
        tag="Achievements",
    ),
)
