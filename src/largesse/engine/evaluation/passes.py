"""One pass: a campaign's rules in order, with one of its coupons or with none."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import merge
from largesse.engine.codes.coupons import Coupon, rejection_of
from largesse.engine.codes.referrals import Referral
from largesse.engine.effects.codes.accept_coupon import AcceptCouponProps
from largesse.engine.effects.codes.accept_referral import AcceptReferralProps
from largesse.engine.evaluation import coupon_fates, referral_fates
from largesse.engine.evaluation.outcome import RuleFailure, RuleTrace
from largesse.engine.evaluation.programs import CampaignProgram
from largesse.engine.evaluation.spending import (
    ONE,
    limits_for,
    redeems_per_profile,
    redemption_rejection,
    subject_of,
    use,
)
from largesse.engine.evaluation.stage import Stage
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import ZERO
from largesse.engine.shopping.stores import store_budgets
from largesse.engine.state import LimitReachedError, Pass
from largesse.engine.views.coupon import CouponView
from largesse.engine.views.profile import ProfileView
from largesse.engine.views.referral import ReferralView
from largesse.engine.views.values import rule_values
from largesse.language import HOLDS, Explanation, LanguageError, Rule, settle


def run_pass(stage: Stage, program: CampaignProgram, coupon: Coupon | None, failures: list[RuleFailure]) -> bool:
    """Run the rules of one campaign once; adds to `failures` and says whether any rule fired."""
    current = _begin(stage, program, coupon)
    frame = stage.frame
    _show(stage, program, current)
    first_failure = len(failures)
    fired = False
    if program.broken:
        failures.append(_failure(program, current, 0, details=program.broken))
    for index, rule in enumerate(program.ruleset.rules):
        stage.state.rule_index = index
        stage.state.rule_name = rule.title
        explanation = _explained(stage, frame, rule) if stage.moment.traced else None
        failure = _run_rule(stage, program, current, frame, rule)
        if explanation is not None:
            code = coupon.value if coupon is not None else ""
            stage.trace.append(
                RuleTrace(
                    program.campaign.id,
                    index,
                    rule.title,
                    code,
                    failure is None,
                    explanation,
                    failure,
                    current.rejection,
                    current.referral_rejection,
                )
            )
        if failure is None:
            fired = True
        else:
            failures.append(failure)
    if coupon is not None and not current.coupon_accepted:
        coupon_fates.reject(stage, program, current, failures[first_failure:])
    return fired


def _begin(stage: Stage, program: CampaignProgram, coupon: Coupon | None) -> Pass:
    current = Pass(program.campaign, program.group, program.ruleset_id, coupon)
    stage.state.now_pass = current
    here = () if stage.moment.store is None else store_budgets(program.campaign.id, stage.moment.store)
    if program.campaign.limits or here or (coupon is not None and coupon.limits):
        code = coupon.value if coupon is not None else ""
        subject = subject_of(stage.subjects.session, stage.frame.now, code, stage.referral_code)
        current.limits = limits_for(program.campaign, coupon, subject, here)
    if coupon is not None:
        who, now = stage.subjects.session.profile_id, stage.moment.now
        refused = rejection_of(coupon, who, now, needs_profile=redeems_per_profile(current))
        current.rejection = refused or redemption_rejection(stage.state)
    if stage.state.referral is not None:
        referral_fates.enter_pass(stage, current)
    return current


def _show(stage: Stage, program: CampaignProgram, current: Pass) -> None:
    """Let the rules of a campaign see what is theirs: the campaign, its value map, its coupon and its referral."""
    coupon, referral = current.coupon, current.referral
    stage.frame.turn_to(
        current.campaign,
        program.ruleset.slots(),
        None if coupon is None else _coupon_view(stage, coupon),
        None if referral is None else _referral_view(stage, referral),
        None if referral is None else _advocate_view(stage, referral),
    )
    if program.maps_values:
        _map_values(stage, program)


def _map_values(stage: Stage, program: CampaignProgram) -> None:
    """Let the rules of a campaign see what its value map has for each item."""
    campaign_id = program.campaign.id
    mapped = stage.programs.definitions.contents.mapped.get(campaign_id) or stage.facts.sets.mapped.get(campaign_id, {})
    for unit in stage.state.session.cart_items:
        unit.mapped_value = mapped.get(unit.sku)


def _coupon_view(stage: Stage, coupon: Coupon) -> CouponView:
    attributes = rule_values("Coupon", coupon.attributes, stage.programs.definitions.attributes)
    return CouponView(coupon, attributes, stage.state.spent.get(coupon.id, ZERO))


def _referral_view(stage: Stage, referral: Referral) -> ReferralView:
    attributes = merge(referral.attributes, stage.state.writes.get(("Referral", referral.id), {}))
    return ReferralView(referral, rule_values("Referral", attributes, stage.programs.definitions.attributes))


def _advocate_view(stage: Stage, referral: Referral) -> ProfileView | None:
    advocate = referral.advocate
    if advocate is None:
        return None
    definitions = stage.programs.definitions
    attributes = merge(advocate.attributes, stage.state.writes.get(("AdvocateProfile", referral.id), {}))
    values = rule_values("CustomerProfile", attributes, definitions.attributes)
    return ProfileView(advocate, values, stage.state, definitions)


def _explained(stage: Stage, frame: EvaluationFrame, rule: Rule) -> Explanation:
    """Why a rule holds or not; conditions that give effects where they fail give none of them here."""
    mark = stage.state.mark()
    explanation = rule.explain(frame)
    stage.state.back_to(mark)
    return explanation


def _run_rule(
    stage: Stage, program: CampaignProgram, current: Pass, frame: EvaluationFrame, rule: Rule
) -> RuleFailure | None:
    """Fire one rule, or say why not; a rule that fails leaves nothing behind."""
    state = stage.state
    current.coupon_wanted = current.referral_wanted = False
    frame.acting = False
    try:
        failed = rule.check(frame)
    except LanguageError as error:
        return _failure(program, current, state.rule_index, condition_index=frame.position, details=error.message)
    if failed != HOLDS:
        return _failure(program, current, state.rule_index, condition_index=failed)
    mark = state.mark()
    frame.acting = True
    accepted = current.coupon_accepted
    try:
        if current.coupon_wanted:
            _accept_coupon(stage, current)
        if current.referral_wanted:
            _accept_referral(stage, current)
        if state.rule_index in program.settling:
            settle(program.ruleset.bindings, frame)
        rule.act(frame)
    except (LimitReachedError, LanguageError) as error:
        state.back_to(mark)
        current.coupon_accepted = accepted
        return _failure(program, current, state.rule_index, effect_index=frame.position, details=str(error))
    return None


def _accept_coupon(stage: Stage, current: Pass) -> None:
    coupon = current.coupon
    if coupon is None or current.coupon_accepted:
        return
    state = stage.state
    use(state, "redeemCoupon", ONE)
    state.put(state.accepted, coupon.id, coupon)
    current.coupon_accepted = True
    state.emit("acceptCoupon", AcceptCouponProps(coupon_fates.as_entered(stage, coupon)))


def _accept_referral(stage: Stage, current: Pass) -> None:
    referral = current.referral
    state = stage.state
    if referral is None or referral.id in state.referred:
        return
    use(state, "redeemReferral", ONE)
    state.put(state.referred, referral.id, referral)
    state.emit("acceptReferral", AcceptReferralProps(stage.subjects.session.referral_code))


def _failure(
    program: CampaignProgram,
    current: Pass,
    rule_index: int,
    *,
    condition_index: int | UnsetType = UNSET,
    effect_index: int | UnsetType = UNSET,
    details: str | UnsetType = UNSET,
) -> RuleFailure:
    names: Sequence[str] = program.rule_names
    return RuleFailure(
        campaign_id=program.campaign.id,
        campaign_name=program.campaign.name,
        ruleset_id=program.ruleset_id,
        rule_index=rule_index,
        rule_name=names[rule_index] if rule_index < len(names) else "",
        coupon_id=current.coupon.id if current.coupon is not None else UNSET,
        coupon_value=current.coupon.value if current.coupon is not None else UNSET,
        referral_id=current.referral.id if current.referral is not None else UNSET,
        referral_value=current.referral.code if current.referral is not None else UNSET,
        condition_index=condition_index,
        effect_index=effect_index,
        details=details,
        evaluation_group_id=program.group.id,
        evaluation_group_mode=program.group.evaluation_mode,
    )
