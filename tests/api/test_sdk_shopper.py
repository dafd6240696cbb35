"""A shopper's story told by the official client over a socket: carts, codes, profiles, and ways to be refused.

Every operation of shops is called: updateCustomerSessionV2, getCustomerSession, updateCustomerProfileV2.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import talon_one
from talon_one.exceptions import ApiException, BadRequestException, ServiceException, UnauthorizedException
from talon_one.models.customer_profile_integration_request_v2 import CustomerProfileIntegrationRequestV2
from talon_one.models.integration_request import IntegrationRequest
from talon_one.models.integration_state_v2 import IntegrationStateV2

from tests.support.api import Shop, integration_sdk
from tests.support.carts import add_coupon

pytestmark = pytest.mark.anyio

LOOK_INTO_2098 = datetime(2098, 1, 1, tzinfo=UTC)


def request(**said: Any) -> IntegrationRequest:
    made = IntegrationRequest.from_dict(
        {"customerSession": said, "responseContent": ["customerSession", "customerProfile", "coupons"]}
    )
    assert made is not None
    return made


def told(state: IntegrationStateV2) -> list[tuple[str, Any]]:
    """Type and value, or the reason of a rejection, of each effect."""
    props: list[dict[str, Any]] = [effect.props or {} for effect in state.effects]
    said = [each.get("rejectionReason", each.get("value")) for each in props]
    return list(zip([effect.effect_type for effect in state.effects], said, strict=True))


def tell_story(api: talon_one.IntegrationApi) -> None:
    """Create a session, fill it, try codes, close it, cancel it."""
    accepted = [("acceptCoupon", "TEN-OFF"), ("setDiscount", 10)]

    def update(session_id: str = "s", **said: Any) -> IntegrationStateV2:
        return api.update_customer_session_v2(session_id, request(**said))

    session = update(profileId="ann").customer_session
    assert session is not None
    assert (session.profile_id, session.state, session.update_count) == ("ann", "open", 1)
    cart = [{"sku": "shoe", "quantity": 2, "price": 49.95, "name": "Shoe"}]
    session = update(cartItems=cart).customer_session
    assert session is not None
    assert (session.total, session.update_count) == (99.9, 2)
    assert told(update(couponCodes=["NOPE"])) == [("rejectCoupon", "CouponNotFound")]
    assert told(update(couponCodes=["TEN-OFF"])) == accepted
    assert told(update("other", couponCodes=["TEN-OFF"])) == accepted
    closed = update(state="closed")
    assert told(closed) == accepted
    assert closed.customer_profile is not None
    assert (closed.customer_profile.closed_sessions, closed.customer_profile.total_sales) == (1, 99.9)
    assert closed.coupons is not None
    assert [(coupon.value, coupon.usage_counter) for coupon in closed.coupons] == [("TEN-OFF", 1)]
    assert told(update("other")) == [("rejectCoupon", "CouponLimitReached")]
    assert told(update(state="cancelled")) == [("rollbackCoupon", "TEN-OFF"), ("rollbackDiscount", 10)]
    assert told(update("other", state="closed")) == accepted

    read = api.get_customer_session("other")
    assert read.customer_session is not None
    assert read.effects is not None
    assert (read.customer_session.state, len(read.effects)) == ("closed", 2)
    tried = api.update_customer_session_v2("new", request(couponCodes=["TEN-OFF"]), dry=True, now=LOOK_INTO_2098)
    assert told(tried) == [("rejectCoupon", "CouponLimitReached")]
    known = api.update_customer_profile_v2("ann", CustomerProfileIntegrationRequestV2(attributes={}))
    assert known.effects == []


async def test_the_story_of_a_code(shop: Shop, server_url: str) -> None:
    await add_coupon(shop, "TEN-OFF")
    with integration_sdk(server_url, shop.key) as api:
        await asyncio.to_thread(tell_story, api)


REFUSED: dict[str, tuple[Callable[[talon_one.IntegrationApi], object], type[ApiException], int]] = {
    "illegal transition": (
        lambda api: api.update_customer_session_v2("s", request(state="cancelled")),
        BadRequestException,
        400,
    ),
    "unknown session": (lambda api: api.get_customer_session("nobody"), ApiException, 404),
    "unknown attribute": (
        lambda api: api.update_customer_profile_v2("ann", CustomerProfileIntegrationRequestV2(attributes={"no": 1})),
        BadRequestException,
        400,
    ),
    "not built": (lambda api: api.delete_customer_data("ann"), ServiceException, 501),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_refusals_reach_the_client_as_its_exceptions(shop: Shop, server_url: str, case: str) -> None:
    call, error, status = REFUSED[case]
    with integration_sdk(server_url, shop.key) as api, pytest.raises(error) as refused:
        await asyncio.to_thread(call, api)
    assert refused.value.status == status


async def test_wrong_keys_open_nothing(shop: Shop, server_url: str) -> None:
    for key in ("0" * 64, shop.staff.token):
        with integration_sdk(server_url, key) as api, pytest.raises(UnauthorizedException):
            await asyncio.to_thread(api.get_customer_session, "s")
