"""Every effect there is, as the SDK's own class for its props reads it."""

import asyncio
from typing import Any

import pytest
import talon_one

from largesse.engine.effects.catalogue import CATALOGUE
from tests.sdk.furnished import WEBHOOK, achieve, make_coupons, named
from tests.support.loyalty import make_program
from tests.support.sdk import open_sdk, props_of
from tests.support.server import Server, real_shop

ITEMS = [".", "Session", "CartItems"]
# Published after this release of the SDK; tests/api/rewards reads it.
NEWER_THAN_THE_SDK = {"startAchievementProgress"}
EVERYTHING: dict[str, Any] = {
    "title": "Everything",
    "condition": ["and", ["couponValid"], ["referralValid"]],
    "effects": [
        ["setDiscount", "off", 10, True],
        ["setDiscountPerItem", ITEMS, "each", [["Item"], 1.25]],
        ["setDiscountPerAdditionalCost", "shipping", "free", 2],
        ["setDiscountPerAdditionalCostPerItem", ITEMS, "engraving", "no charge", [["Item"], 1.5]],
        ["addFreeItem", "SOCKS", "Socks"],
        ["showNotification", "Offer", "Lucky you", "Socks, too"],
        ["updateAttribute", "Session.Attributes.channel", "web"],
        ["createCoupon", [".", "Campaign", "Id"], "bob"],
        ["createReferral", [".", "Campaign", "Id"], ""],
        ["reserveCoupon"],
        ["customEffect", 7, "confetti"],
        ["redeemReferral"],
        ["showBundleMetadata", ["bundle", "Pair", ITEMS, 2], "two lamps", ["list", "SKU"]],
        ["setDiscountPerAdditionalCost", "wrapping", "free", 2],
    ],
}
GIVEN = {"title": "A card", "condition": ["and"], "effects": []}
SESSION = {
    "profileId": "bob",
    "cartItems": [
        {"name": "Lamp", "sku": "LAMP", "quantity": 2, "price": 8.5, "additionalCosts": {"engraving": {"price": 3}}}
    ],
    "additionalCosts": {"shipping": {"price": 4.9}},
    "state": "closed",
}
EXPECTED: list[tuple[str, dict[str, Any]]] = [
    ("rejectCoupon", {"value": "WRONG-ONE", "rejection_reason": "CouponNotFound"}),
    ("acceptCoupon", {}),
    ("acceptReferral", {"value": "FRIEND-1"}),
    ("setDiscount", {"name": "off", "value": 10, "desired_value": 10}),
    ("setDiscountPerItem", {"name": "each#0", "value": 1.25, "position": 0, "sub_position": 0}),
    ("setDiscountPerItem", {"name": "each#0", "value": 1.25, "position": 0, "sub_position": 1}),
    ("setDiscountPerAdditionalCost", {"name": "free", "additional_cost": "shipping", "value": 2}),
    ("setDiscountPerAdditionalCostPerItem", {"name": "no charge#0", "value": 1.5, "position": 0, "sub_position": 0}),
    ("setDiscountPerAdditionalCostPerItem", {"name": "no charge#0", "value": 1.5, "position": 0, "sub_position": 1}),
    ("addFreeItem", {"sku": "SOCKS", "name": "Socks"}),
    ("showNotification", {"notification_type": "Offer", "title": "Lucky you", "body": "Socks, too"}),
    ("updateAttribute", {"path": "Session.Attributes.channel", "value": "web"}),
    ("couponCreated", {"profile_id": "bob"}),
    ("referralCreated", {}),
    ("reserveCoupon", {"profile_integration_id": "bob", "is_new_reservation": True}),
    ("customEffect", {"effect_id": 7, "name": "confetti", "payload": {}}),
    ("redeemReferral", {"value": "FRIEND-1"}),
    (
        "showBundleMetadata",
        {"description": "two lamps", "bundle_attributes": ["SKU"], "items_indices": [0]},
    ),
    ("error", {}),
    ("addLoyaltyPoints", {"name": "thanks", "value": 30, "recipient_integration_id": "bob", "sub_ledger_id": ""}),
    ("changeLoyaltyTierLevel", {"new_tier_name": "Gold", "rule_title": "Everything"}),
    ("addLoyaltyPoints", {"name": "later", "value": 7}),
    ("deductLoyaltyPoints", {"name": "a coffee", "value": 10}),
    ("extendLoyaltyPointsExpiryDate", {"extension_duration": "1M"}),
    ("setLoyaltyPointsExpiryDate", {}),
    ("addToAudience", {"audience_name": "vip", "profile_integration_id": "bob"}),
    ("removeFromAudience", {"audience_name": "vip", "profile_integration_id": "bob"}),
    ("increaseAchievementProgress", {"achievement_name": "Stamps", "delta": 1, "value": 1, "target": 10}),
    ("awardGiveaway", {"pool_name": "Cards", "recipient_integration_id": "bob", "code": "CARD-1"}),
    ("triggerWebhook", {"webhook_name": "Tell the warehouse"}),
]
UNDONE: list[tuple[str, dict[str, Any]]] = [
    ("rollbackCoupon", {}),
    ("rollbackReferral", {"value": "FRIEND-1"}),
    ("rollbackDiscount", {"name": "off", "value": 10}),
    ("rollbackDiscount", {"name": "each#0", "value": 1.25, "cart_item_position": 0, "cart_item_sub_position": 0}),
    ("rollbackDiscount", {"name": "each#0", "value": 1.25, "cart_item_position": 0, "cart_item_sub_position": 1}),
    ("rollbackDiscount", {"name": "free", "value": 2, "additional_cost": "shipping"}),
    ("rollbackDiscount", {"name": "no charge#0", "value": 1.5, "cart_item_position": 0, "cart_item_sub_position": 0}),
    ("rollbackDiscount", {"name": "no charge#0", "value": 1.5, "cart_item_position": 0, "cart_item_sub_position": 1}),
    ("rollbackAddedLoyaltyPoints", {"value": 7, "recipient_integration_id": "bob"}),
    ("rollbackDeductedLoyaltyPoints", {"value": 10, "recipient_integration_id": "bob"}),
    ("rollbackIncreasedAchievementProgress", {"decrease_progress_by": 1, "current_progress": 0, "target": 10}),
]
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("rejectReferral", {"value": "NO-FRIEND", "rejection_reason": "ReferralNotFound"}),
    ("increaseAchievementProgress", {"achievement_name": "Stamps", "value": 1}),
    ("willAwardGiveaway", {"pool_name": "Cards", "recipient_integration_id": "cid"}),
]


