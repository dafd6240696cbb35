"""What shops do with events: send them, and let rules run on them at once."""

from msgspec import UNSET, structs

from largesse.api.evaluations import show_evaluation
from largesse.api.models.event import EventV3, show_advanced, show_event
from largesse.api.resources import Resources
from largesse.api.shopping.events.tracking import Told, duplicate, track
from largesse.api.shopping.events.wire import (
    AdvancedRequest,
    AdvancedState,
    EventPath,
    TrackQuery,
    TrackRequest,
    TrackState,
)
from largesse.engine.shopping.events import Event
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, no_content, ok
from largesse.plumbing.problems import NotFound
from largesse.storage.changes import save
from largesse.storage.scope import Scope
from largesse.storage.shopping.events import EventTaken, find_event


async def track_event(call: Call[Resources], request: Request[NoPath, TrackQuery, TrackRequest]) -> Reply:
    """Record an event of a customer, who gets a profile if there is none, and tell the shop what it is to do."""
    sent = request.body
    told = Told(
        given(sent.profile_id) or "",
        sent.type,
        given(sent.attributes) or {},
        given(sent.store_integration_id),
        given(sent.loyalty_cards) or (),
        sent.evaluable_campaign_ids,
        frozenset(given(sent.response_content) or ()),
    )
    opened, event, outcome, eligibility = await track(call, request.query, told)
    saved = await save(call.db, opened.scope, outcome.changes, call.now)
    if request.query.silent == "yes":
        return no_content()
    state = await show_evaluation(call, told.response_content, opened.scope, outcome, saved)
    state = structs.replace(state, campaign_eligibility=eligibility)
    shown = show_event(
        saved.event_id, call.now, opened.scope.application_id, told.profile_id, event, told.store_integration_id
    )
    return ok(TrackState(**structs.asdict(state), event=shown if "event" in told.response_content else UNSET))


async def track_advanced_event(call: Call[Resources], request: Request[NoPath, TrackQuery, AdvancedRequest]) -> Reply:
    """Record an event under an id of the shop's, once, and let rules see the closed session it goes back to.

    No empty answer is published for it: a silent one leaves out what `responseContent` asks for.
    """
    sent = request.body
    store = given(sent.store_integration_id)
    told = Told(
        sent.profile_id,
        sent.type,
        given(sent.attributes) or {},
        store,
        given(sent.loyalty_cards) or (),
        sent.evaluable_campaign_ids,
        frozenset(given(sent.response_content) or ()),
        sent.integration_id,
        given(sent.connected_session_id) or "",
    )
    opened, event, outcome, _ = await track(call, request.query, told)
    try:
        saved = await save(call.db, opened.scope, outcome.changes, call.now)
    except EventTaken:
        raise duplicate() from None
    wanted = frozenset() if request.query.silent == "yes" else told.response_content
    state = await show_evaluation(call, wanted, opened.scope, outcome, saved)
    place = saved.event_id, call.now, opened.scope.application_id, told.profile_id, store
    shown = show_advanced(*place, event) if "advancedEvent" in wanted else UNSET
    return ok(AdvancedState(**structs.asdict(state), advanced_event=shown))


async def get_advanced_event(call: Call[Resources], request: Request[EventPath, None, None]) -> Reply:
    """An event that was sent with an id."""
    scope = Scope(call.caller.account_id, call.caller.application)
    found = await find_event(call.db, scope, request.path.integration_id)
    if found is None:
        raise NotFound("There is no such event")
    event = Event(found.type, found.attributes, found.integration_id, found.connected_session_id or "")
    place = found.id, found.created, scope.application_id, found.profile_id, found.store_integration_id
    return ok(show_advanced(*place, event))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v2/events",
        operation_id="trackEventV2",
        summary="Send an event and get its effects",
        access=Access.INTEGRATION,
        run=track_event,
        path_params=NoPath,
        query=TrackQuery,
        body=TrackRequest,
        replies={200: TrackState, 204: str},
        problems=(400, 401, 409),
        replayable=True,
        hot=True,
        tag="Events",
    ),
    Operation(
        method="POST",
        path="/v3/events",
        operation_id="trackEventV3",
        summary="Send an event with an id, and get its effects",
        access=Access.INTEGRATION,
        run=track_advanced_event,
        path_params=NoPath,
        query=TrackQuery,
        body=AdvancedRequest,
        replies={200: AdvancedState},
        problems=(400, 401, 409),
        tag="Events",
    ),
    Operation(
        method="GET",
        path="/v3/events/{integrationId}",
        operation_id="getEventV3",
        summary="Read an event by its id",
        access=Access.INTEGRATION,
        run=get_advanced_event,
        path_params=EventPath,
        replies={200: EventV3},
        problems=(404,),
        tag="Events",
    ),
)
