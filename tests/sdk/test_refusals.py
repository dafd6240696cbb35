"""Refusals through the official SDK: each becomes its exception, with the status, the message and the places."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from talon_one import (
    BestPriorPriceRequest,
    CustomerProfileIntegrationRequestV2,
    IntegrationRequest,
    NewAdditionalCost,
    NewCoupons,
    NewCustomerSessionV2,
    UpdateCoupon,
    UpdateCouponBatch,
)
from talon_one import exceptions as sdk_errors

from tests.sdk.definition_calls import new_attribute
from tests.sdk.furnished import Furnished
from tests.support.sdk import Refusal, Sdk, open_sdk, read_refusal
from tests.support.server import Server

INVALID = "The submitted data was invalid"
NOWHERE = 999_999_999
PAST = datetime(2020, 1, 1, tzinfo=UTC)

Call = Callable[[Sdk, Furnished], object]


def session(**fields: object) -> IntegrationRequest:
    """An update."""
    return IntegrationRequest(customerSession=NewCustomerSessionV2.model_validate(fields))


def costs(name: str) -> NewAdditionalCost:
    """A cost."""
    return NewAdditionalCost(name=name, title=name, description="")


def one_code(code: str) -> NewCoupons:
    """One coupon with this code."""
    return NewCoupons(usageLimit=1, numberOfCoupons=1, couponPattern=code)


# The SDK checks names too, but not in a copy.
UNNAMABLE = costs("parcel").model_copy(update={"name": "1"})

NO_SUCH: list[tuple[str, Call]] = [
    ("There is no such account", lambda sdk, shop: sdk.management.get_account(shop.account_id + 1)),
    ("There is no such Application", lambda sdk, shop: sdk.management.get_application(NOWHERE)),
    ("There is no such Application", lambda sdk, shop: sdk.management.get_campaigns(NOWHERE)),
    ("There is no such campaign", lambda sdk, shop: sdk.management.get_campaign(shop.application_id, NOWHERE)),
    ("There is no such campaign", lambda sdk, shop: sdk.management.delete_campaign(shop.application_id, NOWHERE)),
    ("There is no such campaign", lambda sdk, shop: sdk.management.get_rulesets(shop.application_id, NOWHERE)),
    (
        "There is no such ruleset",
        lambda sdk, shop: sdk.management.get_ruleset(shop.application_id, shop.campaign_id, NOWHERE),
    ),
    ("There is no such attribute", lambda sdk, shop: sdk.management.get_attribute(NOWHERE)),
    ("There is no such attribute", lambda sdk, shop: sdk.management.update_attribute(NOWHERE, new_attribute("x"))),
    ("There is no such additional cost", lambda sdk, shop: sdk.management.get_additional_cost(NOWHERE)),
    ("There is no such additional cost", lambda sdk, shop: sdk.management.update_additional_cost(NOWHERE, costs("x"))),
    (
        "There is no such campaign",
        lambda sdk, shop: sdk.management.create_coupons(shop.application_id, NOWHERE, one_code("FREE-CODE")),
    ),
    (
        "There is no such campaign",
        lambda sdk, shop: sdk.management.get_coupons_without_total_count(shop.application_id, NOWHERE),
    ),
    (
        "There is no such coupon",
        lambda sdk, shop: sdk.management.update_coupon(
            shop.application_id, shop.campaign_id, str(NOWHERE), UpdateCoupon()
        ),
    ),
    (
        "There is no such coupon",
        lambda sdk, shop: sdk.management.delete_coupon(shop.application_id, shop.campaign_id, "one"),
    ),
    ("There is no such customer session", lambda sdk, shop: sdk.integration.get_customer_session("nobody's")),
]


@pytest.mark.parametrize(("message", "call"), NO_SUCH, ids=[row[0] for row in NO_SUCH])
def test_what_is_not_there_is_not_found(message: str, call: Call, server: Server, shop: Furnished) -> None:
    assert refusal_of(sdk_errors.NotFoundException, call, server, shop) == Refusal(404, message)


WRONG: list[tuple[str, Call]] = [
    (
        "/customerSession/cartItems/0/price",
        lambda sdk, shop: sdk.integration.update_customer_session_v2(
            "wrong", session(cartItems=[{"name": "Lamp", "sku": "LAMP", "quantity": 1, "price": -1}])
        ),
    ),
    (
        "/customerSession/attributes/colour",
        lambda sdk, shop: sdk.integration.update_customer_session_v2("wrong", session(attributes={"colour": "red"})),
    ),
    ("?now", lambda sdk, shop: sdk.integration.update_customer_session_v2("wrong", session(), dry=True, now=PAST)),
    (
        "/attributes/colour",
        lambda sdk, shop: sdk.integration.update_customer_profile_v2(
            "wrong", CustomerProfileIntegrationRequestV2(attributes={"colour": "red"})
        ),
    ),
    ("?sort", lambda sdk, shop: sdk.management.get_applications(sort="colour")),
    (
        "?valid",
        lambda sdk, shop: sdk.management.get_coupons_without_total_count(
            shop.application_id, shop.campaign_id, valid="tomorrow"
        ),
    ),
    (
        "/numberOfCoupons",
        lambda sdk, shop: sdk.management.create_coupons(
            shop.application_id, shop.campaign_id, NewCoupons(usageLimit=1, numberOfCoupons=20_001)
        ),
    ),
    (
        "/batchID",
        lambda sdk, shop: sdk.management.update_coupon_batch(
            shop.application_id, shop.campaign_id, UpdateCouponBatch(batchID="none")
        ),
    ),
    ("/name", lambda sdk, shop: sdk.management.create_additional_cost(UNNAMABLE)),
]


@pytest.mark.parametrize(("place", "call"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_named(place: str, call: Call, server: Server, shop: Furnished) -> None:
    assert refusal_of(sdk_errors.BadRequestException, call, server, shop) == Refusal(400, INVALID, (place,))


TAKEN: list[tuple[str, str, Call]] = [
    ("attribute", "/name", lambda sdk, shop: sdk.management.create_attribute(new_attribute("channel"))),
    ("cost", "/name", lambda sdk, shop: sdk.management.create_additional_cost(costs("shipping"))),
    (
        "code",
        "/couponPattern",
        lambda sdk, shop: sdk.management.create_coupons(shop.application_id, shop.campaign_id, one_code(shop.code)),
    ),
]


@pytest.mark.parametrize(("what", "place", "call"), TAKEN, ids=[row[0] for row in TAKEN])
def test_what_exists_is_a_conflict(what: str, place: str, call: Call, server: Server, shop: Furnished) -> None:
    with (
        open_sdk(server.url, staff=shop.staff, key=shop.key) as sdk,
        pytest.raises(sdk_errors.ConflictException) as raised,
    ):
        call(sdk, shop)
    refusal = read_refusal(raised.value)
    assert (refusal.status, refusal.places) == (409, (place,)), what


def test_what_is_not_built_says_so(server: Server, shop: Furnished) -> None:
    message = "bestPriorPrice is published, but not built here yet"
    assert refusal_of(sdk_errors.ServiceException, prior_price, server, shop) == Refusal(501, message)


def prior_price(sdk: Sdk, shop: Furnished) -> object:
    """A published operation that is not built."""
    wanted = BestPriorPriceRequest(skus=["hat"], timeframeEndDate=PAST, timeframe="30D", strictEndDate=False)
    return sdk.integration.best_prior_price(wanted)


def refusal_of(kind: type[sdk_errors.ApiException], call: Call, server: Server, shop: Furnished) -> Refusal:
    """What the SDK raises, which must be of this kind."""
    with open_sdk(server.url, staff=shop.staff, key=shop.key) as sdk, pytest.raises(kind) as raised:
        call(sdk, shop)
    return read_refusal(raised.value)
