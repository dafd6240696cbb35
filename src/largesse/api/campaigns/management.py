"""What staff do with campaigns: list, read, create, change and delete them."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from largesse.api.allowed_lists import knowing
from largesse.api.campaigns.placing import choose_place, move
from largesse.api.campaigns.settings import settle, start_with_limits
from largesse.api.campaigns.store_links import stores_of
from largesse.api.campaigns.wire import CampaignBody, NewCampaign, UpdateCampaign
from largesse.api.models.campaign import Campaign, show_campaign
from largesse.api.reach import author_of, reach_application, reach_campaign
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.item_campaigns import excesses
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
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
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import NotFound, at_pointer
from largesse.storage import campaigns, rulesets
from largesse.storage.applications import StoredApplication
from largesse.storage.attributes import attribute_definitions
from largesse.storage.campaigns import CampaignFilter
from largesse.storage.evaluation_groups import count_version
from largesse.storage.outgoing.telling import telling_tree
from largesse.storage.rulesets import CampaignKey
from largesse.storage.scope import Scope
from largesse.storage.shopping.stores import link_stores

SORTABLE = ("id", "name", "state", "created", "updated", "startTime", "endTime")


class CampaignsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of an Application's campaigns."""

    application_id: int


class CampaignPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one campaign."""

    application_id: int
    campaign_id: int


class CampaignQuery(Paging, frozen=True, kw_only=True, rename="camel"):
    """Which campaigns are wanted."""

    campaign_state: Literal["enabled", "disabled", "archived", "scheduled", "running", "expired", "staged"] | None = (
        None
    )
    name: str | None = None
    tags: list[str] | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    start_before: datetime | None = None
    start_after: datetime | None = None
    end_before: datetime | None = None
    end_after: datetime | None = None
    campaign_group_id: int | None = None
    template_id: int | None = None
    store_id: int | None = None


async def get_campaigns(call: Call[object], request: Request[CampaignsPath, CampaignQuery, None]) -> Reply:
    """The campaigns of an Application that pass the filters."""
    application = await reach_application(call, request.path.application_id)
    query = request.query
    wanted = CampaignFilter(
        state=query.campaign_state,
        name=query.name,
        tags=None if query.tags is None else tuple(query.tags),
        created_before=query.created_before,
        created_after=query.created_after,
        start_before=query.start_before,
        start_after=query.start_after,
        end_before=query.end_before,
        end_after=query.end_after,
        campaign_group_id=query.campaign_group_id,
        template_id=query.template_id,
        store_id=query.store_id,
    )
    found = await campaigns.list_campaigns(
        call.db,
        application.account_id,
        application.id,
        wanted,
        call.now,
        sort=sort_of(query, SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([show_campaign(campaign, call.now) for campaign in found.entries], found.total))


async def get_campaign(call: Call[object], request: Request[CampaignPath, None, None]) -> Reply:
    """One campaign."""
    campaign = await reach_campaign(call, request.path.application_id, request.path.campaign_id)
    return ok(show_campaign(campaign, call.now))


async def create_campaign(call: Call[object], request: Request[CampaignsPath, None, NewCampaign]) -> Reply:
    """A new campaign, which starts with the Application's limits and without rules."""
    application = await reach_application(call, request.path.application_id)
    if given(request.body.active_ruleset_id):
        _refuse_ruleset()
    definitions = await _definitions(call, application, request.body)
    store_ids, errors = await stores_of(call, application, request.body)
    settled = settle(request.body, application, definitions, errors)
    settings = start_with_limits(settled, application.settings.limits)
    author = await author_of(call)
    place = await choose_place(call, application, given(request.body.evaluation_group_id), author)
    campaign_id = await campaigns.create_campaign(
        call.db,
        application.account_id,
        application.id,
        settings,
        author,
        call.now,
        group_id=place.group_id,
        position=place.position,
    )
    if store_ids:
        await link_stores(call.db, Scope(application.account_id, application.id), campaign_id, store_ids)
    return created(show_campaign(await reach_campaign(call, application.id, campaign_id), call.now))


