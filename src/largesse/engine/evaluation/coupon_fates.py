"""What becomes of each code of a session: exactly one acceptance or one rejection, with its reason.

Source: semantics, section 11.
"""

from collections.abc import Iterable, Sequence

from msgspec import UNSET, UnsetType, structs

from largesse.engine.codes.coupons import CampaignExclusion, Coupon, CouponRejection
from largesse.engine.effects.codes.accept_coupon import AcceptCouponProps
from largesse.engine.effects.codes.accept_referral import AcceptReferralProps
from largesse.engine.effects.codes.reject_coupon import RejectCouponProps
from largesse.engine.effects.codes.reject_referral import RejectReferralProps
from largesse.engine.effects.record import EffectRecord
from largesse.engine.evaluation.activation import absence, takes_part
from largesse.engine.evaluation.outcome import RuleFailure
from largesse.engine.evaluation.programs import CampaignProgram
from largesse.engine.evaluation.stage import Stage
from largesse.engine.state import Pass


def reject_unusable(stage: Stage) -> dict[int, list[Coupon]]:
    """Reject the codes that are unknown or whose campaign takes no part; the others, by campaign id."""
    by_campaign: dict[int, list[Coupon]] = {}
    for folded, entered in stage.codes.items():
        coupon = stage.facts.coupons.get(folded)
        program = None if coupon is None else stage.programs.by_id.get(coupon.campaign_id)
        if coupon is None or program is None:
            props = RejectCouponProps(entered, "CouponNotFound")
            stage.state.effects.append(EffectRecord(0, 0, 0, "", "rejectCoupon", props))
        elif not takes_part(program.campaign, stage.moment):
            reason, exclusion = absence(program.campaign, stage.moment)
            _add_rejection(stage, program, coupon, reason, campaign_exclusion_reason=exclusion)
        else:
            by_campaign.setdefault(program.campaign.id, []).append(coupon)
    return by_campaign


def reject(stage: Stage, program: CampaignProgram, current: Pass, failures: Sequence[RuleFailure]) -> None:
    """Reject the coupon of a pass that no rule has accepted; `failures` are those of the pass.

    A limit met by an effect comes before a condition: that rule came closer to firing.
    """
    assert current.coupon is not None  # noqa: S101 - only passes with a coupon end here
    if current.rejection is not None:
        _add_rejection(stage, program, current.coupon, current.rejection)
        return
    asking = [failure for failure in failures if failure.rule_index in program.coupon_rules]
    for failure in asking:
        if failure.effect_index is not UNSET:
            _add_rejection(
                stage,
                program,
                current.coupon,
                "EffectCouldNotBeApplied",
                rule_index=failure.rule_index,
                effect_index=failure.effect_index,
                details=failure.details,
            )
            return
    first = asking[0] if asking else None
    _add_rejection(
        stage,
        program,
        current.coupon,
        "CouponRejectedByCondition",
        rule_index=first.rule_index if first else 0,
        condition_index=first.condition_index if first else UNSET,
        details=first.details if first else UNSET,
    )


def reject_excluded(
    stage: Stage, program: CampaignProgram, coupons: Sequence[Coupon], exclusion: CampaignExclusion
) -> None:
    """Reject the coupons of a campaign that is not evaluated because another one of its group is chosen."""
    for coupon in coupons:
        _add_rejection(stage, program, coupon, "CouponPartOfNotTriggeredCampaign", campaign_exclusion_reason=exclusion)


def without_acceptances(effects: Iterable[EffectRecord], exclusion: CampaignExclusion) -> Iterable[EffectRecord]:
    """What is left of the effects of campaigns that were evaluated and not chosen: an answer to each of their codes.

    A code that a rule has accepted is rejected; one that was rejected keeps its own reason.
    """
    for effect in effects:
        if isinstance(effect.props, AcceptCouponProps):
            props = RejectCouponProps(
                effect.props.value, "CouponPartOfNotTriggeredCampaign", campaign_exclusion_reason=exclusion
            )
            yield structs.replace(effect, effect_type="rejectCoupon", props=props, used=())
        elif isinstance(effect.props, AcceptReferralProps):
            rejected = RejectReferralProps(
                effect.props.value, "ReferralPartOfNotTriggeredCampaign", campaign_exclusion_reason=exclusion
            )
            yield structs.replace(effect, effect_type="rejectReferral", props=rejected, used=())
        elif isinstance(effect.props, RejectCouponProps | RejectReferralProps):
            yield effect


def as_entered(stage: Stage, coupon: Coupon) -> str:
    """A coupon's code in the spelling of the session."""
    return stage.codes.get(coupon.value, coupon.value)


def _add_rejection(
    stage: Stage,
    program: CampaignProgram,
    coupon: Coupon,
    reason: CouponRejection,
    *,
    rule_index: int | None = None,
    condition_index: int | UnsetType = UNSET,
    effect_index: int | UnsetType = UNSET,
    details: str | UnsetType = UNSET,
    campaign_exclusion_reason: CampaignExclusion | UnsetType = UNSET,
) -> None:
    index = (program.coupon_rules[0] if program.coupon_rules else 0) if rule_index is None else rule_index
    name = program.rule_names[index] if index < len(program.rule_names) else ""
    props = RejectCouponProps(
        as_entered(stage, coupon), reason, condition_index, effect_index, details, campaign_exclusion_reason
    )
    stage.state.effects.append(
        EffectRecord(
            program.campaign.id,
            program.ruleset_id,
            index,
            name,
            "rejectCoupon",
            props,
            coupon.id,
            UNSET,
            program.group.id,
            program.group.evaluation_mode,
        )
    )
