"""A shopper's evening through the official SDK: the cart, a wrong code, a right one, the order, and second thoughts."""

from collections.abc import Iterator
from typing import Any

import pytest
import talon_one
from talon_one import AdditionalCost, CartItem, IntegrationRequest, NewCustomerSessionV2

from tests.sdk.furnished import Furnished
from tests.support.sdk import Refusal, Sdk, open_sdk, props_of, refused
from tests.support.server import Server

LAMP = CartItem(name="Lamp", sku="LAMP", quantity=1, price=80.5, category="light")
CUSHION = CartItem(name="Cushion", sku="CUSHION", quantity=2, price=24.99, category="textile")
ALL = ["customerSession", "customerProfile", "coupons", "triggeredCampaigns", "ruleFailureReasons"]


@pytest.fixture(scope="module")
def sdk(server: Server, shop: Furnished) -> Iterator[Sdk]:
    """The SDK of the shop."""
    with open_sdk(server.url, staff=shop.staff, key=shop.key) as opened:
        yield opened


def update(sdk: Sdk, session_id: str, **session: Any) -> Any:
    """Sends an update and asks for everything; the SDK's own object for the answer."""
    request = IntegrationRequest(customerSession=NewCustomerSessionV2(**session), responseContent=ALL)
    state = sdk.integration.update_customer_session_v2(session_id, request)
    assert isinstance(state, talon_one.IntegrationStateV2)
    return state


def told(state: Any) -> list[Any]:
    """The props of all effects, each in the SDK's own class for it."""
    return [props_of(effect) for effect in state.effects]


def test_an_evening(sdk: Sdk, shop: Furnished) -> None:
    begin_with_an_empty_cart(sdk, shop)
    add_items(sdk)
    try_a_wrong_code(sdk)
    try_a_right_code(sdk, shop)
    close(sdk, shop)
    find_the_code_taken(sdk, shop)
    cancel(sdk)
    find_the_code_free_again(sdk)


def begin_with_an_empty_cart(sdk: Sdk, shop: Furnished) -> None:
    state = update(sdk, "evening", profile_id="ann")
    assert state.effects == []
    assert state.created_coupons == []
    session = state.customer_session
    assert (session.integration_id, session.application_id, session.state) == ("evening", shop.application_id, "open")
    assert (session.profile_id, session.first_session, session.total, session.cart_items) == ("ann", True, 0, [])
    assert (state.customer_profile.integration_id, state.customer_profile.closed_sessions) == ("ann", 0)


def add_items(sdk: Sdk) -> None:
    cart = [LAMP, CUSHION]
    state = update(sdk, "evening", cart_items=cart, additional_costs={"shipping": AdditionalCost(price=4.9)})
    assert state.effects == []
    session = state.customer_session
    assert [(item.sku, item.quantity, item.price, item.position) for item in session.cart_items] == [
        ("LAMP", 1, 80.5, 0),
        ("CUSHION", 2, 24.99, 1),
    ]
    assert (session.cart_item_total, session.additional_cost_total, session.total) == (130.48, 4.9, 135.38)
    assert session.additional_costs == {"shipping": AdditionalCost(price=4.9)}
    assert session.update_count == 2


def try_a_wrong_code(sdk: Sdk) -> None:
    state = update(sdk, "evening", coupon_codes=["WRONG-ONE"])
    (rejection,) = told(state)
    assert isinstance(rejection, talon_one.RejectCouponEffectProps)
    assert (rejection.value, rejection.rejection_reason) == ("WRONG-ONE", "CouponNotFound")
    assert state.coupons == []


def try_a_right_code(sdk: Sdk, shop: Furnished) -> None:
    state = update(sdk, "evening", coupon_codes=[shop.code])
    accepted, discount, first, second, shipping = told(state)
    assert accepted == talon_one.AcceptCouponEffectProps(value=shop.code)
    assert discount == talon_one.SetDiscountEffectProps(name="10 % off", value=13.048)
    assert isinstance(first, talon_one.SetDiscountPerItemEffectProps)
    assert [(each.name, each.value, each.position, each.sub_position) for each in (first, second)] == [
        ("Textiles#1", 5, 1, 0),
        ("Textiles#1", 5, 1, 1),
    ]
    assert (shipping.name, shipping.additional_cost, shipping.value) == ("Free shipping", "shipping", 4.9)
    effect = state.effects[0]
    assert (effect.campaign_id, effect.ruleset_id, effect.rule_index, effect.rule_name) == (
        shop.campaign_id,
        shop.ruleset_id,
        0,
        "10 % off, and textiles",
    )
    assert [(coupon.value, coupon.usage_counter) for coupon in state.coupons] == [(shop.code, 0)]
    assert effect.triggered_by_coupon == state.coupons[0].id
    assert [campaign.id for campaign in state.triggered_campaigns] == [shop.campaign_id]


def close(sdk: Sdk, shop: Furnished) -> None:
    state = update(sdk, "evening", state="closed")
    assert [effect.effect_type for effect in state.effects] == [
        "acceptCoupon",
        "setDiscount",
        "setDiscountPerItem",
        "setDiscountPerItem",
        "setDiscountPerAdditionalCost",
    ]
    assert (state.customer_session.state, state.coupons[0].usage_counter) == ("closed", 1)
    assert (state.customer_profile.closed_sessions, state.customer_profile.total_sales) == (1, 135.38)
    with refused(Refusal(400, "The submitted data was invalid", ("/customerSession/state",))):
        update(sdk, "evening", cart_items=[])
    stored = sdk.integration.get_customer_session("evening")
    assert stored.customer_session == state.customer_session
    assert stored.effects == state.effects
    assert stored.customer_session.coupon_codes == [shop.code]


def find_the_code_taken(sdk: Sdk, shop: Furnished) -> None:
    state = update(sdk, "late", profile_id="bob", cart_items=[LAMP], coupon_codes=[shop.code])
    (rejection,) = told(state)
    assert rejection.rejection_reason == "CouponLimitReached"
    failures = [
        (failure.rule_name, failure.coupon_value, failure.condition_index) for failure in state.rule_failure_reasons
    ]
    assert failures == [("10 % off, and textiles", shop.code, 0), ("Free shipping", shop.code, 0)]


def cancel(sdk: Sdk) -> None:
    state = update(sdk, "evening", state="cancelled")
    coupon, discount, first, second, shipping = told(state)
    assert isinstance(coupon, talon_one.RollbackCouponEffectProps)
    assert all(isinstance(each, talon_one.RollbackDiscountEffectProps) for each in (discount, first, second, shipping))
    assert [(each.name, each.value) for each in (discount, shipping)] == [("10 % off", 13.048), ("Free shipping", 4.9)]
    assert [(each.cart_item_position, each.cart_item_sub_position) for each in (first, second)] == [(1, 0), (1, 1)]
    assert shipping.additional_cost == "shipping"
    assert state.customer_session.state == "cancelled"
    assert (state.customer_profile.closed_sessions, state.customer_profile.total_sales) == (0, 0)
    assert sdk.integration.get_customer_session("evening").effects == []


def find_the_code_free_again(sdk: Sdk) -> None:
    state = update(sdk, "late", state="closed")
    accepted, discount = told(state)
    assert isinstance(accepted, talon_one.AcceptCouponEffectProps)
    assert (discount.name, discount.value) == ("10 % off", 8.05)
    assert state.coupons[0].usage_counter == 1
