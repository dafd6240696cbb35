"""What shops do with audiences: create, rename and delete them, bring customers in and out, and note something about
all their members. No rules run.

A key sees the audiences of its Application's world, live or sandbox.
"""

from largesse.api.allowed_lists import knowing
from largesse.api.customers.audiences.wire import ACTIONS_MAX, AudiencePath, CustomerProfileAudienceRequest
from largesse.api.integration_ids import too_long
from largesse.api.models.customers.audience import Audience, NewAudience, UpdateAudience, show_audience
from largesse.api.reach import reach_scope
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.api.subscriptions import unknown_applications
from largesse.engine.attributes import JSON, AttributeDefinitions, accept
from largesse.engine.customers.audiences import ChangeMembership
from largesse.engine.refusals import REQUIRED, TOO_LONG, TOO_MANY
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.problems import Duplicate, FieldError, NotFound, at_pointer
from largesse.storage.attributes import attribute_definitions
from largesse.storage.customers import audiences
from largesse.storage.customers.audiences import AudienceTaken, StoredAudience

NO_AUDIENCE = "There is no such audience"


async def create_audience(call: Call[object], request: Request[NoPath, None, NewAudience]) -> Reply:
    """Create an audience, in the world of the calling Application unless the body names one."""
    sent = request.body
    subscribed = given(sent.subscribed_applications_ids) or []
    refuse_if_any(await unknown_applications(call, subscribed))
    sandbox = given(sent.sandbox)
    settings = audiences.NewAudience(
        name=sent.name,
        description=given(sent.description) or "",
        sandbox=(await reach_scope(call, call.caller.application)).sandbox if sandbox is None else sandbox,
        subscribed_applications_ids=tuple(dict.fromkeys(subscribed)),
        integration=given(sent.integration) or "",
        integration_id=given(sent.integration_id),
        created_in_3rd_party=given(sent.created_in_3rd_party) or False,
        last_update=given(sent.last_update),
    )
    try:
        audience = await audiences.create_audience(call.db, call.caller.account_id, settings, call.now)
    except AudienceTaken:
        details = "There is another audience with this id of this integration"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/integrationId"),)) from None
    return created(show_audience(audience))


async def update_audience(call: Call[object], request: Request[AudiencePath, None, UpdateAudience]) -> Reply:
    """Rename an audience and, where they are sent, change the Applications that may use it."""
    await _reach(call, request.path)
    subscribed = given(request.body.subscribed_applications_ids)
    refuse_if_any(await unknown_applications(call, subscribed or []))
    wanted = None if subscribed is None else list(dict.fromkeys(subscribed))
    place = call.caller.account_id, request.path.audience_id
    audience = await audiences.rename_audience(call.db, *place, request.body.name, wanted)
    if audience is None:
        raise NotFound(NO_AUDIENCE)
    return ok(show_audience(audience))


async def delete_audience(call: Call[object], request: Request[AudiencePath, None, None]) -> Reply:
    """Delete an audience and its memberships. Rules that name it can no longer be computed where they do."""
    await _reach(call, request.path)
    await audiences.delete_audience(call.db, call.caller.account_id, request.path.audience_id)
    return no_content()


async def delete_memberships(call: Call[object], request: Request[AudiencePath, None, None]) -> Reply:
    """Take everybody out of an audience."""
    await _reach(call, request.path)
    await audiences.delete_memberships(call.db, call.caller.account_id, request.path.audience_id, call.now)
    return no_content()


