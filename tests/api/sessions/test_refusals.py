"""What is refused: the status, the message, the kind of mistake and its place."""

from typing import Any

import httpx
import pytest

from tests.support.api import Shop
from tests.support.carts import item, put_session, update

pytestmark = pytest.mark.anyio

S = "/customerSession"

# What is sent: (title, pointer) of each mistake that is reported.
REFUSED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "unknown attribute": ({"attributes": {"nope": 1}}, [("Unknown", f"{S}/attributes/nope")]),
    "attribute of the wrong type": ({"attributes": {"city": False}}, [("Invalid type", f"{S}/attributes/city")]),
    "unknown attribute of an item": (
        {"cartItems": [item(), item(attributes={"a/b": 1})]},
        [("Unknown", f"{S}/cartItems/1/attributes/a~1b")],
    ),
    "no price": (
        {"cartItems": [{"sku": "a", "quantity": 1}, item(), item(price=None)]},
        [("Required", f"{S}/cartItems/0/price"), ("Required", f"{S}/cartItems/2/price")],
    ),
    "price below zero": ({"cartItems": [item(price=-0.01)]}, [("Out of range", f"{S}/cartItems/0/price")]),
    "price in quotes": ({"cartItems": [item(price="50")]}, [("Invalid type", f"{S}/cartItems/0/price")]),
    "quantity 0": ({"cartItems": [item(quantity=0)]}, [("Out of range", f"{S}/cartItems/0/quantity")]),
    "no sku": ({"cartItems": [item(sku="")]}, [("Too short", f"{S}/cartItems/0/sku")]),
    "1001 items": ({"cartItems": [item()] * 1001}, [("Too many", f"{S}/cartItems")]),
    "10001 units": ({"cartItems": [item(quantity=5000)] * 2 + [item()]}, [("Too many", f"{S}/cartItems")]),
    "unknown cost": ({"additionalCosts": {"tax": {"price": 1}}}, [("Unknown", f"{S}/additionalCosts/tax")]),
    "cost of the other level": (
        {"cartItems": [item(additionalCosts={"shipping": {"price": 1}})]},
        [("Invalid value", f"{S}/cartItems/0/additionalCosts/shipping")],
    ),
    "cost without a price": (
        {"additionalCosts": {"shipping": {}}},
        [("Required", f"{S}/additionalCosts/shipping/price")],
    ),
    "unknown state": ({"state": "paid"}, [("enum", f"{S}/state")]),
    "created cancelled": ({"state": "cancelled"}, [("Invalid state transition", f"{S}/state")]),
    "created returned": ({"state": "partially_returned"}, [("Invalid state transition", f"{S}/state")]),
    "six identifiers": ({"identifiers": list("abcdef")}, [("Too many", f"{S}/identifiers")]),
    "two loyalty cards, both unknown": (
        {"loyaltyCards": ["a", "b"]},
        [("Too many", f"{S}/loyaltyCards"), ("Invalid value", f"{S}/loyaltyCards/0")],
    ),
    "unknown store": ({"storeIntegrationId": "berlin"}, [("Invalid value", f"{S}/storeIntegrationId")]),
    "long code": ({"couponCodes": ["A", "B" * 101]}, [("Too long", f"{S}/couponCodes/1")]),
    "long referral code": ({"referralCode": "R" * 101}, [("Too long", f"{S}/referralCode")]),
    "long profile id": ({"profileId": "p" * 1001}, [("Too long", f"{S}/profileId")]),
    "several mistakes at once": (
        {"attributes": {"nope": 1}, "cartItems": [item(quantity=0), item(price=None)]},
        [
            ("Unknown", f"{S}/attributes/nope"),
            ("Out of range", f"{S}/cartItems/0/quantity"),
            ("Required", f"{S}/cartItems/1/price"),
        ],
    ),
}


def mistakes(answer: httpx.Response) -> list[tuple[str, str]]:
    body = answer.json()
    assert (answer.status_code, body["StatusCode"], body["message"]) == (400, 400, "The submitted data was invalid")
    return [(error["title"], *error["source"].values()) for error in body["errors"]]


