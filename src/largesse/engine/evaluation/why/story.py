"""A whole evaluation, told: every code, every campaign, every rule, with reasons and the nearest fixes."""

from collections.abc import Iterator

from msgspec import UNSET, UnsetType, structs

from largesse.engine.campaigns import frontend_state
from largesse.engine.codes.coupons import CampaignExclusion, Coupon
from largesse.engine.codes.referrals import ReferralRejection
from largesse.engine.effects.codes.accept_coupon import AcceptCouponProps
from largesse.engine.effects.codes.accept_referral import AcceptReferralProps
from largesse.engine.effects.codes.reject_coupon import RejectCouponProps
from largesse.engine.effects.codes.reject_referral import RejectReferralProps
from largesse.engine.evaluation.activation import takes_part
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.evaluation.outcome import Outcome, RuleTrace
from largesse.engine.evaluation.programs import CampaignProgram, Programs
from largesse.engine.evaluation.questions import folded_codes
from largesse.engine.evaluation.why import codes, referrals
from largesse.engine.evaluation.why.reasons import reasons_of
from largesse.engine.evaluation.why.telling import Scene, Telling
from largesse.engine.evaluation.why.told import CampaignTold, CodeTold, Fix, RuleTold, SessionTold
from largesse.engine.evaluation.why.words import when
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.shopping.sessions import SessionEvent
from largesse.engine.shopping.stores import is_elsewhere

_EXCLUSIONS: dict[CampaignExclusion, str] = {
    "CampaignGaveLowerDiscount": "its discount gave way to another campaign's of its group",
    "CampaignIsNotFirst": "an earlier campaign of its group was triggered",
    "CampaignNotInEvaluationSet": "it was not to be evaluated",
}


def tell(programs: Programs, subjects: Subjects, facts: Facts, moment: Moment, event: SessionEvent) -> SessionTold:
    """Evaluate a session, store nothing, and say how everything came out. Archived campaigns are not spoken of."""
    traced = structs.replace(moment, dry=True, traced=True, reasons=True)
    outcome = evaluate(programs, subjects, facts, traced, event)
    entered = folded_codes(programs, subjects.session)
    coupons = {code: facts.coupons[folded] for folded, code in entered.items() if folded in facts.coupons}
    scene = Scene(programs, outcome.session, facts, traced, event, _referral_rejection(outcome))
    return SessionTold(
        tuple(_codes(outcome, coupons, scene)),
        tuple(
            _campaign(program, outcome, coupons, scene)
            for program in programs.campaigns
            if program.campaign.state != "archived"
        ),
        outcome.unanswered,
    )


def _referral_rejection(outcome: Outcome) -> ReferralRejection | None:
    """Why the referral code of the session was rejected."""
    rejections = (effect.props for effect in outcome.effects if isinstance(effect.props, RejectReferralProps))
    return next((props.rejection_reason for props in rejections), None)


def _codes(outcome: Outcome, coupons: dict[str, Coupon], scene: Scene) -> Iterator[CodeTold]:
    for effect in outcome.effects:
        campaign_id = effect.campaign_id or UNSET
        match effect.props:
            case AcceptCouponProps(value):
                text = codes.accepted(coupons.get(value), scene.now)
                yield CodeTold(value, True, text, campaign_id=campaign_id)
            case AcceptReferralProps(value):
                yield CodeTold(value, True, "accepted", campaign_id=campaign_id)
            case RejectCouponProps(value=value, rejection_reason=reason):
                text, fix = codes.rejected(reason, coupons.get(value), value, scene.now)
                yield CodeTold(value, False, text, reason, campaign_id, fix)
            case RejectReferralProps(value=value, rejection_reason=reason):
                text, fix = referrals.rejected(reason, scene.facts.referral, value, scene.now)
                yield CodeTold(value, False, text, reason, campaign_id, fix)
            case _:
                pass


