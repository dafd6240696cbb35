"""Every effect there is, as the SDK's own class for its props reads it."""

import asyncio
from typing import Any

import pytest
import talon_one

from largesse.engine.effects.catalogue import CATALOGUE
from tests.sdk.furnished import make_coupons, named
from tests.support.sdk import open_sdk, props_of
from tests.support.server import Server, real_shop

ITEMS = [".", "Session", "CartItems"]
EVERYTHING = {
    "title": "Everything",
    "condition": ["and", ["couponValid"]],
    "effects": [
        ["setDiscount", "off", 10, True],
        ["setDiscountPerItem", ITEMS, "each", [["Item"], 1.25]],
        ["setDiscountPerAdditionalCost", "shipping", "free", 2],
        ["setDiscountPerAdditionalCostPerItem", ITEMS, "engraving", "no charge", [["Item"], 1.5]],
        ["addFreeItem", "SOCKS", "Socks"],
        ["showNotification", "Offer", "Lucky you", "Socks, too"],
        ["updateAttribute", "Session.Attributes.channel", "web"],
        ["customEffect", 7, "confetti"],
        ["setDiscountPerAdditionalCost", "wrapping", "free", 2],
    ],
}
SESSION = {
    "cartItems": [
        {"name": "Lamp", "sku": "LAMP", "quantity": 2, "price": 8.5, "additionalCosts": {"engraving": {"price": 3}}}
    ],
    "additionalCosts": {"shipping": {"price": 4.9}},
    "state": "closed",
}
EXPECTED: list[tuple[str, dict[str, Any]]] = [
    ("rejectCoupon", {"value": "WRONG-ONE", "rejection_reason": "CouponNotFound"}),
    ("acceptCoupon", {}),
    ("setDiscount", {"name": "off", "value": 10, "desired_value": 10}),
    ("setDiscountPerItem", {"name": "each#0", "value": 1.25, "position": 0, "sub_position": 0}),
    ("setDiscountPerItem", {"name": "each#0", "value": 1.25, "position": 0, "sub_position": 1}),
    ("setDiscountPerAdditionalCost", {"name": "free", "additional_cost": "shipping", "value": 2}),
    ("setDiscountPerAdditionalCostPerItem", {"name": "no charge#0", "value": 1.5, "position": 0, "sub_position": 0}),
    ("setDiscountPerAdditionalCostPerItem", {"name": "no charge#0", "value": 1.5, "position": 0, "sub_position": 1}),
    ("addFreeItem", {"sku": "SOCKS", "name": "Socks"}),
    ("showNotification", {"notification_type": "Offer", "title": "Lucky you", "body": "Socks, too"}),
    ("updateAttribute", {"path": "Session.Attributes.channel", "value": "web"}),
    ("customEffect", {"effect_id": 7, "name": "confetti", "payload": {}}),
    ("error", {}),
]
UNDONE: list[tuple[str, dict[str, Any]]] = [
    ("rollbackCoupon", {}),
    ("rollbackDiscount", {"name": "off", "value": 10}),
    ("rollbackDiscount", {"name": "each#0", "value": 1.25, "cart_item_position": 0, "cart_item_sub_position": 0}),
    ("rollbackDiscount", {"name": "each#0", "value": 1.25, "cart_item_position": 0, "cart_item_sub_position": 1}),
    ("rollbackDiscount", {"name": "free", "value": 2, "additional_cost": "shipping"}),
    ("rollbackDiscount", {"name": "no charge#0", "value": 1.5, "cart_item_position": 0, "cart_item_sub_position": 0}),
    ("rollbackDiscount", {"name": "no charge#0", "value": 1.5, "cart_item_position": 0, "cart_item_sub_position": 1}),
]


@pytest.fixture(scope="module")
def states(server: Server) -> tuple[Any, Any]:
    """What closing a session answers, and then cancelling it, as the SDK's objects."""
    key, code = asyncio.run(_open(server))
    with open_sdk(server.url, staff="Bearer nobody", key=key) as sdk:
        update = sdk.integration.update_customer_session_v2
        session = talon_one.NewCustomerSessionV2.model_validate(SESSION | {"couponCodes": ["WRONG-ONE", code]})
        closed = update("all", talon_one.IntegrationRequest(customerSession=session))
        cancelled = talon_one.NewCustomerSessionV2(state="cancelled")
        return closed, update("all", talon_one.IntegrationRequest(customerSession=cancelled))


async def _open(server: Server) -> tuple[str, str]:
    async with real_shop(server.url, server.database_url) as shop:
        await shop.create("/v1/attributes", named("channel") | {"entity": "CustomerSession"})
        for cost in ("shipping", "wrapping"):
            await shop.create("/v1/additional_costs", named(cost) | {"type": "session"})
        await shop.create("/v1/additional_costs", named("engraving") | {"type": "item"})
        campaign = await shop.campaign()
        await shop.rules(campaign["id"], EVERYTHING, activate=True)
        (coupon,) = await make_coupons(shop, campaign["id"], 1)
        return shop.key, coupon["value"]


def test_the_sdk_reads_the_props_of_every_effect(states: tuple[Any, Any]) -> None:
    for state, expected in zip(states, (EXPECTED, UNDONE), strict=True):
        assert [effect.effect_type for effect in state.effects] == [kind for kind, _ in expected]
        for effect, (_, wanted) in zip(state.effects, expected, strict=True):
            props = props_of(effect)
            assert {name: getattr(props, name) for name in wanted} == wanted


def test_every_effect_of_the_catalogue_is_among_them() -> None:
    assert {kind for kind, _ in [*EXPECTED, *UNDONE]} == {effect.name for effect in CATALOGUE}
