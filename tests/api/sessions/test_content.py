"""What an update answers with, as the official client reads it."""

from typing import Any, get_args

import pytest
from talon_one.models.integration_customer_session_response import IntegrationCustomerSessionResponse
from talon_one.models.integration_state_v2 import IntegrationStateV2

from largesse.api.shopping.sessions.wire import Content
from tests.support.api import Shop
from tests.support.carts import TEN_OFF, add_coupon, item, update

pytestmark = pytest.mark.anyio

ALWAYS = {"effects", "createdCoupons", "createdReferrals"}
ALL = get_args(Content)

# Each part on request, and what it is for a new anonymous session of an Application without campaigns.
PARTS: dict[str, Any] = {
    "coupons": [],
    "triggeredCampaigns": [],
    "loyalty": {"programs": {}},
    "awardedGiveaways": [],
    "ruleFailureReasons": [],
    "previousReturns": [],
    "achievements": [],
}


@pytest.mark.parametrize("part", ALL)
async def test_only_what_is_asked_for_is_answered(shop: Shop, part: str) -> None:
    state = await update(shop, content=(part,))
    absent = {"customerProfile", "referral", "campaignEligibility"}
    assert set(state) == ALWAYS | ({part} - absent)
    if part in PARTS:
        assert state[part] == PARTS[part]


async def test_nothing_is_asked_for(shop: Shop) -> None:
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {}})
    assert answer.json() == {"effects": [], "createdCoupons": [], "createdReferrals": []}


async def full_state(shop: Shop) -> dict[str, Any]:
    """An update that triggers and fails rules with all kinds of values, everything asked for."""
    attribute = {"entity": "CustomerSession", "name": "tier", "title": "tier", "type": "string", "description": ""}
    await shop.create("/v1/attributes", attribute | {"editable": True, "suggestions": []})
    everything = {
        "title": "everything",
        "condition": ["and", ["couponValid"]],
        "effects": [
            ["setDiscount", "ten off", 10],
            ["setDiscountPerItem", [".", "Session", "CartItems"], "sale", 0.5],
            ["addFreeItem", "sock", "a sock"],
            ["showNotification", "Info", "Hello", "You are welcome"],
            ["updateAttribute", "Session.Attributes.tier", "gold"],
        ],
    }
    await add_coupon(shop, "TEN-OFF", everything, discountLimit=100)
    await add_coupon(shop, "NEVER", TEN_OFF | {"condition": ["and", ["couponValid"], False]})
    cart = [item("shoe", 9.99, 2, name="Shoe", category="shoes", product={"name": "S"}, weight=1.5), item("sock", 1)]
    return await update(
        shop,
        profileId="ann",
        cartItems=cart,
        couponCodes=["TEN-OFF", "NEVER", "NOBODYS"],
        identifiers=["device"],
        state="closed",
        content=ALL,
    )


async def test_the_official_client_reads_all_of_it(shop: Shop) -> None:
    state = await full_state(shop)
    read = IntegrationStateV2.from_dict(state)
    assert read is not None
    session, profile, event = read.customer_session, read.customer_profile, read.event
    assert session is not None
    assert profile is not None
    assert event is not None
    assert session.cart_items is not None
    assert [(line.sku, line.position) for line in session.cart_items] == [("shoe", 0), ("sock", 1)]
    assert session.attributes == {"tier": "gold"}
    assert (profile.integration_id, profile.closed_sessions, profile.total_sales) == ("ann", 1, 20.98)
    assert (event.type, event.session_id, event.profile_id) == ("talon_session_closed", "s", "ann")
    assert [coupon.value for coupon in read.coupons or []] == ["TEN-OFF", "NEVER"]
    assert [coupon.profile_redemption_count for coupon in read.coupons or []] == [1, 0]
    assert [(campaign.name, campaign.state) for campaign in read.triggered_campaigns or []] == [("Campaign", "enabled")]
    assert [(why.rule_name, why.coupon_value, why.condition_index) for why in read.rule_failure_reasons or []] == [
        ("ten off", "NEVER", 1)
    ]


async def test_every_effect_names_the_coupon_that_was_evaluated(shop: Shop) -> None:
    greet = {"title": "greet", "condition": ["and", True], "effects": [["showNotification", "Info", "Hello", ""]]}
    await add_coupon(shop, "TEN-OFF", TEN_OFF, greet)
    state = await update(shop, couponCodes=["TEN-OFF"], content=("coupons",))
    assert [(each["effectType"], each.get("triggeredByCoupon")) for each in state["effects"]] == [
        (kind, state["coupons"][0]["id"]) for kind in ("acceptCoupon", "setDiscount", "showNotification")
    ]
    alone = await update(shop, couponCodes=[])
    assert [("triggeredByCoupon" in each, each["effectType"]) for each in alone["effects"]] == [
        (False, "showNotification")
    ]


async def test_effects_are_told_in_order_with_their_rule_and_coupon(shop: Shop) -> None:
    state = await full_state(shop)
    kinds = [effect["effectType"] for effect in state["effects"]]
    accepted = [
        "acceptCoupon",
        "setDiscount",
        *["setDiscountPerItem"] * 3,
        "addFreeItem",
        "showNotification",
        "updateAttribute",
    ]
    assert sorted(kinds) == sorted([*accepted, "rejectCoupon", "rejectCoupon"])
    triggered = state["triggeredCampaigns"][0]
    coupon = state["coupons"][0]
    of_campaign = [effect for effect in state["effects"] if effect["campaignId"] == triggered["id"]]
    assert [effect["effectType"] for effect in of_campaign] == accepted
    assert {(each["rulesetId"], each["ruleIndex"], each["ruleName"]) for each in of_campaign} == {
        (triggered["activeRulesetId"], 0, "everything")
    }
    assert {effect["triggeredByCoupon"] for effect in of_campaign} == {coupon["id"]}
    per_item = [effect["props"] for effect in of_campaign if effect["effectType"] == "setDiscountPerItem"]
    assert [(props["name"], props["value"], props["position"], props["subPosition"]) for props in per_item] == [
        ("sale#0", 0.5, 0, 0),
        ("sale#0", 0.5, 0, 1),
        ("sale#1", 0.5, 1, 0),
    ]
    unknown = next(effect for effect in state["effects"] if effect["props"].get("value") == "NOBODYS")
    assert unknown == {
        "campaignId": 0,
        "rulesetId": 0,
        "ruleIndex": 0,
        "ruleName": "",
        "effectType": "rejectCoupon",
        "props": {"value": "NOBODYS", "rejectionReason": "CouponNotFound"},
    }


async def test_the_official_client_reads_a_session(shop: Shop) -> None:
    state = await full_state(shop)
    body = (await shop.integrate("GET", "/v2/customer_sessions/s")).json()
    read = IntegrationCustomerSessionResponse.from_dict(body)
    assert read is not None
    assert read.effects is not None
    assert body["customerSession"] == state["customerSession"]
    assert [effect.effect_type for effect in read.effects] == [effect["effectType"] for effect in state["effects"]]
