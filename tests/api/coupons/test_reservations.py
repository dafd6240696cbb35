"""Reservations: codes in customers' wallets, and codes that only their holders may redeem.

createCouponReservation, deleteCouponReservation and getReservedCustomers, and what sessions make of them.
"""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.api import Shop, pointers
from tests.support.coupons import Coupons

pytestmark = pytest.mark.anyio

TEN_OFF = {"title": "ten off", "condition": ["and", ["couponValid"]], "effects": [["setDiscount", "ten off", 10]]}
CART = [{"name": "Shoe", "sku": "SHOE", "quantity": 1, "price": 100}]


async def reserve(shop: Shop, code: str, *names: str) -> httpx.Response:
    """createCouponReservation."""
    return await shop.integrate("POST", f"/v1/coupon_reservations/{code}", {"integrationIDs": names})


async def release(shop: Shop, code: str, *names: str) -> httpx.Response:
    """deleteCouponReservation."""
    return await shop.integrate("DELETE", f"/v1/coupon_reservations/{code}", {"integrationIDs": names})


async def holders(shop: Shop, code: str) -> list[str]:
    """getReservedCustomers."""
    answer = await shop.integrate("GET", f"/v1/coupon_reservations/customerprofiles/{code}")
    assert answer.status_code == 200, answer.text
    listed = answer.json()
    assert listed["totalResultSize"] == len(listed["data"])
    return [customer["integrationId"] for customer in listed["data"]]


async def close(shop: Shop, code: str, profile_id: str, session_id: str = "s1", state: str = "closed") -> list[str]:
    """What a session with a code gets: types of effects, reasons of rejections."""
    session: dict[str, Any] = {"state": state}
    if state != "cancelled":
        session |= {"profileId": profile_id, "couponCodes": [code], "cartItems": CART}
    answer = await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", {"customerSession": session})
    assert answer.status_code == 200, answer.text
    return [effect["props"].get("rejectionReason", effect["effectType"]) for effect in answer.json()["effects"]]


async def test_a_reservation_makes_profiles_and_is_counted_once(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("WALLET", reservationLimit=1)
    answer = await reserve(shop, "wallet", "ann", "bob", "ann")
    assert answer.status_code == 201
    assert (answer.json()["value"], answer.json()["reservationCounter"]) == ("WALLET", 2), (
        "the limit does not count here"
    )
    assert (await reserve(shop, "WALLET", "bob", "cleo")).json()["reservationCounter"] == 3
    assert await holders(shop, "Wallet") == ["ann", "bob", "cleo"]
    assert (await reserve(shop, "WALLET")).json()["reservationCounter"] == 3


async def test_a_reservation_is_taken_back(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("WALLET")
    await reserve(shop, "WALLET", "ann", "bob")
    answer = await release(shop, "WALLET", "ann", "nobody")
    assert (answer.status_code, answer.content) == (204, b"")
    assert await holders(shop, "WALLET") == ["bob"]
    assert (await coupons.read("WALLET"))["reservationCounter"] == 1


async def test_a_soft_reservation_is_only_a_note(shop: Shop, coupons: Coupons) -> None:
    await shop.rules(coupons.campaign_id, TEN_OFF, activate=True)
    await coupons.make("SOFT", usageLimit=2)
    await reserve(shop, "SOFT", "ann")
    assert await close(shop, "SOFT", "bob") == ["acceptCoupon", "setDiscount"]
    assert await close(shop, "SOFT", "", "s2") == ["acceptCoupon", "setDiscount"]


async def test_a_hard_reservation_is_needed(shop: Shop, coupons: Coupons) -> None:
    await shop.rules(coupons.campaign_id, TEN_OFF, activate=True)
    await coupons.make("HARD", isReservationMandatory=True, usageLimit=0)
    await reserve(shop, "HARD", "ann")
    assert await close(shop, "HARD", "", "s0") == ["ProfileRequired"]
    assert await close(shop, "HARD", "bob", "s1") == ["CouponReservationRequired"]
    assert await close(shop, "HARD", "ann", "s2") == ["acceptCoupon", "setDiscount"]
    await release(shop, "HARD", "ann")
    assert await close(shop, "HARD", "ann", "s3") == ["CouponReservationRequired"]


async def test_a_coupon_everybody_sees_is_reserved_by_nobody(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("SEEN", implicitlyReserved=True)
    assert await holders(shop, "SEEN") == []


async def test_a_recipient_who_redeems_holds_the_coupon_from_then_on(shop: Shop, coupons: Coupons) -> None:
    await shop.rules(coupons.campaign_id, TEN_OFF, activate=True)
    await coupons.make("ANNS", recipientIntegrationId="ann", isReservationMandatory=True)
    assert await close(shop, "ANNS", "ann", state="open") == ["acceptCoupon", "setDiscount"]
    assert await holders(shop, "ANNS") == []
    assert await close(shop, "ANNS", "ann") == ["acceptCoupon", "setDiscount"]
    assert await holders(shop, "ANNS") == ["ann"]
    await close(shop, "ANNS", "ann", state="cancelled")
    assert await close(shop, "ANNS", "ann", "s2") == ["acceptCoupon", "setDiscount"]
    assert await holders(shop, "ANNS") == ["ann"]
    assert (await coupons.read("ANNS"))["reservationCounter"] == 1


async def test_another_customers_coupon_cannot_be_reserved(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("ANNS", recipientIntegrationId="ann")
    refused = await reserve(shop, "ANNS", "ann", "bob")
    assert (refused.status_code, pointers(refused)) == (400, ["/integrationIDs/1"])
    assert await holders(shop, "ANNS") == []
    assert (await reserve(shop, "ANNS", "ann")).status_code == 201


@pytest.mark.parametrize(
    ("names", "pointer"),
    [
        (["ann", ""], "/integrationIDs/1"),
        (["a" * 1001], "/integrationIDs/0"),
        (["ann"] * 1001, "/integrationIDs"),
    ],
)
async def test_ids_that_cannot_be(shop: Shop, coupons: Coupons, names: list[str], pointer: str) -> None:
    await coupons.make("WALLET")
    for change in (reserve, release):
        refused = await change(shop, "WALLET", *names)
        assert (refused.status_code, pointers(refused)) == (400, [pointer])


async def test_as_many_customers_as_may_be_named(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("WALLET")
    names = [f"customer {number:04}" for number in range(1_000)]
    assert (await reserve(shop, "WALLET", *names)).json()["reservationCounter"] == 1_000
    assert sorted(await holders(shop, "WALLET")) == names


async def test_a_code_nobody_knows(shop: Shop, other_shop: Shop, coupons: Coupons) -> None:
    await coupons.make("WALLET")
    for stranger in (await reserve(other_shop, "WALLET", "ann"), await release(other_shop, "WALLET", "ann")):
        assert (stranger.status_code, stranger.json()["message"]) == (404, "There is no such coupon")
    answer = await other_shop.integrate("GET", "/v1/coupon_reservations/customerprofiles/WALLET")
    assert answer.status_code == 404


async def test_reserving_at_once_counts_everybody_once(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("WALLET")
    names = [f"customer {number}" for number in range(5)]
    answers = await asyncio.gather(*(reserve(shop, "WALLET", *names[number % 3 :]) for number in range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert (await coupons.read("WALLET"))["reservationCounter"] == 5
