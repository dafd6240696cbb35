"""Rulesets in the structured form: read any, write blocks. Both forms are one ruleset, under one id."""

from largesse.api.models.structured_ruleset import RulesetV2
from largesse.api.reach import reach_application, reach_campaign
from largesse.api.rulesets.check import check_structured_ruleset, refuse_beyond_items
from largesse.api.rulesets.management import RulesetPath, RulesetsPath
from largesse.api.rulesets.structured_wire import NewRulesetV2, accept_structured, plain_ruleset, show_structured
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, created, ok
from largesse.plumbing.problems import NotFound
from largesse.storage import rulesets
from largesse.storage.campaigns import StoredCampaign, activate_ruleset
from largesse.storage.definitions import read_definitions
from largesse.storage.rulesets import CampaignKey, RulesetSettings, StoredRuleset


async def get_ruleset_v2(call: Call[object], request: Request[RulesetPath, None, None]) -> Reply:
    """One version of a campaign's rules as blocks, in whichever form it was written."""
    campaign = await reach_campaign(call, request.path.application_id, request.path.campaign_id)
    ruleset = await rulesets.find_ruleset(call.db, _key(call, campaign), request.path.ruleset_id)
    if ruleset is None:
        raise NotFound("There is no such ruleset")
    return ok(await _shown(call, campaign, ruleset))


async def create_ruleset_v2(call: Call[object], request: Request[RulesetsPath, None, NewRulesetV2]) -> Reply:
    """A new version; in force at once when it says so, or when it says nothing and no other is."""
    campaign, settings = await _checked(call, request.path.application_id, request.path.campaign_id, request.body)
    key = _key(call, campaign)
    asked = given(request.body.activate)
    in_force = campaign.active_ruleset_id is None if asked is None else asked
    ruleset = await rulesets.create_ruleset(
        call.db,
        key,
        settings,
        call.caller.user_id or 0,
        call.now,
        activated_at=call.now if in_force else None,
    )
    if in_force:
        await activate_ruleset(call.db, key.account_id, key.application_id, key.campaign_id, ruleset.id)
    return created(await _shown(call, campaign, ruleset))


async def update_ruleset_v2(call: Call[object], request: Request[RulesetPath, None, NewRulesetV2]) -> Reply:
    """Other rules in place of these. A version that is in force stays so; another comes into force when it says so."""
    path = request.path
    campaign, settings = await _checked(call, path.application_id, path.campaign_id, request.body)
    key = _key(call, campaign)
    activates = bool(given(request.body.activate)) and campaign.active_ruleset_id != path.ruleset_id
    activated_at = call.now if activates else None
    ruleset = await rulesets.update_ruleset(call.db, key, path.ruleset_id, settings, activated_at=activated_at)
    if ruleset is None:
        raise NotFound("There is no such ruleset")
    if activates:
        await activate_ruleset(call.db, key.account_id, key.application_id, key.campaign_id, ruleset.id)
    return ok(await _shown(call, campaign, ruleset))


async def _checked(
    call: Call[object], application_id: int, campaign_id: int, sent: NewRulesetV2
) -> tuple[StoredCampaign, RulesetSettings]:
    """The campaign a ruleset is meant for and what is stored of it, after its rules were found to be right."""
    application = await reach_application(call, application_id)
    campaign = await reach_campaign(call, application_id, campaign_id)
    plain = plain_ruleset(sent)
    definitions = await read_definitions(call.db, application.account_id, application.id)
    compiled = check_structured_ruleset(plain, application, definitions, campaign.id)
    refuse_beyond_items(campaign, compiled.rules, compiled.places)
    return campaign, accept_structured(plain, compiled)


async def _shown(call: Call[object], campaign: StoredCampaign, ruleset: StoredRuleset) -> RulesetV2:
    definitions = await read_definitions(call.db, call.caller.account_id, campaign.application_id)
    return show_structured(ruleset, definitions)


def _key(call: Call[object], campaign: StoredCampaign) -> CampaignKey:
    return CampaignKey(call.caller.account_id, campaign.application_id, campaign.id)


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v2/applications/{applicationId}/campaigns/{campaignId}/rulesets/{rulesetId}",
        operation_id="getRulesetV2",
        summary="One version of a campaign's rules as blocks",
        access=Access.MANAGEMENT,
        run=get_ruleset_v2,
        path_params=RulesetPath,
        replies={200: RulesetV2},
        problems=(401, 403, 404),
        tag="Campaigns",
    ),
    Operation(
        method="POST",
        path="/v2/applications/{applicationId}/campaigns/{campaignId}/rulesets",
        operation_id="createRulesetV2",
        summary="Save a new version of a campaign's rules, given as blocks",
        access=Access.MANAGEMENT,
        run=create_ruleset_v2,
        path_params=RulesetsPath,
        body=NewRulesetV2,
        replies={201: RulesetV2},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Campaigns",
    ),
    Operation(
        method="PUT",
        path="/v2/applications/{applicationId}/campaigns/{campaignId}/rulesets/{rulesetId}",
        operation_id="updateRulesetV2",
        summary="Replace the rules of one version by blocks",
        access=Access.MANAGEMENT,
        run=update_ruleset_v2,
        path_params=RulesetPath,
        body=NewRulesetV2,
        replies={200: RulesetV2},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Campaigns",
    ),
)
