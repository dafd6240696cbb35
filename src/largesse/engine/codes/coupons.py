"""Coupons: the codes customers enter, when one may be redeemed, and what redeeming it stores.

Source: semantics, section 11.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit
from largesse.engine.money import EXACT, ZERO

CouponRejection = Literal[
    "CouponNotFound",
    "CouponPartOfNotRunningCampaign",
    "CampaignLimitReached",
    "ProfileLimitReached",
    "CouponRecipientDoesNotMatch",
    "CouponExpired",
    "CouponStartDateInFuture",
    "CouponLimitReached",
    "CouponRejectedByCondition",
    "EffectCouldNotBeApplied",
    "CouponPartOfNotTriggeredCampaign",
    "CouponReservationRequired",
    "ProfileRequired",
]
CampaignExclusion = Literal["CampaignGaveLowerDiscount", "CampaignIsNotFirst", "CampaignNotInEvaluationSet"]

# Published for a code in a session; longer ones cannot exist.
CODE_CHARACTERS_MAX = 100
# Published ceilings of what an owner grants with a code. [MA CouponConstraints]
USES_MAX = 999_999
DISCOUNT_MAX = 10**15
# Nothing is published; each code is one more evaluation of its campaign, so there must be an end.
CODES_PER_SESSION_MAX = 1_000


class Coupon(Struct, frozen=True):
    """One coupon as stored; `value` is the code in its stored spelling.

    `usage_limit` 0 means unlimited; `discount_limit` None means that the coupon carries no money of its own.
    `reserved_for_profile` tells whether the profile of the session at hand holds a reservation, `profile_redemptions`
    how often it has redeemed it.
    """

    id: int
    campaign_id: int
    value: str
    created: datetime
    usage_limit: int = 1
    usage_counter: int = 0
    discount_limit: Decimal | None = None
    discount_counter: Decimal = ZERO
    reservation_limit: int | None = None
    reservation_counter: int = 0
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    limits: tuple[Limit, ...] = ()
    attributes: dict[str, JSON] = {}
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    import_id: int | None = None
    reservation: bool = True
    batch_id: str | None = None
    is_reservation_mandatory: bool = False
    implicitly_reserved: bool = False
    reserved_for_profile: bool = False
    profile_redemptions: int = 0

    @property
    def discount_remainder(self) -> Decimal | None:
        """Money left on the coupon, None when it carries none."""
        return None if self.discount_limit is None else EXACT.subtract(self.discount_limit, self.discount_counter)

    @property
    def is_held(self) -> bool:
        """Whether the profile at hand holds it: by a reservation, as its recipient, or because everybody does."""
        return self.reserved_for_profile or bool(self.recipient_integration_id) or self.implicitly_reserved


class UseCoupon(Struct, frozen=True, tag=True):
    """Change: redeem a coupon `uses` times and take `discount` from it, refused beyond either of its limits."""

    coupon_id: int
    profile_id: str
    uses: int
    discount: Decimal = ZERO

    def inverse(self) -> "UseCoupon":
        """Make the coupon as usable as it was."""
        return UseCoupon(self.coupon_id, self.profile_id, -self.uses, -self.discount)


class ReserveCoupon(Struct, frozen=True, tag=True):
    """Change: note a coupon in a profile's wallet, unless it is there already. Never rolled back: a code that was given
    back was used once, and its owner may see so.

    `within_limit`: refused where the coupon has as many reservations as it may have.
    """

    coupon_id: int
    profile_id: str
    within_limit: bool = False


class SetCouponAttributes(Struct, frozen=True, tag=True):
    """Change: set attributes of a coupon; null clears one. Never rolled back."""

    coupon_id: int
    attributes: dict[str, JSON]


def rejection_of(
    coupon: Coupon, profile_id: str, now: datetime, *, needs_profile: bool = False
) -> CouponRejection | None:
    """Why a coupon of a running campaign cannot be used by this profile now, before budgets and conditions are asked.

    `needs_profile` tells whether a budget of its redemption counts per profile. The order of the checks is the order in
    which callers learn of several faults.
    """
    if coupon.start_date is not None and now < coupon.start_date:
        return "CouponStartDateInFuture"
    if coupon.expiry_date is not None and now >= coupon.expiry_date:
        return "CouponExpired"
    if not profile_id and (needs_profile or coupon.is_reservation_mandatory):
        return "ProfileRequired"
    if coupon.recipient_integration_id and coupon.recipient_integration_id != profile_id:
        return "CouponRecipientDoesNotMatch"
    if coupon.is_reservation_mandatory and not coupon.is_held:
        return "CouponReservationRequired"
    if coupon.usage_limit and coupon.usage_counter >= coupon.usage_limit:
        return "CouponLimitReached"
    return None
