"""An event that a shop sends, step by step: is it acceptable, and what do rules make of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from largesse.api.allowed_lists import knowing
from largesse.api.evaluations import Eligibility, chosen_campaigns, read_facts, settled, show_eligibility
from largesse.api.integration_ids import too_long
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.api.resources import Resources
from largesse.api.shopping.events.wire import TrackQuery
from largesse.api.turn import in_turn
from largesse.engine.attributes import JSON
from largesse.engine.customers.profiles import Profile
from largesse.engine.definitions import Definitions
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.evaluate import evaluate_event
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.questions import ask
from largesse.engine.facts import Moment, Subjects
from largesse.engine.loyalty.cards import card_fault
from largesse.engine.refusals import INVALID_VALUE, REQUIRED, TOO_LONG, Refusal
from largesse.engine.shopping.events import Event, accept_event
from largesse.engine.shopping.named import Named, Names
from largesse.engine.shopping.sessions import Session, no_session
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import Duplicate, FieldError, Invalid, at_parameter, at_pointer
from largesse.storage.answers import Opened, open_profile
from largesse.storage.scope import Scope
from largesse.storage.shopping.events import find_event
from largesse.storage.shopping.named import read_named
from largesse.storage.shopping.sessions import find_session


class Told(NamedTuple):
    """What a shop has said about an event, whichever operation it was sent to."""

    profile_id: str
    type: str
    attributes: Mapping[str, JSON]
    store_integration_id: str | None
    loyalty_cards: Sequence[str]
    evaluable_campaign_ids: Omittable[list[int]]
    response_content: frozenset[str]
    integration_id: str = ""
    connected_session_id: str = ""


class Tracked(NamedTuple):
    """An event that was evaluated; nothing of it is stored yet."""

    opened: Opened
    event: Event
    outcome: Outcome
    eligibility: Eligibility


async def track(call: Call[Resources], query: TrackQuery, told: Told) -> Tracked:
    """Accept an event and let rules run on it, in the profile's turn. Raises `Invalid` with all that is wrong with it.

    A dry run changes nothing and waits for nobody.
    """
    _check(query, told)
    application_id, dry = call.caller.application, query.dry
    opened = await in_turn(
        open_profile(call.db, call.caller.account_id, application_id, told.profile_id, in_turn=not dry)
    )
    programs = await call.resources.programs.at(call.db, opened.scope, opened.revision)
    card = next(iter(told.loyalty_cards), "")
    names = Names(told.store_integration_id or "", loyalty_card=card)
    named = await read_named(call.db, opened.scope, names, call.now)
    connected = await _connected(call, opened.scope, told)
    attributes = await knowing(call, programs.definitions.attributes, "Event", told.attributes)
    event = _accept(structs.replace(programs.definitions, attributes=attributes), told, named)
    return Tracked(opened, event, *await _evaluate(call, query, opened, programs, told, named, event, connected))


def _check(query: TrackQuery, told: Told) -> None:
    errors: list[FieldError] = []
    if query.silent not in ("yes", "no"):
        errors.append(at_parameter("enum", 'silent must be one of the following: "yes", "no"', "silent"))
    if query.force_complete_evaluation and not query.dry:
        only_dry = "forceCompleteEvaluation can only be used when dry is true"
        errors.append(at_parameter(INVALID_VALUE, only_dry, "forceCompleteEvaluation"))
    if not told.profile_id:
        errors.append(at_pointer(REQUIRED, "profileId must not be empty", "/profileId"))
    elif details := too_long(told.profile_id):
        errors.append(at_pointer(TOO_LONG, details, "/profileId"))
    if details := too_long(told.integration_id):
        errors.append(at_pointer(TOO_LONG, details, "/integrationId"))
    refuse_if_any(errors)


async def _connected(call: Call[Resources], scope: Scope, told: Told) -> Session | None:
    """The session that the event goes back to. Raises `Invalid` where there is none, or it is not closed, and
    `Duplicate` where the event has been sent already."""
    if told.integration_id and await find_event(call.db, scope, told.integration_id) is not None:
        raise duplicate()
    if not told.connected_session_id:
        return None
    stored = await find_session(call.db, scope, told.connected_session_id)
    pointer = "/connectedSessionId"
    if stored is None:
        raise Invalid(errors=(at_pointer(INVALID_VALUE, "There is no such customer session", pointer),))
    if stored.session.state != "closed":
        details = f'a session with state "{stored.session.state}" cannot be connected to an event'
        raise Invalid(errors=(at_pointer(INVALID_VALUE, details, pointer),))
    return stored.session


def duplicate() -> Duplicate:
    """The answer to an event whose id has been given before."""
    details = "There is another event with this id"
    return Duplicate(details, errors=(at_pointer("Duplicate", details, "/integrationId"),))


def _accept(definitions: Definitions, told: Told, named: Named) -> Event:
    attributes, refusals = accept_event(told.type, told.attributes, definitions)
    if told.store_integration_id is not None and named.store is None:
        details = f'The store "{told.store_integration_id}" does not exist.'
        refusals.append(Refusal(INVALID_VALUE, details, "/storeIntegrationId"))
    if told.loyalty_cards and (fault := card_fault(told.loyalty_cards[0], named.card)):
        refusals.append(Refusal(INVALID_VALUE, fault, "/loyaltyCards/0"))
    refuse_if_any(errors_of(refusals))
    return Event(told.type, attributes, told.integration_id, told.connected_session_id)


async def _evaluate(
    call: Call[Resources],
    query: TrackQuery,
    opened: Opened,
    programs: Programs,
    told: Told,
    named: Named,
    event: Event,
    connected: Session | None,
) -> tuple[Outcome, Eligibility]:
    moment = Moment(
        call.now + call.caller.time_offset,
        random_bytes(SEED_BYTES),
        query.dry,
        traced=query.dry and "campaignEligibility" in told.response_content,
        reasons="ruleFailureReasons" in told.response_content,
        evaluable_campaign_ids=chosen_campaigns(query.dry, told.evaluable_campaign_ids),
        complete=query.force_complete_evaluation,
        store=named.store,
        card=named.usable_card,
    )
    scope = opened.scope
    session = no_session(scope.application_id, told.profile_id, told.store_integration_id, call.now)
    questions = ask(programs, session, moment)
    facts = await read_facts(call, scope, programs, session, moment, questions)
    profile = opened.profile or Profile(0, told.profile_id, call.now, sandbox=scope.sandbox)
    subjects = Subjects(session, profile, None, connected=connected)
    outcome = await settled(
        call, scope, questions, facts, lambda known: evaluate_event(programs, subjects, known, moment, event)
    )
    return outcome, show_eligibility(scope, programs, outcome, moment)
