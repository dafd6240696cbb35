"""What staff do with customers: look through them, search them, and see whom they have referred.

Profiles are shared by all Applications of an environment, and so are the customers of an Application.
"""

from collections.abc import Sequence

from msgspec import UNSET, structs

from largesse.api.customers.records.wire import (
    AdvocatePath,
    ApplicationCustomer,
    ApplicationCustomerPath,
    ApplicationCustomersQuery,
    ApplicationPath,
    ApplicationReferee,
    CountedPage,
    CustomerPath,
    CustomerSearch,
    CustomersQuery,
    FriendsQuery,
    SearchQuery,
)
from largesse.api.models.customers.profile import CustomerProfile, show_profile
from largesse.api.reach import reach_scope
from largesse.api.sorting import sort_of
from largesse.engine.customers.profiles import Profile
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import OpenPage, open_page
from largesse.plumbing.problems import NotFound
from largesse.storage.customers import records
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.customers.records import Customer, CustomerFilter
from largesse.storage.scope import Scope

FRIENDS_SORTABLE = ("created", "friendIntegrationId")


async def get_customer_profiles(call: Call[object], request: Request[NoPath, CustomersQuery, None]) -> Reply:
    """A page of all customers of an environment, the oldest first."""
    return await _page_of_account(call, request.query, CustomerFilter())


async def get_customers_by_attributes(
    call: Call[object], request: Request[NoPath, CustomersQuery, CustomerSearch]
) -> Reply:
    """Those of them that have certain attributes or ids; nothing can ask for them to be counted."""
    return await _page_of_account(call, request.query, _filter(request.body))


async def get_customer_profile(call: Call[object], request: Request[CustomerPath, None, None]) -> Reply:
    """One customer of the account, of either environment."""
    profile = await _reach(call, request.path.customer_id)
    return ok((await _shown(call, profile.sandbox, [profile]))[0])


async def get_application_customers(
    call: Call[object], request: Request[ApplicationPath, ApplicationCustomersQuery, None]
) -> Reply:
    """A page of an Application's customers, the oldest first."""
    name = request.query.integration_id
    wanted = CustomerFilter(integration_ids=[name] if name else None)
    return await _page_of_application(call, request.path.application_id, request.query, wanted)


async def get_application_customers_by_attributes(
    call: Call[object], request: Request[ApplicationPath, SearchQuery, CustomerSearch]
) -> Reply:
    """Those of them that have certain attributes or ids."""
    return await _page_of_application(call, request.path.application_id, request.query, _filter(request.body))


async def get_application_customer(call: Call[object], request: Request[ApplicationCustomerPath, None, None]) -> Reply:
    """One customer of an Application."""
    scope = await reach_scope(call, request.path.application_id)
    wanted = CustomerFilter(ids=[request.path.customer_id])
    place = (scope.account_id, scope.sandbox, scope.application_id)
    found = await records.list_customers(call.db, *place, wanted, rows_max=1, skip=0)
    if not found:
        raise NotFound("There is no such customer")
    return ok((await _shown_of_application(call, scope, found))[0])


async def get_application_customer_friends(
    call: Call[object], request: Request[AdvocatePath, FriendsQuery, None]
) -> Reply:
    """A page of those whom a customer has referred, the first one first; who has referred nobody has none."""
    scope, query = await reach_scope(call, request.path.application_id), request.query
    sort = sort_of(query, FRIENDS_SORTABLE, default="created")
    found = await records.list_friends(
        call.db, scope, request.path.integration_id, sort=sort, page_size=query.page_size, skip=query.skip
    )
    data = [
        ApplicationReferee(
            application_id=scope.application_id,
            session_id=each.session_id,
            advocate_integration_id=each.advocate_id,
            friend_integration_id=each.friend_id,
            code=each.code,
            created=each.created,
        )
        for each in found.entries
    ]
    if query.with_total_result_size:
        return ok(CountedPage(total_result_size=found.total, data=data))
    return ok(CountedPage(has_more=query.skip + len(data) < found.total, data=data))


async def _page_of_account(call: Call[object], query: CustomersQuery, wanted: CustomerFilter) -> Reply:
    place = (call.caller.account_id, query.sandbox, None)
    found = await records.list_customers(call.db, *place, wanted, rows_max=query.page_size + 1, skip=query.skip)
    shown = await _shown(call, query.sandbox, [each.profile for each in found])
    return ok(open_page(shown, query.page_size))


