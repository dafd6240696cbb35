"""Why rules did not fire, on the wire."""

from msgspec import UNSET, Struct, UnsetType, field

from largesse.engine.evaluation.outcome import RuleFailure


class RuleFailureReason(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where one rule stopped, and with which code [IA RuleFailureReason]."""

    campaign_id: int = field(name="campaignID")
    campaign_name: str
    ruleset_id: int = field(name="rulesetID")
    coupon_id: int | UnsetType = field(default=UNSET, name="couponID")
    coupon_value: str | UnsetType = UNSET
    referral_id: int | UnsetType = field(default=UNSET, name="referralID")
    referral_value: str | UnsetType = UNSET
    rule_index: int
    rule_name: str
    condition_index: int | UnsetType = UNSET
    effect_index: int | UnsetType = UNSET
    details: str | UnsetType = UNSET
    evaluation_group_id: int | UnsetType = field(default=UNSET, name="evaluationGroupID")
    evaluation_group_mode: str | UnsetType = UNSET


def show_failure(failure: RuleFailure) -> RuleFailureReason:
    """A failure as callers see it."""
    return RuleFailureReason(
        campaign_id=failure.campaign_id,
        campaign_name=failure.campaign_name,
        ruleset_id=failure.ruleset_id,
        coupon_id=failure.coupon_id,
        coupon_value=failure.coupon_value,
        referral_id=failure.referral_id,
        referral_value=failure.referral_value,
        rule_index=failure.rule_index,
        rule_name=failure.rule_name,
        condition_index=failure.condition_index,
        effect_index=failure.effect_index,
        details=failure.details,
        evaluation_group_id=failure.evaluation_group_id,
        evaluation_group_mode=failure.evaluation_group_mode,
    )
