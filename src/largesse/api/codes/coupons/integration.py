"""What shops do with coupons outside of carts: reserve a code for customers, and see who holds it.

A code is found in the case that its Application folds codes to, as in a session.
"""

from typing import Annotated

from msgspec import Meta, Struct, field

from largesse.api.integration_ids import too_long
from largesse.api.models.coupon import Coupon, show_coupon
from largesse.api.models.customers.profile import CustomerProfile, show_profile
from largesse.api.reach import reach_application
from largesse.api.refusals import refuse_if_any
from largesse.engine.applications import fold_code
from largesse.engine.refusals import INVALID_VALUE, REQUIRED, TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, created, no_content, ok
from largesse.plumbing.http.paging import Page, page
from largesse.plumbing.problems import FieldError, NotFound, at_pointer
from largesse.storage.codes import coupon_reservations
from largesse.storage.codes.coupon_reservations import ReservableCoupon
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.scope import Scope

# Published: how many customers one request may name.
CUSTOMERS_MAX = 1_000


class CodePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One coupon, by its code."""

    coupon_value: str


class CouponReservations(Struct, frozen=True, kw_only=True):
    """The customers who get or lose a reservation [IA CouponReservations]."""

    integration_ids: Annotated[list[str], Meta(max_length=CUSTOMERS_MAX)] = field(name="integrationIDs")


async def create_coupon_reservation(call: Call[object], request: Request[CodePath, None, CouponReservations]) -> Reply:
    """Reserve a code for customers, of whom new ones get a profile; the coupon's reservation limit does not count here.

    Where reserving is mandatory the reservation is what allows to redeem the code; otherwise it is a note in a wallet.
    """
    scope, code = await _place(call, request.path)
    profile_ids = _accept(request.body)
    await coupon_reservations.create_holders(call.db, scope, profile_ids, call.now)
    coupon = await _reach(call, scope, code)
    _refuse_others(request.body, coupon)
    return created(show_coupon(await coupon_reservations.reserve(call.db, scope, coupon.id, profile_ids, call.now)))


async def delete_coupon_reservation(call: Call[object], request: Request[CodePath, None, CouponReservations]) -> Reply:
    """Take a code's reservations back from customers; from those who hold none there is nothing to take."""
    scope, code = await _place(call, request.path)
    profile_ids = _accept(request.body)
    coupon = await _reach(call, scope, code)
    await coupon_reservations.release(call.db, scope, coupon.id, profile_ids)
    return no_content()


async def get_reserved_customers(call: Call[object], request: Request[CodePath, None, None]) -> Reply:
    """The customers who hold a reservation of a code; a coupon that is visible to all is not therefore held by all."""
    scope, code = await _place(call, request.path)
    found = await coupon_reservations.list_reserved_customers(call.db, scope, code)
    if not found.total and not await coupon_reservations.exists(call.db, scope, code):
        raise NotFound("There is no such coupon")
    names = [profile.integration_id for profile in found.entries]
    audiences = await audiences_of(call.db, scope.account_id, scope.sandbox, names)
    shown = [
        show_profile(profile, scope.account_id, audiences.get(profile.integration_id, ())) for profile in found.entries
    ]
    return ok(page(shown, found.total))


async def _place(call: Call[object], path: CodePath) -> tuple[Scope, str]:
    """The Application of the call, and the code in the spelling it is stored in."""
    settings = (await reach_application(call, call.caller.application)).settings
    scope = Scope(call.caller.account_id, call.caller.application, settings.sandbox)
    return scope, fold_code(path.coupon_value, settings.case_sensitivity)


def _accept(sent: CouponReservations) -> list[str]:
    """The ids sent, each once. Raises `Invalid`."""
    errors: list[FieldError] = []
    for index, name in enumerate(sent.integration_ids):
        if not name:
            errors.append(at_pointer(REQUIRED, "an id must not be empty", f"/integrationIDs/{index}"))
        elif details := too_long(name):
            errors.append(at_pointer(TOO_LONG, details, f"/integrationIDs/{index}"))
    refuse_if_any(errors)
    return sorted(set(sent.integration_ids))


async def _reach(call: Call[object], scope: Scope, code: str) -> ReservableCoupon:
    coupon = await coupon_reservations.find_reservable(call.db, scope, code)
    if coupon is None:
        raise NotFound("There is no such coupon")
    return coupon


def _refuse_others(sent: CouponReservations, coupon: ReservableCoupon) -> None:
    """A coupon that was made for one customer cannot be reserved for another."""
    if coupon.recipient is None:
        return
    details = "this coupon belongs to another customer"
    refuse_if_any(
        [
            at_pointer(INVALID_VALUE, details, f"/integrationIDs/{index}")
            for index, name in enumerate(sent.integration_ids)
            if name != coupon.recipient
        ]
    )


CODE = "/v1/coupon_reservations/{couponValue}"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=CODE,
        operation_id="createCouponReservation",
        summary="Reserve a code for customers",
        access=Access.INTEGRATION,
        run=create_coupon_reservation,
        path_params=CodePath,
        body=CouponReservations,
        replies={201: Coupon},
        problems=(400, 401, 404),
        tag="Coupons",
    ),
    Operation(
        method="DELETE",
        path=CODE,
        operation_id="deleteCouponReservation",
        summary="Take a code's reservations back from customers",
        access=Access.INTEGRATION,
        run=delete_coupon_reservation,
        path_params=CodePath,
        body=CouponReservations,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Coupons",
    ),
    Operation(
        method="GET",
        path="/v1/coupon_reservations/customerprofiles/{couponValue}",
        operation_id="getReservedCustomers",
        summary="List the customers who hold a reservation of a code",
        access=Access.INTEGRATION,
        run=get_reserved_customers,
        path_params=CodePath,
        replies={200: Page[CustomerProfile]},
        problems=(400, 401, 404),
        tag="Coupons",
    ),
)
