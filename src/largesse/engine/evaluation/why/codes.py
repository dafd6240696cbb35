"""Why a code is not good, and what would help."""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.codes.coupons import Coupon, CouponRejection
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import when

_WORDS: dict[CouponRejection, str] = {
    "CouponNotFound": "there is no such code",
    "CouponPartOfNotRunningCampaign": "its campaign is not running",
    "CampaignLimitReached": "a budget of its campaign is used up",
    "ProfileLimitReached": "this customer has used it as often as allowed",
    "CouponRecipientDoesNotMatch": "it is meant for another customer",
    "CouponExpired": "it has expired",
    "CouponStartDateInFuture": "it is not valid yet",
    "CouponLimitReached": "it has been used as often as allowed",
    "CouponRejectedByCondition": "its campaign has further conditions, or none of its rules asks for a code",
    "EffectCouldNotBeApplied": "an effect met a limit",
    "CouponPartOfNotTriggeredCampaign": "its campaign gave way to another, or takes no part",
    "CouponReservationRequired": "it is only for customers who have reserved it",
    "ProfileRequired": "it is only for known customers",
}


def rejected(reason: CouponRejection, coupon: Coupon | None, entered: str, now: datetime) -> tuple[str, Fix]:
    """Why a code was rejected, in words, and the nearest fix."""
    text = _WORDS[reason]
    if coupon is not None and reason == "CouponStartDateInFuture" and coupon.start_date is not None:
        seconds = int((coupon.start_date - now).total_seconds())
        starts = f"valid {when(coupon.start_date, now)}"
        return f"{text}: {starts}", Fix("time", starts, amount=Decimal(seconds), code=entered)
    if coupon is not None and reason == "CouponExpired" and coupon.expiry_date is not None:
        text = f"it expired {when(coupon.expiry_date, now)}"
    if reason == "ProfileRequired":
        return text, Fix("profile", "say who the customer is (profileId)")
    return text, Fix("coupon", f"remove coupon {entered}", code=entered)


def accepted(coupon: Coupon | None, now: datetime) -> str:
    """What to know of a code that is good."""
    if coupon is None or coupon.expiry_date is None:
        return "accepted"
    return f"accepted; expires {when(coupon.expiry_date, now)}"


def invalid(telling: Telling) -> tuple[str, Fix | UnsetType]:
    """Why `couponValid` does not hold in a pass."""
    if telling.coupon is None:
        text = f"no code of the campaign {telling.campaign.name} is in the session"
        return text, Fix("coupon", f"enter a code of the campaign {telling.campaign.name}")
    if telling.rejection is None:
        return f"the code {telling.entered} is good here", UNSET
    text, fix = rejected(telling.rejection, telling.coupon, telling.entered, telling.now)
    return f"the code {telling.entered} cannot be used: {text}", fix
