"""What staff do with sessions: ask why they came out as they did."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from largesse.api.evaluations import read_facts, settled
from largesse.api.resources import Resources
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.questions import ask
from largesse.engine.evaluation.why.before import before_closing
from largesse.engine.evaluation.why.story import lines, tell
from largesse.engine.evaluation.why.told import CampaignTold, CodeTold
from largesse.engine.facts import Moment, Subjects
from largesse.engine.shopping.named import named_by
from largesse.engine.shopping.sessions import SessionEvent
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import NotFound
from largesse.storage.answers import open_session
from largesse.storage.shopping.named import read_named
from largesse.storage.shopping.sessions import integration_id_of


class SessionIdPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one session of an Application, by the id we gave it."""

    application_id: int
    session_id: int


class SessionExplanation(Struct, frozen=True, kw_only=True, rename="camel"):
    """Why a session gets what it gets if it is evaluated as it stands at `evaluated_at`, its own use of coupons and
    budgets not counted. text: all of it as lines for people."""

    session_integration_id: str
    evaluated_at: datetime
    codes: Sequence[CodeTold]
    campaigns: Sequence[CampaignTold]
    text: str


async def explain_session(call: Call[Resources], request: Request[SessionIdPath, None, None]) -> Reply:
    """Evaluate a stored session once more, store nothing, and say why everything comes out as it does."""
    account_id, path = call.caller.account_id, request.path
    integration_id = await integration_id_of(call.db, account_id, path.application_id, path.session_id)
    if integration_id is None:
        raise NotFound("There is no such session")
    opened = await open_session(call.db, account_id, path.application_id, integration_id, None, in_turn=False)
    stored = opened.stored
    if stored is None:
        raise NotFound("There is no such session")
    session = stored.session
    programs = await call.resources.programs.at(call.db, opened.scope, opened.revision)
    named = await read_named(call.db, opened.scope, named_by(session), call.now)
    moment = Moment(call.now, random_bytes(SEED_BYTES), dry=True, store=named.store, card=named.usable_card)
    questions = ask(programs, session, moment, stored)
    found = await read_facts(call, opened.scope, programs, session, moment, questions)
    facts, profile = before_closing(found, opened.profile, stored)
    closed = session.state in ("closed", "partially_returned")
    event: SessionEvent = "talon_session_closed" if closed else "talon_session_updated"
    subjects = Subjects(session, profile, stored)
    told = await settled(
        call, opened.scope, questions, facts, lambda known: tell(programs, subjects, known, moment, event)
    )
    return ok(
        SessionExplanation(
            session_integration_id=integration_id,
            evaluated_at=call.now,
            codes=told.codes,
            campaigns=told.campaigns,
            text="\n".join(lines(told)),
        )
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/sessions/{sessionId}/explain",
        operation_id="explainApplicationSession",
        summary="Say why a session gets what it gets, and what would change that",
        access=Access.MANAGEMENT,
        run=explain_session,
        path_params=SessionIdPath,
        replies={200: SessionExplanation},
        problems=(404,),
        published=False,
        tag="Customer data",
    ),
)
