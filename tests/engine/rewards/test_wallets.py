"""What a coupon is to its holder, one row for each way there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from largesse.engine.campaigns import FrontendState
from largesse.engine.codes.coupons import Coupon
from largesse.engine.codes.wallets import WalletState, wallet_state

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
USED_UP = {"usage_limit": 2, "usage_counter": 2}
REDEEMED = {"usage_limit": 2, "usage_counter": 1, "profile_redemptions": 1}


@pytest.mark.parametrize(
    ("coupon", "campaign", "state"),
    [
        ({}, "running", "active"),
        ({}, "scheduled", "active"),
        ({}, "disabled", "disabled"),
        ({}, "archived", "disabled"),
        ({}, "expired", "disabled"),
        (USED_UP | {"profile_redemptions": 2}, "disabled", "disabled"),
        ({"start_date": NOW + DAY}, "running", "pending"),
        ({"start_date": NOW + DAY}, "scheduled", "pending"),
        ({"start_date": NOW}, "running", "active"),
        ({"expiry_date": NOW + DAY}, "running", "active"),
        ({"expiry_date": NOW}, "running", "expired"),
        (USED_UP, "running", "used"),
        (USED_UP | {"expiry_date": NOW - DAY}, "running", "used"),
        (REDEEMED, "running", "active"),
        (REDEEMED | {"expiry_date": NOW - DAY}, "running", "used"),
        ({"usage_limit": 0, "usage_counter": 9, "profile_redemptions": 9}, "running", "active"),
    ],
)
def test_a_coupon_in_a_wallet(coupon: dict[str, Any], campaign: FrontendState, state: WalletState) -> None:
    held = Coupon(id=1, campaign_id=1, value="CODE", created=NOW - DAY, **coupon)
    assert wallet_state(held, campaign, NOW) == state
