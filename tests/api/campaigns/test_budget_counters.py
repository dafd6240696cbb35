"""What campaigns show of their budgets: every action, and the deprecated counter that repeats it."""

from typing import Any

import httpx
import pytest

from largesse.engine.budgets import Action
from largesse.plumbing.database import Database
from tests.support.carts import item, update
from tests.support.shop_plans import build
from tests.support.stories import parse_stories

pytestmark = pytest.mark.anyio

# What one session uses of each action, and the counter that shows it beside the budget.
USED: dict[Action, tuple[float, str]] = {
    "redeemCoupon": (1, "couponRedemptionCount"),
    "redeemReferral": (1, "referralRedemptionCount"),
    "createCoupon": (1, "couponCreationCount"),
    "createReferral": (1, "referralCreationCount"),
    "setDiscount": (2.5, "discountCount"),
    "setDiscountEffect": (1, "discountEffectCount"),
    "createLoyaltyPoints": (30, "createdLoyaltyPointsCount"),
    "createLoyaltyPointsEffect": (1, "createdLoyaltyPointsEffectCount"),
    "redeemLoyaltyPoints": (10, "redeemedLoyaltyPointsCount"),
    "redeemLoyaltyPointsEffect": (1, "redeemedLoyaltyPointsEffectCount"),
    "customEffect": (1, "customEffectCount"),
    "callApi": (1, "callApiEffectCount"),
    "awardGiveaway": (1, "awardedGiveawaysCount"),
    "addFreeItemEffect": (2, "addFreeItemEffectCount"),
    "reserveCoupon": (1, "reservecouponEffectCount"),
}
LASTING: set[Action] = {"createCoupon", "createReferral", "reserveCoupon"}

STORY = """
story: everything at once
program: stars
pool: cards
  giveaway: CARD-1
webhook: {"title": "Tell", "url": "https://shop.example", "payload": ""}
campaign: everything
  coupon: CODE usageLimit=0
  referral: FRIEND advocate=eve usageLimit=0
  rule: everything
    when (couponValid)
    when (referralValid)
    then (reserveCoupon)
    then (setDiscount "off" 2.5)
    then (createCoupon (. Campaign Id) "")
    then (createReferral (. Campaign Id) "")
    then (addLoyaltyPoints 1 "" "" "earned" 30)
    then (deductLoyaltyPoints 1 "" "spent" 10)
    then (customEffect 7 greet)
    then (callApi 1)
    then (awardGiveaway 1)
    then (addFreeItem SOCKS "free socks" 2)
"""


async def test_every_budget_is_shown_with_what_was_used(client: httpx.AsyncClient, database: Database) -> None:
    plan = parse_stories(STORY)[0].shop
    plan["campaigns"][0]["limits"] = [{"action": action, "limit": 100, "entities": []} for action in USED]
    shop = await build(client, database, plan)

    async def shown() -> dict[str, float]:
        """The counters of the campaign by action; each is shown twice."""
        campaign = (await shop.manage("GET", f"{shop.path}/campaigns")).json()["data"][0]
        assert [(each["action"], each["limit"]) for each in campaign["budgets"]] == [(action, 100) for action in USED]
        counters = {each["action"]: each["counter"] for each in campaign["budgets"]}
        assert {action: campaign[name] for action, (_, name) in USED.items()} == counters
        return counters

    assert not any((await shown()).values())
    session: dict[str, Any] = {
        "profileId": "ann",
        "couponCodes": ["CODE"],
        "referralCode": "FRIEND",
        "cartItems": [item()],
    }
    opened = await update(shop, content=("ruleFailureReasons",), **session)
    assert opened["ruleFailureReasons"] == []
    assert await shown() == {action: int(action == "reserveCoupon") for action in USED}
    await update(shop, state="closed")
    assert await shown() == {action: amount for action, (amount, _) in USED.items()}
    await update(shop, state="cancelled")
    assert await shown() == {action: int(action in LASTING) for action in USED}
