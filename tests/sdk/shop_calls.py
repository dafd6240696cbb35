"""What shops call."""

from talon_one import (
    CouponReservations,
    CustomerProfileIntegrationRequestV2,
    IntegrationEventV2Request,
    IntegrationRequest,
    MultipleCustomerProfileIntegrationRequest,
    MultipleCustomerProfileIntegrationRequestItem,
    NewCustomerSessionV2,
    NewReturn,
    ReturnedCartItem,
    ReturnIntegrationRequest,
)

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk


def update_session(sdk: Sdk, shop: Furnished) -> None:
    """A session is created."""
    request = IntegrationRequest(
        customerSession=NewCustomerSessionV2(profileId="cleo"), responseContent=["customerSession"]
    )
    state = sdk.integration.update_customer_session_v2("called", request)
    assert (state.effects, state.customer_session.application_id) == ([], shop.application_id)


def get_session(sdk: Sdk, shop: Furnished) -> None:
    """A session is read, here one that is there from the beginning."""
    reply = sdk.integration.get_customer_session(shop.session_id)
    assert (reply.customer_session.integration_id, reply.effects) == (shop.session_id, [])


def update_profile(sdk: Sdk, shop: Furnished) -> None:
    """A profile is created; the session of that customer sees it."""
    request = CustomerProfileIntegrationRequestV2(attributes={"tier": "gold"})
    assert sdk.integration.update_customer_profile_v2("dora", request).effects == []
    asked = IntegrationRequest(
        customerSession=NewCustomerSessionV2(profileId="dora"), responseContent=["customerProfile"]
    )
    state = sdk.integration.update_customer_session_v2("doras", asked, dry=True)
    assert (state.customer_profile.attributes, state.customer_profile.account_id) == (
        {"tier": "gold"},
        shop.account_id,
    )


def update_profiles(sdk: Sdk, shop: Furnished) -> None:
    """Two profiles are created."""
    names = [MultipleCustomerProfileIntegrationRequestItem(integrationId=name) for name in ("gus", "hal")]
    request = MultipleCustomerProfileIntegrationRequest(customerProfiles=names)
    states = sdk.integration.update_customer_profiles_v2(request, silent="no").integration_states
    assert [state.customer_profile.integration_id for state in states] == ["gus", "hal"]


def track_event(sdk: Sdk, shop: Furnished) -> None:
    """An event is sent."""
    request = IntegrationEventV2Request(
        profileId="ida", type="liked", attributes={"what": "hats"}, responseContent=["event", "customerProfile"]
    )
    state = sdk.integration.track_event_v2(request, silent="no")
    assert (state.event.type, state.event.attributes, state.effects) == ("liked", {"what": "hats"}, [])
    assert state.customer_profile.integration_id == "ida"


def return_items(sdk: Sdk, shop: Furnished) -> None:
    """One of two hats comes back."""
    made = NewReturn(returnedCartItems=[ReturnedCartItem(position=0, quantity=1)])
    request = ReturnIntegrationRequest.model_validate({"return": made, "responseContent": ["customerSession"]})
    state = sdk.integration.return_cart_items("returned", request)
    assert (state.customer_session.state, state.customer_session.total) == ("partially_returned", 4)
    assert [(line.sku, line.quantity) for line in state.var_return.returned_cart_items] == [("hat", 1)]


def reopen_session(sdk: Sdk, shop: Furnished) -> None:
    """A closed session is opened again."""
    assert sdk.integration.reopen_customer_session("reopened").effects == []
    assert sdk.integration.get_customer_session("reopened").customer_session.state == "open"


def reserve_coupon(sdk: Sdk, shop: Furnished) -> None:
    """A code is reserved for two customers."""
    coupon = sdk.integration.create_coupon_reservation(shop.code, CouponReservations(integrationIDs=["eve", "fay"]))
    assert (coupon.value, coupon.reservation_counter) == (shop.code, 2)


def release_coupon(sdk: Sdk, shop: Furnished) -> None:
    """A reservation that nobody made is taken back, which changes nothing."""
    sent = CouponReservations(integrationIDs=["nobody"])
    assert sdk.integration.delete_coupon_reservation(shop.code, sent) is None


def list_holders(sdk: Sdk, shop: Furnished) -> None:
    """The customers who hold a code."""
    listed = sdk.integration.get_reserved_customers(shop.code)
    assert listed.total_result_size == len(listed.data)
    sdk.integration.create_coupon_reservation(shop.code, CouponReservations(integrationIDs=["eve"]))
    names = [customer.integration_id for customer in sdk.integration.get_reserved_customers(shop.code).data]
    assert "eve" in names


def read_inventory(sdk: Sdk, shop: Furnished) -> None:
    """The points and the referrals of customers, and nothing that is not asked for."""
    mia = sdk.integration.get_customer_inventory("mia", profile=True, loyalty=True, coupons=True, giveaways=True)
    assert (mia.profile.integration_id, mia.referrals) == ("mia", None)
    assert mia.loyalty.programs[str(shop.program_id)].ledger.current_balance > 0
    sdk.integration.update_customer_profile_v2("kay", CustomerProfileIntegrationRequestV2())
    kay = sdk.integration.get_customer_inventory("kay", referrals=True, achievements=True)
    assert shop.referral_id in [referral.id for referral in kay.referrals]


CALLS = {
    "updateCustomerSessionV2": update_session,
    "getCustomerSession": get_session,
    "updateCustomerProfileV2": update_profile,
    "updateCustomerProfilesV2": update_profiles,
    "getCustomerInventory": read_inventory,
    "trackEventV2": track_event,
    "returnCartItems": return_items,
    "reopenCustomerSession": reopen_session,
    "createCouponReservation": reserve_coupon,
    "deleteCouponReservation": release_coupon,
    "getReservedCustomers": list_holders,
}
