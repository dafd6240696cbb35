"""What staff call to look through sessions and customers."""

from talon_one import CustomerProfileSearchQuery

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk


def get_sessions(sdk: Sdk, shop: Furnished) -> None:
    """The session with a certain id of the shop's."""
    listed = sdk.management.get_application_sessions(shop.application_id, integration_id=shop.session_id)
    (session,) = listed.data
    assert (session.integration_id, session.application_id, listed.has_more) == (
        shop.session_id,
        shop.application_id,
        False,
    )


def get_session(sdk: Sdk, shop: Furnished) -> None:
    """One of them by our id."""
    assert sdk.management.get_application_session(shop.application_id, shop.known.session_id).cart_items == []


def get_customers(sdk: Sdk, shop: Furnished) -> None:
    """A page of the account's customers."""
    assert len(sdk.management.get_customer_profiles(page_size=1).data) == 1


def get_customer(sdk: Sdk, shop: Furnished) -> None:
    """One of them."""
    mia = sdk.management.get_customer_profile(shop.known.customer_id)
    assert (mia.integration_id, mia.account_id) == ("mia", shop.account_id)


def search_customers(sdk: Sdk, shop: Furnished) -> None:
    """Those with certain ids."""
    search = CustomerProfileSearchQuery(integrationIDs=["mia"])
    found = sdk.management.get_customers_by_attributes(search)
    assert [customer.id for customer in found.data] == [shop.known.customer_id]


def get_application_customers(sdk: Sdk, shop: Furnished) -> None:
    """The customer with a certain id, of an Application."""
    listed = sdk.management.get_application_customers(
        shop.application_id, integration_id="mia", with_total_result_size=True
    )
    assert ([customer.id for customer in listed.data], listed.total_result_size) == ([shop.known.customer_id], 1)


def get_application_customer(sdk: Sdk, shop: Furnished) -> None:
    """One of them."""
    mia = sdk.management.get_application_customer(shop.application_id, shop.known.customer_id)
    assert (mia.integration_id, mia.advocate_integration_id) == ("mia", None)


def search_application_customers(sdk: Sdk, shop: Furnished) -> None:
    """Those with certain ids, of an Application."""
    search = CustomerProfileSearchQuery(profileIDs=[shop.known.customer_id])
    found = sdk.management.get_application_customers_by_attributes(shop.application_id, search)
    assert [customer.integration_id for customer in found.data] == ["mia"]


def get_friends(sdk: Sdk, shop: Furnished) -> None:
    """Those whom a customer has referred: nobody."""
    assert sdk.management.get_application_customer_friends(shop.application_id, "mia").data == []


CALLS = {
    "getApplicationSessions": get_sessions,
    "getApplicationSession": get_session,
    "getCustomerProfiles": get_customers,
    "getCustomerProfile": get_customer,
    "getCustomersByAttributes": search_customers,
    "getApplicationCustomers": get_application_customers,
    "getApplicationCustomer": get_application_customer,
    "getApplicationCustomersByAttributes": search_application_customers,
    "getApplicationCustomerFriends": get_friends,
}
