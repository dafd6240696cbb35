"""What happens to a session after it was closed: items of it are returned, or it is opened again."""

from msgspec import structs

from largesse.api.integration_ids import too_long
from largesse.api.models.effect import show_effects
from largesse.api.models.session_return import show_return
from largesse.api.refusals import errors_of
from largesse.api.resources import Resources
from largesse.api.sessions.content import show_update
from largesse.api.sessions.opening import application_of
from largesse.api.sessions.wire import Content, ReopenReply, ReturnQuery, ReturnRequest, SessionPath, read_return
from largesse.api.turn import in_turn as take_turn
from largesse.engine.evaluation import item_returns, rollback
from largesse.engine.evaluation.questions import ask
from largesse.engine.facts import Moment, Questions, StoredSession
from largesse.engine.refusals import TOO_LONG, Refusal
from largesse.engine.returns import Returned, accept_return
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Reply, Request, ok
from largesse.plumbing.problems import Invalid, NotBuilt, NotFound, at_parameter
from largesse.storage.answers import Opened, open_session
from largesse.storage.changes import Saved, save
from largesse.storage.sessions import StoredReturn

ReturnItems = Request[SessionPath, ReturnQuery, ReturnRequest]

# Where the return stands in the body.
POINTER = "/return"


async def return_items(call: Call[Resources], request: ReturnItems) -> Reply:
    """Take items out of a closed session, and tell the shop which effects are taken back with them."""
    if request.query.run_rule_engine:
        raise NotBuilt("Evaluating campaigns again after a return (runRuleEngine=true) is not built yet")
    dry = request.query.dry
    opened, stored = await _open(call, request.path, in_turn=not dry)
    returned = accept_return(stored.session, read_return(request.body.returned), call.now)
    if isinstance(returned, list):
        raise Invalid(errors=errors_of(returned, POINTER))
    moment = Moment(call.now + call.caller.time_offset, dry)
    outcome = item_returns.return_items(returned, opened.profile, stored, moment)
    saved = await save(call.db, opened.scope, outcome.changes, call.now)

    wanted: frozenset[Content] = frozenset(given(request.body.response_content) or ())
    questions = await _codes(call, opened, returned) if "coupons" in wanted else Questions("", (), ())
    state = await show_update(call, wanted, opened.scope, questions, "talon_session_partially_returned", outcome, saved)
    made = _stored_return(call, opened, returned, saved)
    return ok(structs.replace(state, returned=show_return(made, opened.scope.application_id, opened.scope.account_id)))


async def reopen_session(call: Call[Resources], request: Request[SessionPath, None, None]) -> Reply:
    """Open a closed session again, and tell the shop which effects are taken back."""
    opened, stored = await _open(call, request.path)
    outcome = rollback.reopen(stored, opened.profile, call.now)
    if isinstance(outcome, Refusal):
        raise Invalid(errors=[at_parameter(outcome.title, outcome.details, "customerSessionId")])
    await save(call.db, opened.scope, outcome.changes, call.now)
    return ok(ReopenReply(effects=show_effects(outcome.effects)))


async def _open(call: Call[Resources], path: SessionPath, *, in_turn: bool = True) -> tuple[Opened, StoredSession]:
    session_id = path.customer_session_id
    if details := too_long(session_id):
        raise Invalid(errors=[at_parameter(TOO_LONG, details, "customerSessionId")])
    account_id = call.caller.account_id
    opened = await take_turn(open_session(call.db, account_id, application_of(call), session_id, None, in_turn=in_turn))
    if opened.stored is None:
        raise NotFound("There is no such customer session")
    return opened, opened.stored


async def _codes(call: Call[Resources], opened: Opened, returned: Returned) -> Questions:
    """The session's codes in their stored spelling."""
    programs = await call.resources.programs.at(call.db, opened.scope, opened.revision)
    return ask(programs, returned.session, Moment(call.now))


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
