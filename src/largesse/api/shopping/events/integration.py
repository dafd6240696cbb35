"""What shops do with events: send them, and let rules run on them at once."""

from msgspec import UNSET, structs

from largesse.api.evaluations import show_evaluation
from largesse.api.models.event import show_event
from largesse.api.resources import Resources
from largesse.api.shopping.events.tracking import Told, track
from largesse.api.shopping.events.wire import TrackQuery, TrackRequest, TrackState
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, no_content, ok
from largesse.storage.changes import save


async def track_event(call: Call[Resources], request: Request[NoPath, TrackQuery, TrackRequest]) -> Reply:
    """Record an event of a customer, who gets a profile if there is none, and tell the shop what it is to do."""
    sent = request.body
    told = Told(
        given(sent.profile_id) or "",
        sent.type,
        given(sent.attributes) or {},
        given(sent.store_integration_id),
        given(sent.loyalty_cards) or (),
        given(sent.evaluable_campaign_ids),
        frozenset(given(sent.response_content) or ()),
    )
    opened, event, outcome = await track(call, request.query, told)
    saved = await save(call.db, opened.scope, outcome.changes, call.now)
    if request.query.silent == "yes":
        return no_content()
    state = await show_evaluation(call, told.response_content, opened.scope, outcome, saved)
    shown = show_event(
        saved.event_id, call.now, opened.scope.application_id, told.profile_id, event, told.store_integration_id
    )
    return ok(TrackState(**structs.asdict(state), event=shown if "event" in told.response_content else UNSET))


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
)