def _campaign(
    program: CampaignProgram,
    outcome: Outcome,
    coupons: dict[str, Coupon],
    scene: Scene,
) -> CampaignTold:
    campaign = program.campaign
    if not takes_part(campaign, scene.moment):
        text, fix = _absence(program, scene.moment)
        return CampaignTold(campaign.id, campaign.name, False, text, fix)
    exclusion = next((each for each in outcome.excluded if each.campaign_id == campaign.id), None)
    # In groups that share out items a campaign runs more than once; the last run is the one that counts.
    traces = {
        (trace.rule_index, trace.coupon_code): trace for trace in outcome.trace if trace.campaign_id == campaign.id
    }
    return CampaignTold(
        campaign.id,
        campaign.name,
        campaign.id in outcome.triggered,
        (program.broken or UNSET) if exclusion is None else _EXCLUSIONS[exclusion.reason],
        exclusion_reason=UNSET if exclusion is None else exclusion.reason,
        rules=tuple(_rule(trace, program, coupons, scene) for trace in traces.values()),
    )


def _absence(program: CampaignProgram, moment: Moment) -> tuple[str, Fix | UnsetType]:
    """Why a campaign takes no part."""
    campaign, now = program.campaign, moment.now
    if is_elsewhere(campaign, moment.store):
        here = "names none" if moment.store is None else f"is of {moment.store.integration_id}, which is none of them"
        return f"it is for certain stores, and the session {here}", Fix("store", "one of the stores it is linked to")
    state = frontend_state(campaign.state, campaign.start_time, campaign.end_time, now)
    if state == "scheduled" and campaign.start_time is not None:
        starts = when(campaign.start_time, now)
        return f"it starts {starts}", Fix("time", starts)
    if state == "expired" and campaign.end_time is not None:
        return f"it ended {when(campaign.end_time, now)}", UNSET
    return f"it is {state}", UNSET


def _rule(
    trace: RuleTrace,
    program: CampaignProgram,
    coupons: dict[str, Coupon],
    scene: Scene,
) -> RuleTold:
    entered = next((code for code, coupon in coupons.items() if coupon.value == trace.coupon_code), "")
    rule = program.ruleset.rules[trace.rule_index]
    telling = Telling(
        scene,
        program.campaign,
        {binding.name: binding.node for binding in (*program.ruleset.bindings, *rule.bindings)},
        coupons.get(entered),
        trace.rejection,
        trace.referral_rejection,
        entered,
    )
    failure = trace.failure
    conditions = () if trace.fired else enumerate(trace.condition.children)
    return RuleTold(
        trace.rule_index,
        trace.rule_name,
        trace.fired,
        entered or UNSET,
        tuple(reason for index, condition in conditions for reason in reasons_of(condition, index, telling)),
        UNSET if failure is None else failure.effect_index,
        UNSET if failure is None or failure.effect_index is UNSET else failure.details,
    )


def lines(told: SessionTold) -> Iterator[str]:
    """An explanation as people read it, line by line."""
    for code in told.codes:
        yield f"{code.code}: {code.text}{_fixed(code.fix)}"
    for campaign in told.campaigns:
        state = "triggered" if campaign.triggered else "not triggered"
        yield f"{campaign.campaign_name}: {state if campaign.text is UNSET else campaign.text}"
        for rule in campaign.rules:
            with_code = "" if rule.coupon_code is UNSET else f" with {rule.coupon_code}"
            name = rule.rule_name or f"rule {rule.rule_index}"
            yield f"  {name}{with_code}: {'fired' if rule.fired else 'did not fire'}"
            for reason in rule.reasons:
                yield f"    {reason.text}{_fixed(reason.fix)}"
            if rule.effect_index is not UNSET:
                yield f"    effect {rule.effect_index} could not be applied: {rule.details}"


def _fixed(fix: Fix | UnsetType) -> str:
    return "" if isinstance(fix, UnsetType) else f" → {fix.text}"