@pytest.fixture(scope="module")
def states(server: Server) -> tuple[Any, Any, Any]:
    """What closing a session answers, then cancelling it, and a session of nobody's friend, as the SDK's objects."""
    key, code = asyncio.run(_open(server))
    with open_sdk(server.url, staff="Bearer nobody", key=key) as sdk:
        update = sdk.integration.update_customer_session_v2
        session = talon_one.NewCustomerSessionV2.model_validate(
            SESSION | {"couponCodes": ["WRONG-ONE", code], "referralCode": "FRIEND-1"}
        )
        closed = update("all", talon_one.IntegrationRequest(customerSession=session))
        cancelled = talon_one.NewCustomerSessionV2(state="cancelled")
        undone = update("all", talon_one.IntegrationRequest(customerSession=cancelled))
        stranger = talon_one.NewCustomerSessionV2(referralCode="NO-FRIEND", profileId="cid")
        return closed, undone, update("other", talon_one.IntegrationRequest(customerSession=stranger))


async def _open(server: Server) -> tuple[str, str]:
    async with real_shop(server.url, server.database_url) as shop:
        await shop.create("/v1/attributes", named("channel") | {"entity": "CustomerSession"})
        for cost in ("shipping", "wrapping"):
            await shop.create("/v1/additional_costs", named(cost) | {"type": "session"})
        await shop.create("/v1/additional_costs", named("engraving") | {"type": "item"})
        campaign = await shop.campaign()
        audience = (await shop.integrate("POST", "/v2/audiences", {"name": "vip"})).json()["id"]
        moves = [[name, "Current", audience] for name in ("addToAudience", "removeFromAudience")]
        program = (await make_program(shop, tiers=[{"name": "Gold", "minPoints": 30}]))["id"]
        points = [
            ["addLoyaltyPoints", program, "", "", "thanks", 30, ["kv", ["validity", "1Y"]]],
            ["addLoyaltyPoints", program, "", "", "later", 7, ["kv", ["pending", "1D"]]],
            ["deductLoyaltyPoints", program, "", "a coffee", 10],
            ["extendLoyaltyPointsExpiryDate", program, "", "1M"],
            ["setLoyaltyPointsExpiryDate", program, "", "2090-01-01T00:00:00Z"],
        ]
        everything = EVERYTHING | {"effects": [*EVERYTHING["effects"], *points, *moves]}
        pool = await shop.create("/v1/giveaways/pools", {"name": "Cards", "sandbox": False})
        codes = {"giveaways": [{"code": "CARD-1"}, {"code": "CARD-2"}]}
        await shop.create(f"/v1/giveaways/pools/{pool['id']}/giveaways", codes)
        stamps = await achieve(shop, campaign["id"], "Stamps")
        rewards = [["increaseAchievementProgress", stamps, 1], ["awardGiveaway", pool["id"]]]
        given = GIVEN | {"effects": rewards}
        webhook = await shop.create("/v1/webhooks", WEBHOOK)
        call = ["callApi", webhook["id"], ["kv", ["order_id", [".", "Session", "IntegrationId"]]]]
        told = {"title": "Told", "condition": ["and", ["couponValid"]], "effects": [call]}
        await shop.rules(campaign["id"], everything, given, told, activate=True)
        (coupon,) = await make_coupons(shop, campaign["id"], 1)
        body = {
            "campaignId": campaign["id"],
            "advocateProfileIntegrationIds": ["ann"],
            "referralPattern": "FRIEND-1",
            "usageLimit": 1,
        }
        await shop.integrate("POST", "/v1/referrals_for_multiple_advocates", body)
        return shop.key, coupon["value"]


