"""What shops do with profiles: tell what they know about customers, one or many, and let rules run on it."""

from msgspec import UNSET, structs

from largesse.api.allowed_lists import knowing
from largesse.api.customers.profiles.updating import accept, evaluate_update, show_bulk
from largesse.api.customers.profiles.wire import (
    PROFILES_MAX,
    BulkState,
    ProfilePath,
    ProfileRequest,
    ProfilesRequest,
    ProfileState,
    SilentQuery,
    UpdateQuery,
    read_update,
)
from largesse.api.evaluations import show_evaluation
from largesse.api.integration_ids import too_long
from largesse.api.models.event import show_event
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.api.resources import Resources
from largesse.api.turn import in_turn
from largesse.engine import attributes
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.refusals import INVALID_VALUE, REQUIRED, TOO_LONG, TOO_MANY
from largesse.engine.shopping.events import Event
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, no_content, ok
from largesse.plumbing.problems import FieldError, Invalid, at_parameter, at_pointer
from largesse.storage.answers import open_profile
from largesse.storage.changes import save
from largesse.storage.customers.profiles import find_profiles


async def update_profile(call: Call[Resources], request: Request[ProfilePath, UpdateQuery, ProfileRequest]) -> Reply:
    """Create a profile or merge attributes into it, change its audiences and, if asked to, run rules.

    Without rules nothing is answered but the (empty) effects, whatever `responseContent` says [IA runRuleEngine].
    """
    _check_request(request)
    account_id, application_id = call.caller.account_id, call.caller.application
    profile_id, dry = request.path.integration_id, request.query.dry
    opened = await in_turn(open_profile(call.db, account_id, application_id, profile_id, in_turn=not dry))
    programs = await call.resources.programs.at(call.db, opened.scope, opened.revision)
    updated = await accept(call, opened, programs, profile_id, read_update(request.body))
    if not request.query.run_rule_engine:
        await save(call.db, opened.scope, updated.changes, call.now)
        return ok(ProfileState(effects=[], created_coupons=[], created_referrals=[]))
    outcome, eligibility = await evaluate_update(call, request, opened, programs, updated)
    changes = (*updated.changes, *outcome.changes) if outcome.changes else ()
    saved = await save(call.db, opened.scope, changes, call.now)
    wanted = frozenset(given(request.body.response_content) or ())
    told = structs.asdict(await show_evaluation(call, wanted, opened.scope, outcome, saved))
    # May be asked for, as published, and has no place in the published answer.
    del told["achievements"]
    told["campaign_eligibility"] = eligibility
    event = show_event(saved.event_id, call.now, application_id, profile_id, Event(updated.event))
    return ok(ProfileState(**told, event=event if "event" in wanted else UNSET))


async def update_profiles(call: Call[Resources], request: Request[NoPath, SilentQuery, ProfilesRequest]) -> Reply:
    """Create profiles and merge attributes into those there are. No rules run."""
    account_id, application_id = call.caller.account_id, call.caller.application
    sent = given(request.body.customer_profiles) or []
    if request.query.silent not in ("yes", "no"):
        raise Invalid(errors=(at_parameter("enum", 'silent must be one of the following: "yes", "no"', "silent"),))
    if len(sent) > PROFILES_MAX:
        too_many = f"customerProfiles must not hold more than {PROFILES_MAX} profiles"
        raise Invalid(errors=(at_pointer(TOO_MANY, too_many, "/customerProfiles"),))
    # Any profile would do: only the Application's revision and its world are asked for.
    opened = await open_profile(call.db, account_id, application_id, "", in_turn=False)
    definitions = (await call.resources.programs.at(call.db, opened.scope, opened.revision)).definitions.attributes
    definitions = await knowing(call, definitions, "CustomerProfile", *(given(each.attributes) for each in sent))
    errors: list[FieldError] = []
    changes: list[UpdateProfile] = []
    for index, each in enumerate(sent):
        pointer = f"/customerProfiles/{index}"
        if not each.integration_id:
            errors.append(at_pointer(REQUIRED, "integrationId must not be empty", f"{pointer}/integrationId"))
        elif details := too_long(each.integration_id):
            errors.append(at_pointer(TOO_LONG, details, f"{pointer}/integrationId"))
        accepted, refusals = attributes.accept(
            "CustomerProfile", given(each.attributes) or {}, definitions, "/attributes"
        )
        errors += errors_of(refusals, pointer)
        changes.append(UpdateProfile(each.integration_id, accepted))
    refuse_if_any(errors)
    await save(call.db, opened.scope, changes, call.now)
    if request.query.silent == "yes":
        return no_content()
    names = [each.integration_id for each in sent]
    found: dict[str, Profile] = await find_profiles(call.db, account_id, opened.scope.sandbox, names)
    return ok(await show_bulk(call, opened.scope, [found[name] for name in names]))


def _check_request(request: Request[ProfilePath, UpdateQuery, ProfileRequest]) -> None:
    """Raises `Invalid` for what only dry runs or runs of rules may say, and for an id that cannot be stored."""
    query = request.query
    errors: list[FieldError] = []
    if details := too_long(request.path.integration_id):
        errors.append(at_parameter(TOO_LONG, details, "integrationId"))
    if query.dry and not query.run_rule_engine:
        errors.append(at_parameter(INVALID_VALUE, "dry can only be used when runRuleEngine is true", "dry"))
    refuse_if_any(errors)


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
    Operation(
        method="PUT",
        path="/v2/customer_profiles",
        operation_id="updateCustomerProfilesV2",
        summary="Create or update many customer profiles",
        access=Access.INTEGRATION,
        run=update_profiles,
        path_params=NoPath,
        query=SilentQuery,
        body=ProfilesRequest,
        replies={200: BulkState, 204: str},
        problems=(400, 401),
        replayable=True,
        tag="Customer profiles",
    ),
)
