"""An update of a profile, step by step: is it acceptable, and what do rules make of it."""

from collections.abc import Sequence

from msgspec import structs

from largesse.api.allowed_lists import knowing
from largesse.api.customers.profiles.wire import (
    BulkState,
    CustomerProfileUpdate,
    ProfilePath,
    ProfileRequest,
    UpdateQuery,
)
from largesse.api.evaluations import Eligibility, chosen_campaigns, read_facts, settled, show_eligibility
from largesse.api.models.customers.profile import show_profile
from largesse.api.refusals import errors_of
from largesse.api.resources import Resources
from largesse.engine.customers.profile_updates import ProfileUpdate, UpdatedProfile, update_profile
from largesse.engine.customers.profiles import Profile
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.evaluate import evaluate_event
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.questions import ask
from largesse.engine.facts import Moment, Subjects
from largesse.engine.shopping.events import Event
from largesse.engine.shopping.sessions import no_session
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Request
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import Invalid
from largesse.storage.answers import Opened
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.scope import Scope


async def accept(
    call: Call[Resources], opened: Opened, programs: Programs, profile_id: str, update: ProfileUpdate
) -> UpdatedProfile:
    """The profile after the update. Raises `Invalid` with all that is wrong with it.

    The profile's audiences matter only where they are to be changed, or where rules ask for them, which read their own.
    """
    members: frozenset[int] = frozenset()
    if update.joins or update.leaves:
        scope = opened.scope
        found = await audiences_of(call.db, scope.account_id, scope.sandbox, [profile_id])
        members = frozenset(audience_id for audience_id, _ in found.get(profile_id, ()))
    attributes = await knowing(call, programs.definitions.attributes, "CustomerProfile", update.attributes)
    definitions = structs.replace(programs.definitions, attributes=attributes)
    updated = update_profile(opened.profile, members, profile_id, update, definitions, call.now)
    if isinstance(updated, list):
        raise Invalid(errors=errors_of(updated))
    sandbox = opened.scope.sandbox
    return structs.replace(updated, profile=structs.replace(updated.profile, sandbox=sandbox))


async def evaluate_update(
    call: Call[Resources],
    request: Request[ProfilePath, UpdateQuery, ProfileRequest],
    opened: Opened,
    programs: Programs,
    updated: UpdatedProfile,
) -> tuple[Outcome, Eligibility]:
    """What rules make of the update, and which of them could."""
    sent = request.body
    content = given(sent.response_content) or ()
    moment = Moment(
        call.now + call.caller.time_offset,
        random_bytes(SEED_BYTES),
        request.query.dry,
        traced=request.query.dry and "campaignEligibility" in content,
        reasons="ruleFailureReasons" in content,
        evaluable_campaign_ids=chosen_campaigns(request.query.dry, sent.evaluable_campaign_ids),
    )
    who = request.path.integration_id
    session = no_session(opened.scope.application_id, who, None, call.now)
    questions = ask(programs, session, moment)
    facts = await read_facts(call, opened.scope, programs, session, moment, questions)
    if updated.audiences or updated.moves.left:
        facts = structs.replace(facts, audiences={**facts.audiences, who: updated.audiences})
    subjects = Subjects(session, updated.profile, None, updated.moves)
    event = Event(updated.event)
    outcome = await settled(
        call, opened.scope, questions, facts, lambda known: evaluate_event(programs, subjects, known, moment, event)
    )
    return outcome, show_eligibility(opened.scope, programs, outcome, moment)


async def show_bulk(call: Call[Resources], scope: Scope, profiles: Sequence[Profile]) -> BulkState:
    """Profiles as they stand, each by itself."""
    names = [profile.integration_id for profile in profiles]
    audiences = await audiences_of(call.db, scope.account_id, scope.sandbox, names)
    return BulkState(
        integration_states=[
            CustomerProfileUpdate(
                customer_profile=show_profile(profile, scope.account_id, audiences.get(profile.integration_id, ()))
            )
            for profile in profiles
        ]
    )