async def define(shop: Shop) -> None:
    attribute = {"entity": "CustomerSession", "name": "city", "title": "city", "type": "string", "description": ""}
    await shop.create("/v1/attributes", attribute | {"editable": True, "suggestions": []})
    cost = {"name": "shipping", "title": "shipping", "description": "", "type": "session"}
    await shop.create("/v1/additional_costs", cost)


@pytest.mark.parametrize("case", REFUSED)
async def test_refused_with_kind_and_place_and_nothing_stored(shop: Shop, case: str) -> None:
    sent, expected = REFUSED[case]
    await define(shop)
    assert mistakes(await put_session(shop, **sent)) == expected
    assert (await shop.integrate("GET", "/v2/customer_sessions/s")).status_code == 404


async def test_the_documented_sentences(shop: Shop) -> None:
    await define(shop)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"nope": 1}, 'The attribute "nope" is not defined on CustomerSession entities.'),
        ({"city": False}, 'Value of "city" attribute (false) is not a string'),
    )
    for attributes, details in cases:
        body = (await put_session(shop, attributes=attributes)).json()
        assert [error["details"] for error in body["errors"]] == [details]


# From the stored state, with what is sent next, to the sentence of the refusal.
ILLEGAL: dict[str, tuple[list[str], dict[str, Any], str]] = {
    "closed again": (["closed"], {"state": "closed"}, 'a session with state "closed" cannot be modified'),
    "closed and updated": (["closed"], {}, 'a session with state "closed" cannot be modified'),
    "closed and opened": (["closed"], {"state": "open"}, 'state cannot change from "closed" to "open"'),
    "open and returned": (
        ["open"],
        {"state": "partially_returned"},
        'state cannot change from "open" to "partially_returned"',
    ),
    "cancelled and opened": (
        ["open", "cancelled"],
        {"state": "open"},
        'state cannot change from "cancelled" to "open"',
    ),
    "cancelled twice": (
        ["closed", "cancelled"],
        {"state": "cancelled"},
        'a session with state "cancelled" cannot be modified',
    ),
}


@pytest.mark.parametrize("case", ILLEGAL)
async def test_states_move_forwards_only(shop: Shop, case: str) -> None:
    states, sent, details = ILLEGAL[case]
    for state in states:
        await update(shop, state=state)
    answer = await put_session(shop, **sent)
    assert mistakes(answer) == [("Invalid state transition", f"{S}/state")]
    assert answer.json()["errors"][0]["details"] == details


QUERIES: dict[str, tuple[dict[str, str], list[tuple[str, str]]]] = {
    "now for real": ({"now": "2099-01-01T00:00:00Z"}, [("Invalid value", "now")]),
    "now in the past": ({"dry": "true", "now": "2020-01-01T00:00:00Z"}, [("Out of range", "now")]),
    "now in another age": ({"dry": "true", "now": "9999-12-31T23:59:59Z"}, [("Out of range", "now")]),
    "now is no time": ({"dry": "true", "now": "soon"}, [("Invalid type", "now")]),
    "dry is no yes or no": ({"dry": "perhaps"}, [("Invalid type", "dry")]),
}


@pytest.mark.parametrize("case", QUERIES)
async def test_wrong_parameters_are_named(shop: Shop, case: str) -> None:
    query, expected = QUERIES[case]
    assert mistakes(await put_session(shop, query=query)) == expected


async def test_unknown_properties_are_ignored(shop: Shop) -> None:
    assert (await put_session(shop, whatever={"a": 1}, cartItems=[item(colour="red")])).status_code == 200


async def test_a_body_without_a_session_is_refused(shop: Shop) -> None:
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"responseContent": []})
    assert mistakes(answer) == [("Required", f"{S}")]


async def test_content_nobody_knows_is_refused(shop: Shop) -> None:
    answer = await put_session(shop, content=("customerSession", "everything"))
    assert mistakes(answer) == [("enum", "/responseContent/1")]
