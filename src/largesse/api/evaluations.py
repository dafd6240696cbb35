"""What all evaluations over HTTP share: what they evaluate, how they learn their facts, and what each of them may be
asked to tell."""

from collections.abc import Callable, Container
from typing import TypeAlias, TypeVar

from msgspec import UNSET, UnsetType, structs

from largesse.api.models.campaign import Campaign, show_campaign
from largesse.api.models.coupon import show_coupon
from largesse.api.models.customers.profile import CustomerProfile, show_profile
from largesse.api.models.effect import show_effects
from largesse.api.models.referral import show_referral
from largesse.api.models.rewards.achievement import CustomerAchievement, show_customer_achievement
from largesse.api.models.rewards.giveaway import Giveaway, show_giveaway
from largesse.api.models.rule_failure import show_failure
from largesse.api.models.running.customer_loyalty import customer_loyalty
from largesse.api.models.running.eligibility import CampaignEligibility, show_standing
from largesse.api.models.running.evaluation_state import EvaluationState
from largesse.api.resources import Resources
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.questions import ask_again
from largesse.engine.evaluation.why.eligibility import standings
from largesse.engine.evaluation.why.told import SessionTold
from largesse.engine.facts import Facts, Moment, Questions
from largesse.engine.rewards.giveaways import AwardGiveaway
from largesse.engine.shopping.sessions import Session
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.storage.answers import answer, know_more
from largesse.storage.campaigns import find_campaigns
from largesse.storage.changes import Saved
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.rewards.achievements import achievement_definitions, find_customer, find_iterations
from largesse.storage.rewards.giveaways import awarded_giveaways
from largesse.storage.scope import Scope

T = TypeVar("T")

Eligibility: TypeAlias = list[CampaignEligibility] | UnsetType
Decided = TypeVar("Decided", Outcome, SessionTold)


def chosen_campaigns(dry: bool, named: Omittable[list[int]]) -> frozenset[int] | None:
    """The campaigns to evaluate where a dry run names some. Named for real they are nothing to anybody, and no mistake:
    the published examples of real requests name some [IA evaluableCampaignIds]."""
    campaign_ids = given(named)
    return None if campaign_ids is None or not dry else frozenset(campaign_ids)


async def read_facts(
    call: Call[Resources], scope: Scope, programs: Programs, session: Session, moment: Moment, questions: Questions
) -> Facts:
    """The facts, including those about coupons that turn out to have limits of their own."""
    facts = await answer(call.db, scope, questions)
    further = ask_again(programs, session, moment, facts)
    if further is None:
        return facts
    own = await answer(call.db, scope, further)
    return structs.replace(facts, used={**facts.used, **own.used})


async def settled(
    call: Call[Resources], scope: Scope, questions: Questions, facts: Facts, decide: Callable[[Facts], Decided]
) -> Decided:
    """What is decided once everything is known that rules want to know of collections."""
    decided = decide(facts)
    while decided.unanswered:
        facts = await know_more(call.db, scope, questions, facts, decided.unanswered)
        decided = decide(facts)
    return decided


def show_eligibility(scope: Scope, programs: Programs, outcome: Outcome, moment: Moment) -> Eligibility:
    """For which campaigns and rules there is what they ask for, where a dry run was traced to tell it."""
    if not (moment.dry and moment.traced):
        return UNSET
    return [show_standing(each, scope.application_id) for each in standings(programs, outcome, moment)]


async def show_evaluation(
    call: Call[Resources], wanted: Container[str], scope: Scope, outcome: Outcome, saved: Saved
) -> EvaluationState:
    """The effects, and of what was asked for all that is not about a session, as everything stands after it."""

    def part(name: str, make: Callable[[], T]) -> T | UnsetType:
        return make() if name in wanted else UNSET

    return EvaluationState(
        effects=show_effects(outcome.effects),
        created_coupons=[show_coupon(coupon) for coupon in saved.coupons],
        created_referrals=[show_referral(referral) for referral in saved.referrals],
        customer_profile=await _profile(call, scope, outcome, saved) if "customerProfile" in wanted else UNSET,
        triggered_campaigns=await _campaigns(call, scope, outcome) if "triggeredCampaigns" in wanted else UNSET,
        rule_failure_reasons=part("ruleFailureReasons", lambda: [show_failure(each) for each in outcome.failures]),
        loyalty=await customer_loyalty(call, scope, outcome) if "loyalty" in wanted else UNSET,
        awarded_giveaways=await _giveaways(call, scope, outcome) if "awardedGiveaways" in wanted else UNSET,
        achievements=await _achievements(call, scope, outcome) if "achievements" in wanted else UNSET,
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


async def _campaigns(call: Call[Resources], scope: Scope, outcome: Outcome) -> list[Campaign]:
    found = await find_campaigns(call.db, scope.account_id, scope.application_id, outcome.triggered)
    return [show_campaign(campaign, call.now) for campaign in found]


async def _giveaways(call: Call[Resources], scope: Scope, outcome: Outcome) -> list[Giveaway]:
    """The giveaways that this request has awarded."""
    awards = [change for change in outcome.changes if isinstance(change, AwardGiveaway)]
    return [show_giveaway(each) for each in await awarded_giveaways(call.db, scope, awards)] if awards else []


async def _achievements(call: Call[Resources], scope: Scope, outcome: Outcome) -> list[CustomerAchievement]:
    """What the customer may achieve by now, and how far the customer has come; nothing for an anonymous one."""
    who = outcome.session.profile_id
    place = (scope.account_id, scope.application_id)
    customer = await find_customer(call.db, *place, who) if who else None
    if customer is None:
        return []
    latest = await find_iterations(call.db, scope, who)
    return [
        show_customer_achievement(each, latest.get(each.id), call.now, customer.zone)
        for each in (await achievement_definitions(call.db, *place)).values()
        if (each.end_date is None or each.end_date > call.now)
        and (each.fixed_start_date is None or each.fixed_start_date <= call.now)
    ]
