"""Props of effects about coupons and referrals [IA *EffectProps]."""

from msgspec import UNSET, Struct, UnsetType


class AcceptCouponEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A code of the session is valid."""

    value: str


class RejectCouponEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A code of the session cannot be used, and why."""

    value: str
    rejection_reason: str
    condition_index: int | UnsetType = UNSET
    effect_index: int | UnsetType = UNSET
    details: str | UnsetType = UNSET
    campaign_exclusion_reason: str | UnsetType = UNSET


class RollbackCouponEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A redeemed code is usable again."""

    value: str


class CouponCreatedEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A new code was made for a customer."""

    value: str
    profile_id: str


class ReserveCouponEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A code was put aside for a customer."""

    coupon_value: str
    profile_integration_id: str
    is_new_reservation: bool


class AcceptReferralEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The referral code of the session is valid."""

    value: str


class RejectReferralEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The referral code of the session cannot be used, and why."""

    value: str
    rejection_reason: str
    condition_index: int | UnsetType = UNSET
    effect_index: int | UnsetType = UNSET
    details: str | UnsetType = UNSET
    campaign_exclusion_reason: str | UnsetType = UNSET


class RedeemReferralEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A referral code was redeemed (deprecated)."""

    id: int
    value: str


class ReferralCreatedEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A new referral code was made."""

    value: str


class RollbackReferralEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A redeemed referral code is usable again."""

    value: str