async def _page_of_application(
    call: Call[object],
    application_id: int,
    query: SearchQuery | ApplicationCustomersQuery,
    wanted: CustomerFilter,
) -> Reply:
    scope = await reach_scope(call, application_id)
    place = (scope.account_id, scope.sandbox, application_id)
    found = await records.list_customers(call.db, *place, wanted, rows_max=query.page_size + 1, skip=query.skip)
    page = open_page(await _shown_of_application(call, scope, found), query.page_size)
    if query.with_total_result_size:
        total = await records.count_customers(call.db, *place, wanted)
        return ok(CountedPage(total_result_size=total, data=page.data))
    return ok(CountedPage(has_more=page.has_more, data=page.data))


def _filter(sent: CustomerSearch) -> CustomerFilter:
    return CustomerFilter(
        ids=given(sent.profile_ids) or None,
        integration_ids=given(sent.integration_ids) or None,
        attributes=given(sent.attributes) or None,
    )


async def _reach(call: Call[object], customer_id: int) -> Profile:
    profile = await records.find_customer_by_id(call.db, call.caller.account_id, customer_id)
    if profile is None:
        raise NotFound("There is no such customer")
    return profile


async def _shown(call: Call[object], sandbox: bool, profiles: Sequence[Profile]) -> list[CustomerProfile]:
    account_id, names = call.caller.account_id, [profile.integration_id for profile in profiles]
    audiences = await audiences_of(call.db, account_id, sandbox, names)
    return [show_profile(each, account_id, audiences.get(each.integration_id, ())) for each in profiles]


async def _shown_of_application(
    call: Call[object], scope: Scope, customers: Sequence[Customer]
) -> list[ApplicationCustomer]:
    shown = await _shown(call, scope.sandbox, [customer.profile for customer in customers])
    return [
        ApplicationCustomer(**structs.asdict(each), advocate_integration_id=customer.advocate_id or UNSET)
        for each, customer in zip(shown, customers, strict=True)
    ]


CUSTOMERS = "/v1/applications/{applicationId}/customers"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/customers/no_total",
        operation_id="getCustomerProfiles",
        summary="List all customers",
        access=Access.MANAGEMENT,
        run=get_customer_profiles,
        path_params=NoPath,
        query=CustomersQuery,
        replies={200: OpenPage[CustomerProfile]},
        problems=(400,),
        tag="Customer data",
    ),
    Operation(
        method="GET",
        path="/v1/customers/{customerId}",
        operation_id="getCustomerProfile",
        summary="Get a customer",
        access=Access.MANAGEMENT,
        run=get_customer_profile,
        path_params=CustomerPath,
        replies={200: CustomerProfile},
        problems=(404,),
        tag="Customer data",
    ),
    Operation(
        method="POST",
        path="/v1/customer_search/no_total",
        operation_id="getCustomersByAttributes",
        summary="Search customers by attributes and ids",
        access=Access.MANAGEMENT,
        run=get_customers_by_attributes,
        path_params=NoPath,
        query=CustomersQuery,
        body=CustomerSearch,
        replies={200: CountedPage[CustomerProfile]},
        problems=(400,),
        tag="Customer data",
    ),
    Operation(
        method="GET",
        path=CUSTOMERS,
        operation_id="getApplicationCustomers",
        summary="List the customers of an Application",
        access=Access.MANAGEMENT,
        run=get_application_customers,
        path_params=ApplicationPath,
        query=ApplicationCustomersQuery,
        replies={200: CountedPage[ApplicationCustomer]},
        problems=(400, 404),
        tag="Customer data",
    ),
    Operation(
        method="GET",
        path=f"{CUSTOMERS}/{{customerId}}",
        operation_id="getApplicationCustomer",
        summary="Get a customer of an Application",
        access=Access.MANAGEMENT,
        run=get_application_customer,
        path_params=ApplicationCustomerPath,
        replies={200: ApplicationCustomer},
        problems=(404,),
        tag="Customer data",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/customer_search",
        operation_id="getApplicationCustomersByAttributes",
        summary="Search the customers of an Application by attributes and ids",
        access=Access.MANAGEMENT,
        run=get_application_customers_by_attributes,
        path_params=ApplicationPath,
        query=SearchQuery,
        body=CustomerSearch,
        replies={200: CountedPage[ApplicationCustomer]},
        problems=(400, 404),
        tag="Customer data",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/profile/{integrationId}/friends",
        operation_id="getApplicationCustomerFriends",
        summary="List those whom a customer has referred",
        access=Access.MANAGEMENT,
        run=get_application_customer_friends,
        path_params=AdvocatePath,
        query=FriendsQuery,
        replies={200: CountedPage[ApplicationReferee]},
        problems=(400, 404),
        tag="Referrals",
    ),
)