async def update_campaign(call: Call[object], request: Request[CampaignPath, None, UpdateCampaign]) -> Reply:
    """New settings for a campaign, and perhaps another of its rulesets in force."""
    path = request.path
    application = await reach_application(call, path.application_id)
    before = await reach_campaign(call, path.application_id, path.campaign_id)
    definitions = await _definitions(call, application, request.body)
    store_ids, errors = await stores_of(call, application, request.body, before)
    settings = settle(request.body, application, definitions, errors)
    key = CampaignKey(application.account_id, application.id, before.id)
    ruleset_id = given(request.body.active_ruleset_id)
    if settings.type == "cartItem":
        await _refuse_beyond_items(call, key, ruleset_id or before.active_ruleset_id)
    if ruleset_id is not None and ruleset_id != before.active_ruleset_id:
        await _put_in_force(call, key, ruleset_id)
    author = await author_of(call)
    await move(call, application, before, given(request.body.evaluation_group_id), author)
    await campaigns.update_campaign(
        call.db, key.account_id, key.application_id, key.campaign_id, settings, author, call.now
    )
    if not before.stores_imported and store_ids != before.linked_store_ids:
        await link_stores(call.db, Scope(application.account_id, application.id), before.id, store_ids)
    return ok(show_campaign(await reach_campaign(call, path.application_id, path.campaign_id), call.now))


async def delete_campaign(call: Call[object], request: Request[CampaignPath, None, None]) -> Reply:
    """A campaign goes with its rulesets, coupons and budgets; sessions keep the effects it gave."""
    path = request.path
    application = await reach_application(call, path.application_id)
    await count_version(call.db, application.account_id, application.id, (await author_of(call)).name)
    if not await campaigns.delete_campaign(call.db, call.caller.account_id, path.application_id, path.campaign_id):
        raise NotFound("There is no such campaign")
    return no_content()


async def _refuse_beyond_items(call: Call[object], campaign: CampaignKey, ruleset_id: int | None) -> None:
    """Refuses the type cartItem while the rules in force give effects about the whole session."""
    ruleset = None if ruleset_id is None else await rulesets.find_ruleset(call.db, campaign, ruleset_id)
    if ruleset is None:
        return
    names = dict.fromkeys(each.name for each in excesses(msgspec.json.decode(ruleset.settings.rules)))
    refuse_if_any([at_pointer(INVALID_VALUE, f"its rules give {', '.join(names)}", "/type")] if names else [])


async def _definitions(call: Call[object], application: StoredApplication, sent: CampaignBody) -> AttributeDefinitions:
    """The attributes that a campaign and its coupons may have, to accept those sent."""
    known = AttributeDefinitions(await attribute_definitions(call.db, application.account_id), application.id)
    of_coupons = known.listed("Coupon", given(sent.coupon_attributes) or {})
    return await knowing(call, known, "Campaign", given(sent.attributes), beside=of_coupons)


async def _put_in_force(call: Call[object], campaign: CampaignKey, ruleset_id: int) -> None:
    if not await rulesets.stamp_ruleset(call.db, campaign, ruleset_id, call.now):
        _refuse_ruleset()
    await campaigns.activate_ruleset(
        call.db, campaign.account_id, campaign.application_id, campaign.campaign_id, ruleset_id
    )


def _refuse_ruleset() -> None:
    refuse_if_any([at_pointer("Unknown", "The campaign has no such ruleset", "/activeRulesetId")])


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/campaigns",
        operation_id="getCampaigns",
        summary="The campaigns of an Application, filtered",
        access=Access.MANAGEMENT,
        run=get_campaigns,
        path_params=CampaignsPath,
        query=CampaignQuery,
        replies={200: Page[Campaign]},
        problems=(400, 401, 403, 404),
        tag="Campaigns",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/campaigns",
        operation_id="createCampaign",
        summary="Create a campaign",
        access=Access.MANAGEMENT,
        run=telling_tree(create_campaign),
        path_params=CampaignsPath,
        body=NewCampaign,
        replies={201: Campaign},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Campaigns",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}",
        operation_id="getCampaign",
        summary="One campaign",
        access=Access.MANAGEMENT,
        run=get_campaign,
        path_params=CampaignPath,
        replies={200: Campaign},
        problems=(401, 403, 404),
        tag="Campaigns",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}",
        operation_id="updateCampaign",
        summary="Replace a campaign's settings",
        access=Access.MANAGEMENT,
        run=telling_tree(update_campaign),
        path_params=CampaignPath,
        body=UpdateCampaign,
        replies={200: Campaign},
        problems=(400, 401, 403, 404),
        tag="Campaigns",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}",
        operation_id="deleteCampaign",
        summary="Delete a campaign with its rulesets, coupons and budgets",
        access=Access.MANAGEMENT,
        run=telling_tree(delete_campaign),
        path_params=CampaignPath,
        replies={204: None},
        problems=(401, 403, 404),
        tag="Campaigns",
    ),
)