async def update_members(call: Call[object], request: Request[NoPath, None, CustomerProfileAudienceRequest]) -> Reply:
    """Bring customers into audiences and take them out, one after the other; new customers get a profile.

    Nothing is done where one audience does not exist.
    """
    sent = given(request.body.data) or []
    errors: list[FieldError] = []
    if len(sent) > ACTIONS_MAX:
        errors.append(at_pointer(TOO_MANY, f"data must not hold more than {ACTIONS_MAX} actions", "/data"))
    for index, action in enumerate(sent[:ACTIONS_MAX]):
        pointer = f"/data/{index}/profileIntegrationId"
        if not action.profile_integration_id:
            errors.append(at_pointer(REQUIRED, "profileIntegrationId must not be empty", pointer))
        elif details := too_long(action.profile_integration_id):
            errors.append(at_pointer(TOO_LONG, details, pointer))
    refuse_if_any(errors)
    scope = await reach_scope(call, call.caller.application)
    wanted = sorted({action.audience_id for action in sent})
    if len(await audiences.audiences_known(call.db, scope.account_id, scope.sandbox, wanted)) < len(wanted):
        raise NotFound(NO_AUDIENCE)
    changes = [ChangeMembership(each.profile_integration_id, each.audience_id, each.action == "add") for each in sent]
    await audiences.save_memberships(call.db, scope, changes, call.now)
    return no_content()


async def update_member_attributes(call: Call[object], request: Request[AudiencePath, None, dict[str, JSON]]) -> Reply:
    """Merge attributes into the profiles of all members, as they are now; null clears one."""
    audience = await _reach(call, request.path)
    account_id = call.caller.account_id
    defined = await attribute_definitions(call.db, account_id, "CustomerProfile")
    definitions = AttributeDefinitions(defined, (await reach_scope(call, call.caller.application)).application_id)
    definitions = await knowing(call, definitions, "CustomerProfile", request.body)
    attributes, refusals = accept("CustomerProfile", request.body, definitions, "")
    refuse_if_any(errors_of(refusals))
    await audiences.set_member_attributes(call.db, account_id, audience, attributes)
    return no_content()


async def _reach(call: Call[object], path: AudiencePath) -> StoredAudience:
    """The audience of a path, if it is of the caller's world. Raises `NotFound`."""
    scope = await reach_scope(call, call.caller.application)
    audience = await audiences.find_audience(call.db, scope.account_id, path.audience_id)
    if audience is None or audience.settings.sandbox != scope.sandbox:
        raise NotFound(NO_AUDIENCE)
    return audience


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v2/audiences",
        operation_id="createAudienceV2",
        summary="Create an audience",
        access=Access.INTEGRATION,
        run=create_audience,
        path_params=NoPath,
        body=NewAudience,
        replies={201: Audience},
        problems=(400, 401, 409),
        tag="Audiences",
    ),
    Operation(
        method="PUT",
        path="/v2/audiences/{audienceId}",
        operation_id="updateAudienceV2",
        summary="Rename an audience",
        access=Access.INTEGRATION,
        run=update_audience,
        path_params=AudiencePath,
        body=UpdateAudience,
        replies={200: Audience},
        problems=(401, 404),
        tag="Audiences",
    ),
    Operation(
        method="DELETE",
        path="/v2/audiences/{audienceId}",
        operation_id="deleteAudienceV2",
        summary="Delete an audience and its memberships",
        access=Access.INTEGRATION,
        run=delete_audience,
        path_params=AudiencePath,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Audiences",
    ),
    Operation(
        method="DELETE",
        path="/v2/audiences/{audienceId}/memberships",
        operation_id="deleteAudienceMembershipsV2",
        summary="Take everybody out of an audience",
        access=Access.INTEGRATION,
        run=delete_memberships,
        path_params=AudiencePath,
        replies={204: None},
        problems=(401, 404),
        tag="Audiences",
    ),
    Operation(
        method="POST",
        path="/v2/customer_audiences",
        operation_id="updateCustomerProfileAudiences",
        summary="Bring customers into audiences and take them out",
        access=Access.INTEGRATION,
        run=update_members,
        path_params=NoPath,
        body=CustomerProfileAudienceRequest,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Audiences",
    ),
    Operation(
        method="PUT",
        path="/v2/audience_customers/{audienceId}/attributes",
        operation_id="updateAudienceCustomersAttributes",
        summary="Set profile attributes of all members of an audience",
        access=Access.INTEGRATION,
        run=update_member_attributes,
        path_params=AudiencePath,
        body=dict[str, JSON],
        replies={204: None},
        problems=(401, 404),
        tag="Audiences",
    ),
)
