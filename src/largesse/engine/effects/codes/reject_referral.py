"""rejectReferral: the referral code of the session cannot be used, and why."""

from msgspec import UNSET, UnsetType

from largesse.engine.codes.coupons import CampaignExclusion
from largesse.engine.codes.referrals import ReferralRejection
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class RejectReferralProps(Props, frozen=True):
    """The code as it was entered, the reason, and where in its rule the failure lies (indexes count from 0)."""

    value: str
    rejection_reason: ReferralRejection
    condition_index: int | UnsetType = UNSET
    effect_index: int | UnsetType = UNSET
    details: str | UnsetType = UNSET
    campaign_exclusion_reason: CampaignExclusion | UnsetType = UNSET


REJECT_REFERRAL = Effect(
    name="rejectReferral",
    props=RejectReferralProps,
    doc="The referral code of the session cannot be used. It is either accepted or rejected, exactly once.",
    example={"value": "NOPE", "rejectionReason": "ReferralNotFound"},
)
