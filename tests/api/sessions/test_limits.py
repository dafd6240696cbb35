"""A session at every published limit is accepted, and one past it is refused at the right place."""

from typing import Any

import pytest

from largesse.engine.codes.coupons import CODES_PER_SESSION_MAX
from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

S = "/customerSession"


def line(sku: str, quantity: int = 1) -> dict[str, Any]:
    """A line of a cart."""
    return {"sku": sku, "quantity": quantity, "price": 1}


# What is at its limit, what is one past it, and where that is refused.
LIMITS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "items": (
        {"cartItems": [line(f"{number}", 10) for number in range(1000)]},
        {"cartItems": [line(f"{number}") for number in range(1001)]},
        f"{S}/cartItems",
    ),
    "quantity of all items": (
        {"cartItems": [line("a", 9_999), line("b")]},
        {"cartItems": [line("a", 9_999), line("b", 2)]},
        f"{S}/cartItems",
    ),
    "identifiers": ({"identifiers": [*"abcde"]}, {"identifiers": [*"abcdef"]}, f"{S}/identifiers"),
    "codes": (
        {"couponCodes": [f"C{number}" for number in range(CODES_PER_SESSION_MAX)]},
        {"couponCodes": [f"C{number}" for number in range(CODES_PER_SESSION_MAX + 1)]},
        f"{S}/couponCodes",
    ),
    "characters of a code": ({"couponCodes": ["C" * 100]}, {"couponCodes": ["C" * 101]}, f"{S}/couponCodes/0"),
    "characters of a referral code": ({"referralCode": "R" * 100}, {"referralCode": "R" * 101}, f"{S}/referralCode"),
    "characters of a profile id": ({"profileId": "p" * 1000}, {"profileId": "p" * 1001}, f"{S}/profileId"),
    "price from 0 on": (
        {"cartItems": [line("a") | {"price": 0}]},
        {"cartItems": [line("a") | {"price": -1}]},
        f"{S}/cartItems/0/price",
    ),
    "units of a line": (
        {"cartItems": [line("a", 1)]},
        {"cartItems": [line("a", 0)]},
        f"{S}/cartItems/0/quantity",
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
async def test_at_the_limit_and_one_past_it(shop: Shop, limit: str) -> None:
    at, past, pointer = LIMITS[limit]
    accepted = await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": at})
    assert accepted.status_code == 200, accepted.text
    refused = await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": past})
    assert (refused.status_code, pointers(refused)) == (400, [pointer])


async def test_everything_at_its_limit_at_once(shop: Shop) -> None:
    session: dict[str, Any] = {"profileId": "p" * 1000, "identifiers": ["i" * 1000] * 5, "referralCode": "R" * 100}
    session["cartItems"] = [line(f"{number}", 10) for number in range(1000)]
    session["couponCodes"] = [f"{number:03}".ljust(100, "C") for number in range(100)]
    body = {"customerSession": session, "responseContent": ["customerSession"]}
    answer = await shop.integrate("PUT", f"/v2/customer_sessions/{'s' * 1000}", body)
    assert answer.status_code == 200, answer.text
    shown = answer.json()["customerSession"]
    assert (len(shown["cartItems"]), shown["cartItemTotal"], len(shown["identifiers"])) == (1000, 10_000, 5)
    assert len(answer.json()["effects"]) == 101
    refused = await shop.integrate("PUT", f"/v2/customer_sessions/{'s' * 1001}", body)
    assert (refused.status_code, pointers(refused)) == (400, ["customerSessionId"])
