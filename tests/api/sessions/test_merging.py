"""What an update keeps, replaces, merges and clears."""

from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.carts import item, stored, update

pytestmark = pytest.mark.anyio

BEFORE: dict[str, Any] = {
    "profileId": "ann",
    "couponCodes": ["A", "B"],
    "referralCode": "FRIEND",
    "cartItems": [item("shoe", 50, name="Shoe")],
    "additionalCosts": {"shipping": {"price": 5}},
    "identifiers": ["device"],
    "attributes": {"city": "Berlin", "gift": True},
}

# What is sent, and what it changes of the session before.
MERGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing sent keeps everything": ({}, {}),
    "null is as if left out": (dict.fromkeys(BEFORE), {}),
    "an empty list of codes discards them": ({"couponCodes": []}, {"couponCodes": []}),
    "codes of nothing are ignored": ({"couponCodes": [""]}, {"couponCodes": []}),
    "a code twice counts once": ({"couponCodes": ["C", "C"]}, {"couponCodes": ["C"]}),
    "an empty referral code discards it": ({"referralCode": ""}, {"referralCode": ""}),
    "an empty cart empties it": ({"cartItems": []}, {"cartItems": []}),
    "costs are replaced whole": ({"additionalCosts": {}}, {"additionalCosts": {}}),
    "identifiers are replaced whole": ({"identifiers": ["a", "b"]}, {"identifiers": ["a", "b"]}),
    "attributes are merged by key": (
        {"attributes": {"city": "Paris"}},
        {"attributes": {"city": "Paris", "gift": True}},
    ),
    "a null attribute is cleared": ({"attributes": {"city": None}}, {"attributes": {"gift": True}}),
    "an open session may go to another customer": ({"profileId": "bob"}, {"profileId": "bob"}),
    "an open session may become anonymous": ({"profileId": ""}, {"profileId": ""}),
}
TOLD = (*BEFORE, "state")


async def define(shop: Shop) -> None:
    for entity, name, kind in (
        ("CustomerSession", "city", "string"),
        ("CustomerSession", "gift", "boolean"),
        ("CartItem", "colour", "string"),
    ):
        body = {"entity": entity, "name": name, "title": name, "type": kind, "description": "", "editable": True}
        await shop.create("/v1/attributes", body | {"suggestions": []})
    for name, kind in (("shipping", "session"), ("wrapping", "item")):
        await shop.create("/v1/additional_costs", {"name": name, "title": name, "description": "", "type": kind})


@pytest.mark.parametrize("case", MERGES)
async def test_an_update_changes_what_it_says_and_nothing_else(shop: Shop, case: str) -> None:
    sent, changed = MERGES[case]
    await define(shop)
    before = (await update(shop, **BEFORE))["customerSession"]
    after = (await update(shop, **sent))["customerSession"]
    assert {name: after[name] for name in TOLD} == {name: before[name] for name in TOLD} | changed
    assert (before["updateCount"], after["updateCount"]) == (1, 2)
    assert await stored(shop) == after


async def test_a_line_is_replaced_with_all_its_attributes(shop: Shop) -> None:
    await define(shop)
    red = item("shoe", 50, attributes={"colour": "red"}, additionalCosts={"wrapping": {"price": 2}})
    first = (await update(shop, cartItems=[red]))["customerSession"]["cartItems"][0]
    assert first["attributes"] == {"colour": "red"}
    assert first["additionalCosts"] == {"wrapping": {"price": 2}}
    second = (await update(shop, cartItems=[item("shoe", 50)]))["customerSession"]["cartItems"][0]
    assert second["attributes"] == {}
    assert second["additionalCosts"] == {}


async def test_a_whole_answer_can_be_sent_back(shop: Shop) -> None:
    await define(shop)
    before = (await update(shop, **BEFORE))["customerSession"]
    after = (await update(shop, **before))["customerSession"]
    changing = {"updateCount", "updated"}
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }


async def test_totals_are_exact_and_before_discounts(shop: Shop) -> None:
    await define(shop)
    wrapped = item("shoe", 0.1, 3, additionalCosts={"wrapping": {"price": 0.2}})
    session = (
        await update(shop, cartItems=[wrapped, item("sock", 1.005)], additionalCosts={"shipping": {"price": 4.99}})
    )["customerSession"]
    names = ("cartItemTotal", "additionalCostTotal", "cartItemAdditionalCostTotal", "total")
    assert [session[name] for name in names] == [1.305, 4.99, 0.6, 6.895]
    lines = [(line["position"], line["remainingQuantity"], line["returnedQuantity"]) for line in session["cartItems"]]
    assert lines == [(0, 3, 0), (1, 1, 0)]


async def test_an_empty_anonymous_session_shows_every_part(shop: Shop) -> None:
    session = (await update(shop))["customerSession"]
    assert session.keys() >= {"id", "created", "updated"}
    assert {name: value for name, value in session.items() if name not in {"id", "created", "updated"}} == {
        "integrationId": "s",
        "applicationId": shop.application_id,
        "profileId": "",
        "couponCodes": [],
        "referralCode": "",
        "loyaltyCards": [],
        "state": "open",
        "cartItems": [],
        "additionalCosts": {},
        "identifiers": [],
        "attributes": {},
        "firstSession": True,
        "updateCount": 1,
        "total": 0,
        "cartItemTotal": 0,
        "additionalCostTotal": 0,
        "cartItemAdditionalCostTotal": 0,
    }


async def test_a_session_nobody_knows_is_not_found(shop: Shop, other_shop: Shop) -> None:
    await update(other_shop)
    answer = await shop.integrate("GET", "/v2/customer_sessions/s")
    assert (answer.status_code, answer.json()["message"]) == (404, "There is no such customer session")
