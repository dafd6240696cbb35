"""What shops do with sessions: keep them up to date, look at them, return items of them, open them again."""

from msgspec import structs

from largesse.api.evaluations import read_facts, settled, show_eligibility
from largesse.api.models.effect import show_effects
from largesse.api.models.session import show_session
from largesse.api.resources import Resources
from largesse.api.shopping.sessions.content import show_update
from largesse.api.shopping.sessions.opening import (
    UpdateRequest,
    accept,
    look_up,
    moment_of,
    open_update,
)
from largesse.api.shopping.sessions.returning import reopen_session, return_items
from largesse.api.shopping.sessions.wire import (
    CustomerSessionReply,
    IntegrationRequest,
    IntegrationState,
    ReopenReply,
    ReturnQuery,
    ReturnRequest,
    SessionPath,
    UpdateQuery,
    read_update,
)
from largesse.engine.evaluation.discretion import discreet, discreet_effects
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.evaluation.questions import ask
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import NotFound
from largesse.storage.access.accounts import hides_code_reasons
from largesse.storage.changes import save
from largesse.storage.scope import Scope
from largesse.storage.shopping.sessions import find_session


async def update_session(call: Call[Resources], request: UpdateRequest) -> Reply:
    """Create, update, close or cancel a session, and tell the shop what it is to do: the straight line of a request."""
    moment = moment_of(call, request)
    opened = await open_update(call, request)
    scope = opened.scope
    programs = await call.resources.programs.at(call.db, scope, opened.revision)
    update = read_update(request.body.customer_session)
    named = await look_up(call, request, opened, programs, update, moment)
    subjects, event = accept(call, request, opened, programs, update, named)
    moment = structs.replace(moment, store=named.store, card=named.usable_card)

    questions = ask(programs, subjects.session, moment, subjects.before)
    facts = await read_facts(call, scope, programs, subjects.session, moment, questions)
    outcome = await settled(
        call, scope, questions, facts, lambda known: evaluate(programs, subjects, known, moment, event)
    )
    saved = await save(call.db, scope, outcome.changes, call.now)
    if programs.definitions.hides_code_reasons:
        outcome, questions = discreet(programs, outcome, questions)

    wanted = frozenset(given(request.body.response_content) or ())
    state = await show_update(call, wanted, scope, questions, event, outcome, saved)
    return ok(structs.replace(state, campaign_eligibility=show_eligibility(scope, programs, outcome, moment)))


async def get_session(call: Call[Resources], request: Request[SessionPath, None, None]) -> Reply:
    """A session as it stands, with the effects of its latest update that nothing has taken back."""
    scope = Scope(call.caller.account_id, call.caller.application)
    stored = await find_session(call.db, scope, request.path.customer_session_id)
    if stored is None:
        raise NotFound("There is no such customer session")
    effects = stored.effects
    if await hides_code_reasons(call.db, scope.account_id):
        effects = discreet_effects(effects, stored.session.coupon_codes)
    return ok(CustomerSessionReply(customer_session=show_session(stored.session), effects=show_effects(effects)))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="PUT",
        path="/v2/customer_sessions/{customerSessionId}",
        operation_id="updateCustomerSessionV2",
        summary="Create or update a customer session and get its effects",
        access=Access.INTEGRATION,
        run=update_session,
        path_params=SessionPath,
        query=UpdateQuery,
        body=IntegrationRequest,
        replies={200: IntegrationState},
        problems=(400, 401, 409),
        replayable=True,
        hot=True,
        tag="Customer sessions",
    ),
    Operation(
        method="GET",
        path="/v2/customer_sessions/{customerSessionId}",
        operation_id="getCustomerSession",
        summary="Get a customer session and its effects",
        access=Access.INTEGRATION,
        run=get_session,
        path_params=SessionPath,
        replies={200: CustomerSessionReply},
        problems=(400, 401),
        hot=True,
        tag="Customer sessions",
    ),
    Operation(
        method="POST",
        path="/v2/customer_sessions/{customerSessionId}/returns",
        operation_id="returnCartItems",
        summary="Return items of a closed session and get the effects that are taken back",
        access=Access.INTEGRATION,
        run=return_items,
        path_params=SessionPath,
        query=ReturnQuery,
        body=ReturnRequest,
        replies={200: IntegrationState},
        problems=(400, 401),
        replayable=True,
        tag="Customer sessions",
    ),
    Operation(
        method="PUT",
        path="/v2/customer_sessions/{customerSessionId}/reopen",
        operation_id="reopenCustomerSession",
        summary="Open a closed session again and get the effects that are taken back",
        access=Access.INTEGRATION,
        run=reopen_session,
        path_params=SessionPath,
        replies={200: ReopenReply},
        problems=(400, 401),
        replayable=True,
        tag="Customer sessions",
    ),
)