def test_the_sdk_reads_the_props_of_every_effect(states: tuple[Any, Any, Any]) -> None:
    for state, expected in zip(states, (EXPECTED, UNDONE, REFUSED), strict=True):
        assert [effect.effect_type for effect in state.effects] == [kind for kind, _ in expected]
        for effect, (_, wanted) in zip(state.effects, expected, strict=True):
            props = props_of(effect)
            assert {name: getattr(props, name) for name in wanted} == wanted


def test_the_sdk_reads_the_codes_that_were_made(states: tuple[Any, Any, Any]) -> None:
    closed, *others = states
    ((coupon,), (referral,)) = (closed.created_coupons, closed.created_referrals)
    values = {
        effect.effect_type: props_of(effect).value for effect in closed.effects if "Created" in effect.effect_type
    }
    assert values == {"couponCreated": coupon.value, "referralCreated": referral.code}
    assert (coupon.recipient_integration_id, referral.advocate_profile_integration_id) == ("bob", "bob")
    assert [(state.created_coupons, state.created_referrals) for state in others] == [([], [])] * 2


def test_every_effect_of_the_catalogue_is_among_them() -> None:
    every = {effect.name for effect in CATALOGUE} - NEWER_THAN_THE_SDK
    assert {kind for kind, _ in [*EXPECTED, *UNDONE, *REFUSED]} == every
