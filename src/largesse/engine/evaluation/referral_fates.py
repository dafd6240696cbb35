"""What becomes of the referral code of a session: one acceptance or one rejection, with its reason.

Source: semantics, section 12.
"""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from largesse.engine.codes.coupons import CampaignExclusion
from largesse.engine.codes.referrals import ReferralRejection, rejection_of, rejection_of_people
from largesse.engine.effects.codes.reject_referral import RejectReferralProps
from largesse.engine.effects.record import EffectRecord
from largesse.engine.evaluation.activation import absence, takes_part
from largesse.engine.evaluation.outcome import RuleFailure
from largesse.engine.evaluation.programs import CampaignProgram
from largesse.engine.evaluation.spending import referral_budget_rejection
from largesse.engine.evaluation.stage import Stage
from largesse.engine.state import Pass


def begin(stage: Stage) -> None:
    """Reject a code that is unknown, of the wrong people, or of a campaign that takes no part; another one is used."""
    session = stage.subjects.session
    if not session.referral_code:
        return
    referral = stage.facts.referral
    program = None if referral is None else stage.programs.by_id.get(referral.campaign_id)
    if referral is None or program is None:
        props = RejectReferralProps(session.referral_code, "ReferralNotFound")
        stage.state.effects.append(EffectRecord(0, 0, 0, "", "rejectReferral", props))
    elif reason := rejection_of_people(referral, session.integration_id, session.profile_id):
        _add_rejection(stage, program, reason)
    elif not takes_part(program.campaign, stage.moment):
        reason, exclusion = _absence(program, stage)
        _add_rejection(stage, program, reason, campaign_exclusion_reason=exclusion)
    else:
        stage.state.referral = referral


def enter_pass(stage: Stage, current: Pass) -> None:
    """Let a pass through the referral's own campaign use it, as far as it may be used."""
    referral = stage.state.referral
    if referral is None or referral.campaign_id != current.campaign.id:
        return
    current.referral = referral
    if referral.id not in stage.state.referred:
        session = stage.subjects.session
        current.referral_rejection = rejection_of(
            referral, session.profile_id, stage.moment.now
        ) or referral_budget_rejection(stage.state)


def end_campaign(stage: Stage, program: CampaignProgram, failures: Sequence[RuleFailure]) -> None:
    """After all passes of the referral's campaign: reject it if no rule has accepted it; `failures` are theirs.

    A limit met by an effect comes before a condition: that rule came closer to firing.
    """
    referral = stage.state.referral
    if referral is None or referral.campaign_id != program.campaign.id or referral.id in stage.state.referred:
        return
    current = stage.state.now_pass
    if current.referral_rejection is not None:
        _add_rejection(stage, program, current.referral_rejection)
        return
    asking = [failure for failure in failures if failure.rule_index in program.referral_rules]
    failed = next((failure for failure in asking if failure.effect_index is not UNSET), None)
    if failed is not None:
        _add_rejection(stage, program, "EffectCouldNotBeApplied", failed)
    else:
        _add_rejection(stage, program, "ReferralRejectedByCondition", asking[0] if asking else None)


def reject_excluded(stage: Stage, program: CampaignProgram, exclusion: CampaignExclusion) -> None:
    """Reject the referral if it is of a campaign that is not evaluated because another one of its group is chosen."""
    referral = stage.state.referral
    if referral is not None and referral.campaign_id == program.campaign.id:
        reason: ReferralRejection = "ReferralPartOfNotTriggeredCampaign"
        _add_rejection(stage, program, reason, campaign_exclusion_reason=exclusion)


def _absence(program: CampaignProgram, stage: Stage) -> tuple[ReferralRejection, CampaignExclusion | UnsetType]:
    reason, exclusion = absence(program.campaign, stage.moment)
    is_idle = reason == "CouponPartOfNotRunningCampaign"
    return "ReferralPartOfNotRunningCampaign" if is_idle else "ReferralPartOfNotTriggeredCampaign", exclusion


def _add_rejection(
    stage: Stage,
    program: CampaignProgram,
    reason: ReferralRejection,
    failure: RuleFailure | None = None,
    *,
    campaign_exclusion_reason: CampaignExclusion | UnsetType = UNSET,
) -> None:
    first = program.referral_rules[0] if program.referral_rules else 0
    index = first if failure is None else failure.rule_index
    props = RejectReferralProps(
        stage.subjects.session.referral_code,
        reason,
        UNSET if failure is None else failure.condition_index,
        UNSET if failure is None else failure.effect_index,
        UNSET if failure is None else failure.details,
        campaign_exclusion_reason,
    )
    stage.state.effects.append(
        EffectRecord(
            program.campaign.id,
            program.ruleset_id,
            index,
            program.rule_names[index] if index < len(program.rule_names) else "",
            "rejectReferral",
            props,
            UNSET,
            UNSET,
            program.group.id,
            program.group.evaluation_mode,
        )
    )
