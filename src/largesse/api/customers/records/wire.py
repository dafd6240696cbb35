"""What staff ask about customers and see of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.models.customers.profile import CustomerProfile
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import PAGE_SIZE_MAX, Paging, Skipping

T = TypeVar("T")
PageSize = Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)]
IntegrationId = Annotated[str, Meta(max_length=1000)]


class ApplicationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of an Application."""

    application_id: int


class CustomerPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one customer, by the id we gave."""

    customer_id: int


class ApplicationCustomerPath(CustomerPath, frozen=True, kw_only=True, rename="camel"):
    """The path of one customer of an Application."""

    application_id: int


class AdvocatePath(ApplicationPath, frozen=True, kw_only=True, rename="camel"):
    """The path of one customer of an Application, by the shop's own id."""

    integration_id: str


class CustomersQuery(Skipping, frozen=True, kw_only=True, rename="camel"):
    """Which page of all customers, of the live or the sandbox environment [MA getCustomerProfiles]."""

    page_size: PageSize = PAGE_SIZE_MAX
    sandbox: bool = False


class SearchQuery(Skipping, frozen=True, kw_only=True, rename="camel"):
    """Which page of an Application's customers, counted or not [MA getApplicationCustomersByAttributes]."""

    page_size: PageSize = PAGE_SIZE_MAX
    with_total_result_size: bool = False


class ApplicationCustomersQuery(Skipping, frozen=True, kw_only=True, rename="camel"):
    """The same, or the one customer with this id [MA getApplicationCustomers]."""

    page_size: PageSize = PAGE_SIZE_MAX
    with_total_result_size: bool = False
    integration_id: str | None = None


class FriendsQuery(Paging, frozen=True, kw_only=True, rename="camel"):
    """Which page of an advocate's friends [MA getApplicationCustomerFriends]."""

    with_total_result_size: bool = False


class CustomerSearch(Struct, frozen=True, kw_only=True, rename="camel"):
    """What customers must be like: all of it; nothing is said by what is left out or empty
    [MA CustomerProfileSearchQuery]."""

    attributes: Omittable[dict[str, JSON]] = UNSET
    integration_ids: Omittable[list[str]] = field(default=UNSET, name="integrationIDs")
    profile_ids: Omittable[list[int]] = field(default=UNSET, name="profileIDs")


class ApplicationCustomer(CustomerProfile, frozen=True, kw_only=True, rename="camel"):
    """A customer of an Application, and who has referred the customer there [MA ApplicationCustomer]."""

    advocate_integration_id: IntegrationId | UnsetType = UNSET


class ApplicationReferee(Struct, frozen=True, kw_only=True, rename="camel"):
    """A customer whom an advocate has referred, and in which session [MA ApplicationReferee]."""

    application_id: int
    session_id: str
    advocate_integration_id: IntegrationId
    friend_integration_id: IntegrationId
    code: str
    created: datetime


class CountedPage(Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """A page: counted if that was asked for, else it says whether another follows."""

    has_more: bool | UnsetType = UNSET
    total_result_size: int | UnsetType = UNSET
    data: Sequence[T]
