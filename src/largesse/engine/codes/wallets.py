"""Coupons in customers' wallets: in a word, what one is still good for. Source: semantics, section 11."""

from datetime import datetime
from typing import Literal

from largesse.engine.campaigns import FrontendState
from largesse.engine.codes.coupons import Coupon

WalletState = Literal["active", "used", "expired", "pending", "disabled"]


def wallet_state(coupon: Coupon, campaign: FrontendState, now: datetime) -> WalletState:
    """What a coupon is to the profile whose redemptions it tells.

    A campaign that is over, switched off or archived comes before everything else, since nothing the customer does
    helps; one that is yet to begin is no obstacle.
    """
    if campaign not in ("running", "scheduled"):
        return "disabled"
    if coupon.start_date is not None and now < coupon.start_date:
        return "pending"
    if coupon.usage_limit and coupon.usage_counter >= coupon.usage_limit:
        return "used"
    if coupon.expiry_date is not None and now >= coupon.expiry_date:
        return "used" if coupon.profile_redemptions else "expired"
    return "active"
