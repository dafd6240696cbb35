"""What shops do with profiles: tell what they know about a customer."""

from largesse.api.customers.profiles.wire import (
    AudiencesChanges,
    ProfilePath,
    ProfileRequest,
    ProfileState,
    UpdateQuery,
)
from largesse.api.integration_ids import too_long
from largesse.api.refusals import errors_of
from largesse.api.resources import Resources
from largesse.api.turn import in_turn
from largesse.engine.attributes import accept
from largesse.engine.customers.profiles import UpdateProfile
from largesse.engine.refusals import INVALID_VALUE, TOO_LONG, Refusal
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import Invalid, NotBuilt, Unauthorized, at_parameter
from largesse.storage.answers import open_profile
from largesse.storage.changes import save


async def update_profile(call: Call[Resources], request: Request[ProfilePath, UpdateQuery, ProfileRequest]) -> Reply:
    """Create a profile or merge attributes into it, without running rules.

    Without rules nothing is answered but the (empty) effects, whatever `responseContent` says [IA runRuleEngine].
    """
    _check_request(request.path, request.query)
    if call.caller.application_id is None:
        raise Unauthorized
    profile_id = request.path.integration_id
    opened = await in_turn(open_profile(call.db, call.caller.account_id, call.caller.application_id, profile_id))
    programs = await call.resources.programs.at(call.db, opened.scope, opened.revision)

    sent = given(request.body.attributes) or {}
    attributes, refusals = accept("CustomerProfile", sent, programs.definitions.attributes, "/attributes")
    refusals += _unknown_audiences(given(request.body.audiences_changes))
    if refusals:
        raise Invalid(errors=errors_of(refusals))
    await save(call.db, opened.scope, [UpdateProfile(profile_id, attributes)], call.now)

    return ok(ProfileState(effects=[], created_coupons=[], created_referrals=[]))


def _check_request(path: ProfilePath, query: UpdateQuery) -> None:
    if details := too_long(path.integration_id):
        raise Invalid(errors=[at_parameter(TOO_LONG, details, "integrationId")])
    if query.run_rule_engine:
        raise NotBuilt("Running rules when a profile is updated is not built yet")
    if query.dry:
        details = "dry can only be used when runRuleEngine is true"
        raise Invalid(errors=[at_parameter(INVALID_VALUE, details, "dry")])


def _unknown_audiences(changes: AudiencesChanges | None) -> list[Refusal]:
    """Audiences that do not exist, which for now is every one."""
    if changes is None:
        return []
    return [
        Refusal(INVALID_VALUE, f"The audience {audience_id} does not exist.", f"/audiencesChanges/{name}/{index}")
        for name, ids in (("adds", changes.adds), ("deletes", changes.deletes))
        for index, audience_id in enumerate(ids)
    ]


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="PUT",
        path="/v2/customer_profiles/{integrationId}",
        operation_id="updateCustomerProfileV2",
        summary="Create or update a customer profile",
        access=Access.INTEGRATION,
        run=update_profile,
        path_params=ProfilePath,
        query=UpdateQuery,
        body=ProfileRequest,
        replies={200: ProfileState},
        problems=(400, 401, 409),
        replayable=True,
        hot=True,
        tag="Customer profiles",
    ),
)
