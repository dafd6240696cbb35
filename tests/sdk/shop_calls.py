"""What shops call."""

from talon_one import CustomerProfileIntegrationRequestV2, IntegrationRequest, NewCustomerSessionV2

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


CALLS = {
    "updateCustomerSessionV2": update_session,
    "getCustomerSession": get_session,
    "updateCustomerProfileV2": update_profile,
}
