"""What an update or a return answers with: its effects, and those of the other parts that were asked for."""

from collections.abc import Callable
from typing import TypeVar

from msgspec import UNSET, UnsetType, structs

from largesse.api.evaluations import show_evaluation
from largesse.api.models.event import Event
from largesse.api.models.referral import InventoryReferral, show_inventory_referral
from largesse.api.models.session import show_session
from largesse.api.models.session_return import Return, show_return
from largesse.api.resources import Resources
from largesse.api.shopping.sessions.wire import Content, IntegrationCoupon, IntegrationState, show_session_coupon
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.facts import Questions
from largesse.engine.shopping.sessions import Session, SessionEvent
from largesse.plumbing.context import Call
from largesse.storage.answers import answer
from largesse.storage.changes import Saved
from largesse.storage.codes.referrals import find_session_referral, referred_customers
from largesse.storage.scope import Scope
from largesse.storage.shopping.sessions import returns_of

T = TypeVar("T")


async def show_update(
    call: Call[Resources],
    wanted: frozenset[Content],
    scope: Scope,
    questions: Questions,
    event: SessionEvent,
    outcome: Outcome,
    saved: Saved,
) -> IntegrationState:
    """The answer to an update or a return, as everything stands after it."""

    def part(name: Content, make: Callable[[], T]) -> T | UnsetType:
        return make() if name in wanted else UNSET

    session = structs.replace(outcome.session, id=outcome.session.id or saved.session_id)
    told = await show_evaluation(call, wanted, scope, outcome, saved)
    return IntegrationState(
        **structs.asdict(told),
        customer_session=part("customerSession", lambda: show_session(session)),
        coupons=await _coupons(call, scope, questions) if "coupons" in wanted else UNSET,
        event=part("event", lambda: _event(call, outcome, event, saved)),
        referral=await _referral(call, scope, questions) if "referral" in wanted else UNSET,
        previous_returns=await _previous(call, scope, session, saved) if "previousReturns" in wanted else UNSET,
    )


async def _coupons(call: Call[Resources], scope: Scope, questions: Questions) -> list[IntegrationCoupon]:
    """The session's coupons that exist, read again, since closing the session has changed them."""
    asked = Questions(questions.profile_id, questions.coupon_codes, ())
    found = (await answer(call.db, scope, asked)).coupons
    return [show_session_coupon(found[code]) for code in questions.coupon_codes if code in found]


async def _referral(call: Call[Resources], scope: Scope, questions: Questions) -> InventoryReferral | UnsetType:
    """The session's referral if it exists, read again, with those it has referred."""
    if not questions.referral_code:
        return UNSET
    found = await find_session_referral(call.db, scope, questions.referral_code, questions.profile_id)
    if found is None:
        return UNSET
    return show_inventory_referral(found, await referred_customers(call.db, scope, found.id))


async def _previous(call: Call[Resources], scope: Scope, session: Session, saved: Saved) -> list[Return]:
    """The returns there were before this request."""
    found = await returns_of(call.db, scope, session.id)
    return [show_return(each, scope.application_id, scope.account_id) for each in found if each.id != saved.return_id]


def _event(call: Call[Resources], outcome: Outcome, event: SessionEvent, saved: Saved) -> Event:
    session = outcome.session
    return Event(
        id=saved.event_id,
        created=call.now,
        application_id=session.application_id,
        profile_id=session.profile_id,
        store_integration_id=session.store_integration_id or UNSET,
        type=event,
        attributes={},
        session_id=session.integration_id,
        effects=[],
    )
