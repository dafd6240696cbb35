"""What staff do with rulesets: list, read, create, change and delete them.

A ruleset is one version of a campaign's rules. Saving rules usually means a new version; the campaign says which one is
in force. Rules that do not compile are refused when they are saved, with every mistake.
"""

from msgspec import Struct

from largesse.api.models.ruleset import Ruleset
from largesse.api.reach import reach_application, reach_campaign
from largesse.api.rulesets.check import check_ruleset, refuse_beyond_items
from largesse.api.rulesets.wire import NewRuleset, accept_ruleset, plain_json, show_ruleset
from largesse.api.sorting import sort_of
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
from largesse.plumbing.problems import NotFound
from largesse.storage import rulesets
from largesse.storage.campaigns import StoredCampaign, activate_ruleset
from largesse.storage.definitions import read_definitions
from largesse.storage.rulesets import CampaignKey

SORTABLE = ("id", "created", "activatedAt")


class RulesetsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of a campaign's rulesets."""

    application_id: int
    campaign_id: int


class RulesetPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one ruleset."""

    application_id: int
    campaign_id: int
    ruleset_id: int


async def get_rulesets(call: Call[object], request: Request[RulesetsPath, Paging, None]) -> Reply:
    """All versions of a campaign's rules."""
    campaign = await reach_campaign(call, request.path.application_id, request.path.campaign_id)
    found = await rulesets.list_rulesets(
        call.db,
        _key(call, campaign),
        sort=sort_of(request.query, SORTABLE),
        page_size=request.query.page_size,
        skip=request.query.skip,
    )
    return ok(page([show_ruleset(ruleset, campaign.active_ruleset_id) for ruleset in found.entries], found.total))


async def get_ruleset(call: Call[object], request: Request[RulesetPath, None, None]) -> Reply:
    """One version of a campaign's rules."""
    campaign = await reach_campaign(call, request.path.application_id, request.path.campaign_id)
    ruleset = await rulesets.find_ruleset(call.db, _key(call, campaign), request.path.ruleset_id)
    if ruleset is None:
        raise _no_ruleset()
    return ok(show_ruleset(ruleset, campaign.active_ruleset_id))


async def create_ruleset(call: Call[object], request: Request[RulesetsPath, None, NewRuleset]) -> Reply:
    """A new version; in force at once when it says so, or when it says nothing and no other is."""
    campaign = await _checked_campaign(call, request.path.application_id, request.path.campaign_id, request.body)
    key = _key(call, campaign)
    asked = given(request.body.activate)
    in_force = campaign.active_ruleset_id is None if asked is None else asked
    ruleset = await rulesets.create_ruleset(
        call.db,
        key,
        accept_ruleset(request.body),
        call.caller.user_id or 0,
        call.now,
        activated_at=call.now if in_force else None,
    )
    if in_force:
        await activate_ruleset(call.db, key.account_id, key.application_id, key.campaign_id, ruleset.id)
    return created(show_ruleset(ruleset, ruleset.id if in_force else campaign.active_ruleset_id))


async def update_ruleset(call: Call[object], request: Request[RulesetPath, None, NewRuleset]) -> Reply:
    """Other rules in place of these. A version that is in force stays so; another comes into force when it says so."""
    path = request.path
    campaign = await _checked_campaign(call, path.application_id, path.campaign_id, request.body)
    key = _key(call, campaign)
    activates = bool(given(request.body.activate)) and campaign.active_ruleset_id != path.ruleset_id
    activated_at = call.now if activates else None
    settings = accept_ruleset(request.body)
    ruleset = await rulesets.update_ruleset(call.db, key, path.ruleset_id, settings, activated_at=activated_at)
    if ruleset is None:
        raise _no_ruleset()
    if activates:
        await activate_ruleset(call.db, key.account_id, key.application_id, key.campaign_id, ruleset.id)
    return ok(show_ruleset(ruleset, ruleset.id if activates else campaign.active_ruleset_id))


async def delete_ruleset(call: Call[object], request: Request[RulesetPath, None, None]) -> Reply:
    """One version goes. Where it was the one in force, the campaign has no rules until another is activated."""
    path = request.path
    campaign = await reach_campaign(call, path.application_id, path.campaign_id)
    key = _key(call, campaign)
    if not await rulesets.delete_ruleset(call.db, key, path.ruleset_id):
        raise _no_ruleset()
    if campaign.active_ruleset_id == path.ruleset_id:
        await activate_ruleset(call.db, key.account_id, key.application_id, key.campaign_id, None)
    return no_content()


async def _checked_campaign(
    call: Call[object], application_id: int, campaign_id: int, sent: NewRuleset
) -> StoredCampaign:
    """The campaign a ruleset is meant for, after its rules were found to be right."""
    application = await reach_application(call, application_id)
    campaign = await reach_campaign(call, application_id, campaign_id)
    definitions = await read_definitions(call.db, application.account_id, application.id)
    check_ruleset(sent, application, definitions, campaign.id)
    refuse_beyond_items(campaign, plain_json(sent.rules), {})
    return campaign


def _key(call: Call[object], campaign: StoredCampaign) -> CampaignKey:
    return CampaignKey(call.caller.account_id, campaign.application_id, campaign.id)


def _no_ruleset() -> NotFound:
    return NotFound("There is no such ruleset")


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/rulesets",
        operation_id="getRulesets",
        summary="All versions of a campaign's rules",
        access=Access.MANAGEMENT,
        run=get_rulesets,
        path_params=RulesetsPath,
        query=Paging,
        replies={200: Page[Ruleset]},
        problems=(400, 401, 403, 404),
        tag="Campaigns",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/rulesets",
        operation_id="createRuleset",
        summary="Save a new version of a campaign's rules",
        access=Access.MANAGEMENT,
        run=create_ruleset,
        path_params=RulesetsPath,
        body=NewRuleset,
        replies={201: Ruleset},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Campaigns",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/rulesets/{rulesetId}",
        operation_id="getRuleset",
        summary="One version of a campaign's rules",
        access=Access.MANAGEMENT,
        run=get_ruleset,
        path_params=RulesetPath,
        replies={200: Ruleset},
        problems=(401, 403, 404),
        tag="Campaigns",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/rulesets/{rulesetId}",
        operation_id="updateRuleset",
        summary="Replace the rules of one version",
        access=Access.MANAGEMENT,
        run=update_ruleset,
        path_params=RulesetPath,
        body=NewRuleset,
        replies={200: Ruleset},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Campaigns",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}/rulesets/{rulesetId}",
        operation_id="deleteRuleset",
        summary="Delete one version of a campaign's rules",
        access=Access.MANAGEMENT,
        run=delete_ruleset,
        path_params=RulesetPath,
        replies={204: None},
        problems=(401, 403, 404),
        published=False,
        tag="Campaigns",
    ),
)
