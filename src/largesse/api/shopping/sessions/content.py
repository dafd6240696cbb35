"""What an update or a return answers with: its effects, and those of the other parts that were asked for.

Parts whose nouns do not exist yet say what is true of them: there are none.
"""

from collections.abc import Callable
from typing import TypeVar

from msgspec import UNSET, UnsetType, structs

from largesse.api.models.campaign import Campaign, show_campaign
from largesse.api.models.customers.profile import CustomerProfile, show_profile
from largesse.api.models.effect import show_effects
from largesse.api.models.event import Event
from largesse.api.models.loyalty import NO_LOYALTY
from largesse.api.models.referral import InventoryReferral, show_inventory_referral
from largesse.api.models.rewards.giveaway import Giveaway, show_giveaway
from largesse.api.models.rule_failure import show_failure
from largesse.api.models.session import show_session
from largesse.api.models.session_return import Return, show_return
from largesse.api.resources import Resources
from largesse.api.shopping.sessions.wire import Content, IntegrationCoupon, IntegrationState, show_session_coupon
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.facts import Questions
from largesse.engine.rewards.giveaways import AwardGiveaway
from largesse.engine.shopping.sessions import Session, SessionEvent
from largesse.plumbing.context import Call
from largesse.storage.answers import answer
from largesse.storage.campaigns import find_campaigns
from largesse.storage.changes import Saved
from largesse.storage.codes.referrals import find_session_referral, referred_customers
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.rewards.giveaways import awarded_giveaways
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
    return IntegrationState(
        effects=show_effects(outcome.effects),
        created_coupons=[],
        created_referrals=[],
        customer_session=part("customerSession", lambda: show_session(session)),
        customer_profile=await _profile(call, scope, outcome, saved) if "customerProfile" in wanted else UNSET,
        coupons=await _coupons(call, scope, questions) if "coupons" in wanted else UNSET,
        triggered_campaigns=await _campaigns(call, scope, outcome) if "triggeredCampaigns" in wanted else UNSET,
        rule_failure_reasons=part("ruleFailureReasons", lambda: [show_failure(each) for each in outcome.failures]),
        event=part("event", lambda: _event(call, outcome, event, saved)),
        loyalty=part("loyalty", lambda: NO_LOYALTY),
        awarded_giveaways=await _giveaways(call, scope, outcome) if "awardedGiveaways" in wanted else UNSET,
        achievements=part("achievements", list),
        referral=await _referral(call, scope, questions) if "referral" in wanted else UNSET,
        previous_returns=await _previous(call, scope, session, saved) if "previousReturns" in wanted else UNSET,
    )


async def _profile(call: Call[Resources], scope: Scope, outcome: Outcome, saved: Saved) -> CustomerProfile | UnsetType:
    """The profile with its audiences, which are read again, since rules have changed them."""
    profile = outcome.profile
    if profile is None:
        return UNSET
    name = profile.integration_id
    audiences = await audiences_of(call.db, scope.account_id, scope.sandbox, [name])
    stored = structs.replace(profile, id=profile.id or saved.profile_id)
    return show_profile(stored, scope.account_id, audiences.get(name, ()))


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


async def _campaigns(call: Call[Resources], scope: Scope, outcome: Outcome) -> list[Campaign]:
    found = await find_campaigns(call.db, scope.account_id, scope.application_id, outcome.triggered)
    return [show_campaign(campaign, call.now) for campaign in found]


async def _previous(call: Call[Resources], scope: Scope, session: Session, saved: Saved) -> list[Return]:
    """The returns there were before this request."""
    found = await returns_of(call.db, scope, session.id)
    return [show_return(each, scope.application_id, scope.account_id) for each in found if each.id != saved.return_id]


async def _giveaways(call: Call[Resources], scope: Scope, outcome: Outcome) -> list[Giveaway]:
    """The giveaways that this request has awarded."""
    awards = [change for change in outcome.changes if isinstance(change, AwardGiveaway)]
    return [show_giveaway(each) for each in await awarded_giveaways(call.db, scope, awards)] if awards else []


def _event(call: Call[Resources], outcome: Outcome, event: SessionEvent, saved: Saved) -> Event:
    session = outcome.session
    return Event(
        id=saved.event_id,
        created=call.now,
        application_id=session.application_id,
        profile_id=session.profile_id,
        type=event,
        attributes={},
        session_id=session.integration_id,
        effects=[],
    )
