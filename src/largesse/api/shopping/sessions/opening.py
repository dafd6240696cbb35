"""How an update of a session begins: the moment it is for, its turn, whether it is acceptable, and what is known."""

from datetime import datetime, timedelta

from msgspec import structs

from largesse.api.evaluations import chosen_campaigns
from largesse.api.integration_ids import too_long
from largesse.api.refusals import errors_of
from largesse.api.resources import Resources
from largesse.api.shopping.sessions.wire import (
    IntegrationRequest,
    SessionPath,
    UpdateQuery,
    refusals_of,
)
from largesse.api.turn import in_turn
from largesse.engine.customers.profiles import Profile
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.programs import Programs
from largesse.engine.facts import Moment, StoredSession, Subjects
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, TOO_LONG
from largesse.engine.shopping import session_updates
from largesse.engine.shopping.named import Named, names_of
from largesse.engine.shopping.sessions import Session, SessionEvent, SessionUpdate
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Request
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import Invalid, at_parameter
from largesse.storage.answers import Opened, open_session
from largesse.storage.shopping.named import read_named

UpdateRequest = Request[SessionPath, UpdateQuery, IntegrationRequest]

# Nothing is published. Rules add to the time, and calendars end: this leaves both room.
AHEAD_MAX = timedelta(days=36_525)

# Where the session stands in the body.
POINTER = "/customerSession"


def moment_of(call: Call[Resources], request: UpdateRequest) -> Moment:
    """As of when the update is evaluated, and whether for real.

    Raises `Invalid` for what only dry runs may say, and for an id that cannot be stored.
    """
    query = request.query
    errors = []
    if details := too_long(request.path.customer_session_id):
        errors.append(at_parameter(TOO_LONG, details, "customerSessionId"))
    if query.now is not None and not query.dry:
        errors.append(at_parameter(INVALID_VALUE, "now can only be used when dry is true", "now"))
    elif query.now is not None and query.now <= call.now:
        errors.append(at_parameter(OUT_OF_RANGE, "now must be in the future", "now"))
    elif query.now is not None and query.now - call.now > AHEAD_MAX:
        errors.append(at_parameter(OUT_OF_RANGE, "now must not be more than 100 years ahead", "now"))
    if errors:
        raise Invalid(errors=errors)
    now = (query.now or call.now) + call.caller.time_offset
    content = given(request.body.response_content) or ()
    tells_eligibility = query.dry and "campaignEligibility" in content
    return Moment(
        now,
        random_bytes(SEED_BYTES),
        query.dry,
        traced=tells_eligibility,
        reasons=tells_eligibility or "ruleFailureReasons" in content,
        evaluable_campaign_ids=chosen_campaigns(query.dry, request.body.customer_session.evaluable_campaign_ids),
    )


async def open_update(call: Call[Resources], request: UpdateRequest) -> Opened:
    """Read what the update starts from, in its turn; a dry run changes nothing and waits for nobody."""
    sent = request.body.customer_session
    # A cancelled session keeps its profile, whatever is sent with the cancellation.
    profile_id = None if given(sent.state) == "cancelled" else given(sent.profile_id)
    session_id = request.path.customer_session_id
    caller = call.caller
    dry = request.query.dry
    return await in_turn(
        open_session(call.db, caller.account_id, caller.application, session_id, profile_id, in_turn=not dry)
    )


def before_update(request: UpdateRequest, opened: Opened) -> StoredSession | None:
    """The session that the update starts from; a dry run that closes it is about what it sends and nothing else [IA
    dry]."""
    alone = request.query.dry and given(request.body.customer_session.state) == "closed"
    return None if alone else opened.stored


async def look_up(
    call: Call[Resources],
    request: UpdateRequest,
    opened: Opened,
    programs: Programs,
    update: SessionUpdate,
    moment: Moment,
) -> Named:
    """What there is of the things that the update names, or that the stored session has named before."""
    before = before_update(request, opened)
    names = names_of(update, None if before is None else before.session, programs.definitions)
    return await read_named(call.db, opened.scope, names, moment.now)


def accept(
    call: Call[Resources],
    request: UpdateRequest,
    opened: Opened,
    programs: Programs,
    update: SessionUpdate,
    named: Named,
) -> tuple[Subjects, SessionEvent]:
    """The session after the update, and the event that it is. Raises `Invalid` with all that is wrong with it."""
    before = before_update(request, opened)
    refusals = refusals_of(request.body.customer_session)
    updated = session_updates.update_session(
        None if before is None else before.session,
        opened.scope.application_id,
        request.path.customer_session_id,
        update,
        programs.definitions,
        call.now,
        named,
    )
    if isinstance(updated, list):
        raise Invalid(errors=errors_of([*refusals, *updated], POINTER))
    if refusals:
        raise Invalid(errors=errors_of(refusals, POINTER))
    session = structs.replace(updated.session, first_session=is_first(updated.session, opened))
    return Subjects(session, profile_of(session, opened, call.now), before), updated.event


def is_first(session: Session, opened: Opened) -> bool:
    """Whether a session is its profile's first one; that of an anonymous customer always is [IA firstSession]."""
    if not session.profile_id:
        return True
    stored = opened.stored
    if stored is not None and stored.session.profile_id == session.profile_id:
        return stored.session.first_session
    return opened.started_sessions == 0


def profile_of(session: Session, opened: Opened, now: datetime) -> Profile | None:
    """The session's profile: None for an anonymous customer, a new one where the id is not known yet."""
    if not session.profile_id:
        return None
    stored = opened.profile
    if stored is not None and stored.integration_id == session.profile_id:
        return stored
    return Profile(0, session.profile_id, now, sandbox=opened.scope.sandbox)
