"""What happens to a session after it was closed: items of it are returned, or it is opened again."""

from msgspec import structs

from largesse.api.evaluations import read_facts, settled
from largesse.api.integration_ids import too_long
from largesse.api.models.effect import show_effects
from largesse.api.models.session_return import show_return
from largesse.api.refusals import errors_of
from largesse.api.resources import Resources
from largesse.api.shopping.sessions.content import show_update
from largesse.api.shopping.sessions.wire import (
    Content,
    ReopenReply,
    ReturnQuery,
    ReturnRequest,
    SessionPath,
    read_return,
)
from largesse.api.turn import in_turn as take_turn
from largesse.engine.dice import SEED_BYTES
from largesse.engine.effects.loyalty.asking import ledgers_in
from largesse.engine.effects.loyalty.taking_back import TakingBack
from largesse.engine.evaluation import item_returns, reevaluation, rollback
from largesse.engine.evaluation.discretion import discreet
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.questions import ask, ask_to_reopen
from largesse.engine.facts import Moment, Questions, StoredSession, Subjects
from largesse.engine.loyalty.ledgers import NO_LEDGERS
from largesse.engine.refusals import TOO_LONG, Refusal
from largesse.engine.shopping.named import named_by
from largesse.engine.shopping.returns import Returned, accept_return
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Reply, Request, ok
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import Invalid, NotFound, at_parameter
from largesse.storage.access.accounts import hides_code_reasons
from largesse.storage.answers import Opened, answer, open_session
from largesse.storage.changes import Saved, save
from largesse.storage.shopping.named import read_named
from largesse.storage.shopping.sessions import StoredReturn

ReturnItems = Request[SessionPath, ReturnQuery, ReturnRequest]

# Where the return stands in the body.
POINTER = "/return"


async def return_items(call: Call[Resources], request: ReturnItems) -> Reply:
    """Take items out of a closed session, and tell the shop which effects are taken back with them."""
    dry = request.query.dry
    opened, stored = await _open(call, request.path, in_turn=not dry)
    returned = accept_return(stored.session, read_return(request.body.returned), call.now)
    if isinstance(returned, list):
        raise Invalid(errors=errors_of(returned, POINTER))
    moment = Moment(call.now + call.caller.time_offset, random_bytes(SEED_BYTES), dry)
    wanted: frozenset[Content] = frozenset(given(request.body.response_content) or ())
    questions = Questions("", (), ())
    if request.query.run_rule_engine:
        outcome, questions = await _reevaluate(call, opened, stored, returned, moment)
    else:
        taking = await _taking_back(call, opened, stored)
        outcome = item_returns.return_items(returned, opened.profile, stored, moment, taking)
        if "coupons" in wanted:
            questions = ask(await _programs(call, opened), returned.session, moment)
    saved = await save(call.db, opened.scope, outcome.changes, call.now)
    if await hides_code_reasons(call.db, opened.scope.account_id):
        outcome, questions = discreet(await _programs(call, opened), outcome, questions)

    state = await show_update(call, wanted, opened.scope, questions, "talon_session_partially_returned", outcome, saved)
    made = _stored_return(call, opened, returned, saved)
    return ok(structs.replace(state, returned=show_return(made, opened.scope.application_id, opened.scope.account_id)))


async def _reevaluate(
    call: Call[Resources], opened: Opened, stored: StoredSession, returned: Returned, moment: Moment
) -> tuple[Outcome, Questions]:
    """Carry out a return and evaluate what is left, with the campaigns that want it."""
    programs = await _programs(call, opened)
    named = await read_named(call.db, opened.scope, named_by(stored.session), call.now)
    again = reevaluation.moment_for(
        programs, stored.session, structs.replace(moment, store=named.store, card=named.usable_card)
    )
    questions = ask(programs, returned.session, again, stored)
    facts = await read_facts(call, opened.scope, programs, returned.session, again, questions)
    subjects = Subjects(returned.session, opened.profile, stored)
    outcome = await settled(
        call,
        opened.scope,
        questions,
        facts,
        lambda known: reevaluation.return_and_reevaluate(programs, returned, subjects, known, again),
    )
    return outcome, questions


async def reopen_session(call: Call[Resources], request: Request[SessionPath, None, None]) -> Reply:
    """Open a closed session again, and tell the shop which effects are taken back."""
    opened, stored = await _open(call, request.path)
    taking = await _taking_back(call, opened, stored)
    trackers = (await answer(call.db, opened.scope, ask_to_reopen(stored))).trackers
    outcome = rollback.reopen(stored, opened.profile, call.now, taking, trackers)
    if isinstance(outcome, Refusal):
        raise Invalid(errors=[at_parameter(outcome.title, outcome.details, "customerSessionId")])
    await save(call.db, opened.scope, outcome.changes, call.now)
    return ok(ReopenReply(effects=show_effects(outcome.effects)))


async def _open(call: Call[Resources], path: SessionPath, *, in_turn: bool = True) -> tuple[Opened, StoredSession]:
    session_id = path.customer_session_id
    if details := too_long(session_id):
        raise Invalid(errors=[at_parameter(TOO_LONG, details, "customerSessionId")])
    account_id, application_id = call.caller.account_id, call.caller.application
    opened = await take_turn(open_session(call.db, account_id, application_id, session_id, None, in_turn=in_turn))
    if opened.stored is None:
        raise NotFound("There is no such customer session")
    return opened, opened.stored


async def _taking_back(call: Call[Resources], opened: Opened, stored: StoredSession) -> TakingBack:
    """What takes points back that the session has given or spent; costs nothing where it has done neither."""
    asked = ledgers_in(stored.effects, call.now)
    if asked is NO_LEDGERS:
        return TakingBack((), {}, stored.session.integration_id, call.now)
    facts = await answer(call.db, opened.scope, Questions("", (), (), ledgers=asked))
    return rollback.taking_back(await _programs(call, opened), stored.session, facts, call.now)


async def _programs(call: Call[Resources], opened: Opened) -> Programs:
    programs: Programs = await call.resources.programs.at(call.db, opened.scope, opened.revision)
    return programs


def _stored_return(call: Call[Resources], opened: Opened, returned: Returned, saved: Saved) -> StoredReturn:
    """The return as it was stored; one that was only tried out has no id and no event."""
    session = returned.session
    profile = opened.profile
    return StoredReturn(
        saved.return_id,
        call.now,
        session.id,
        session.integration_id,
        session.profile_id,
        None if profile is None else profile.id,
        saved.event_id,
        returned.lines,
    )
