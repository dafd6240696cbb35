"""What an update of a session may say, what it leads to, and everything it is refused for."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from largesse.engine.attributes import AttributeDefinition, AttributeDefinitions
from largesse.engine.definitions import Definitions
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import Session, SessionState, SessionUpdate

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DEFINITIONS = Definitions(
    AttributeDefinitions(
        [
            AttributeDefinition(1, "CustomerSession", "city", "string"),
            AttributeDefinition(2, "CustomerSession", "size", "string", True, ("S", "M")),
            AttributeDefinition(3, "CartItem", "weightClass", "number"),
            AttributeDefinition(4, "CustomerSession", "due", "time"),
            AttributeDefinition(6, "CustomerSession", "place", "location"),
            AttributeDefinition(7, "CustomerSession", "visits", "(list time)"),
            AttributeDefinition(5, "CustomerSession", "elsewhere", "string", subscribed_applications_ids=(99,)),
        ],
        1,
    ),
    {
        "shipping": AdditionalCostDefinition(1, "shipping", "session"),
        "wrap": AdditionalCostDefinition(2, "wrap", "item"),
    },
)
ITEM = {"sku": "a", "quantity": 1, "price": 1}


def update(stored: Session | None, **sent: Any) -> Updated | list[tuple[str, str]]:
    answer = update_session(stored, 1, "s1", from_plain(sent, SessionUpdate), DEFINITIONS, NOW)
    return answer if isinstance(answer, Updated) else [(refusal.title, refusal.pointer) for refusal in answer]


def stored(state: SessionState = "open", **sent: Any) -> Session:
    answer = update(None, **sent)
    assert isinstance(answer, Updated)
    return Session(
        7, 1, "s1", NOW, NOW, state, **{
            name: getattr(answer.session, name)
            for name in ("profile_id", "cart_items", "coupon_codes", "attributes", "referral_code")
        }
    )  # fmt: skip


MOVES = [
    (None, None, "talon_session_created"),
    (None, "open", "talon_session_created"),
    (None, "closed", "talon_session_closed"),
    (None, "cancelled", None),
    (None, "partially_returned", None),
    ("open", None, "talon_session_updated"),
    ("open", "open", "talon_session_updated"),
    ("open", "closed", "talon_session_closed"),
    ("open", "cancelled", "talon_session_cancelled"),
    ("open", "partially_returned", None),
    ("closed", None, None),
    ("closed", "open", None),
    ("closed", "closed", None),
    ("closed", "cancelled", "talon_session_revoked"),
    ("partially_returned", "closed", None),
    ("partially_returned", "cancelled", "talon_session_revoked"),
    ("cancelled", None, None),
    ("cancelled", "open", None),
    ("cancelled", "cancelled", None),
]


@pytest.mark.parametrize(("before", "sent", "event"), MOVES)
def test_moves(before: SessionState | None, sent: SessionState | None, event: str | None) -> None:
    answer = update(stored(before) if before else None, **({"state": sent} if sent else {}))
    if event is None:
        assert answer == [("Invalid state transition", "/state")]
    else:
        assert isinstance(answer, Updated)
        assert answer.event == event


@pytest.mark.parametrize(
    ("sent", "refusals"),
    [
        ({"attributes": {"nope": 1}}, [("Unknown", "/attributes/nope")]),
        ({"attributes": {"elsewhere": "x"}}, [("Unknown", "/attributes/elsewhere")]),
        ({"attributes": {"city": 5}}, [("Invalid type", "/attributes/city")]),
        ({"attributes": {"due": "tomorrow"}}, [("Invalid type", "/attributes/due")]),
        ({"attributes": {"size": "XXL"}}, [("Invalid value", "/attributes/size")]),
        ({"additionalCosts": {"nope": {"price": 1}}}, [("Unknown", "/additionalCosts/nope")]),
        ({"additionalCosts": {"wrap": {"price": 1}}}, [("Invalid value", "/additionalCosts/wrap")]),
        ({"additionalCosts": {"shipping": {"price": -1}}}, [("Out of range", "/additionalCosts/shipping/price")]),
        ({"cartItems": [{**ITEM, "quantity": 0}]}, [("Out of range", "/cartItems/0/quantity")]),
        ({"cartItems": [ITEM, {**ITEM, "price": -1}]}, [("Out of range", "/cartItems/1/price")]),
        ({"cartItems": [{**ITEM, "attributes": {"a/b": 1}}]}, [("Unknown", "/cartItems/0/attributes/a~1b")]),
        ({"cartItems": [{**ITEM, "additionalCosts": {"shipping": {"price": 1}}}]},
         [("Invalid value", "/cartItems/0/additionalCosts/shipping")]),
        ({"cartItems": [ITEM] * 1001}, [("Too many", "/cartItems")]),
        ({"cartItems": [{**ITEM, "quantity": 10_001}]}, [("Too many", "/cartItems")]),
        ({"couponCodes": ["x" * 101]}, [("Too long", "/couponCodes/0")]),
        ({"couponCodes": [str(n) for n in range(1001)]}, [("Too many", "/couponCodes")]),
        ({"referralCode": "x" * 101}, [("Too long", "/referralCode")]),
        ({"identifiers": list("abcdef")}, [("Too many", "/identifiers")]),
        ({"loyaltyCards": ["a"]}, [("Invalid value", "/loyaltyCards/0")]),
        ({"storeIntegrationId": "nowhere"}, [("Invalid value", "/storeIntegrationId")]),
        ({"attributes": {"nope": 1, "city": 2}, "cartItems": [{**ITEM, "price": -1}]},
         [("Unknown", "/attributes/nope"), ("Invalid type", "/attributes/city"),
          ("Out of range", "/cartItems/0/price")]),
    ],
)  # fmt: skip
def test_refusals(sent: dict[str, Any], refusals: list[tuple[str, str]]) -> None:
    assert update(None, **sent) == refusals


@pytest.mark.parametrize("sent", [{"cartItems": [ITEM] * 1000}, {"cartItems": [{**ITEM, "quantity": 10_000}]}])
def test_the_ceiling_itself_is_allowed(sent: dict[str, Any]) -> None:
    assert isinstance(update(None, **sent), Updated)


def test_some_attributes_are_built_in() -> None:
    sent = {"ShippingCity": "Berlin", "BillingAddress4": "", "ShippingCost": Decimal("4.9")}
    answer = update(None, attributes=sent)
    assert isinstance(answer, Updated)
    assert answer.session.attributes == sent
    assert update(None, attributes={"ShippingCity": 5}) == [("Invalid type", "/attributes/ShippingCity")]
    assert update(None, attributes={"shippingCity": "Berlin"}) == [("Unknown", "/attributes/shippingCity")]
    assert update(None, attributes={"Email": "a@b.c"}) == [("Unknown", "/attributes/Email")]


def test_an_attribute_that_is_defined_stands_in_for_a_built_in_one() -> None:
    mine = AttributeDefinition(1, "CustomerSession", "ShippingCity", "number")
    assert AttributeDefinitions([mine], 1).of("CustomerSession")["ShippingCity"] is mine
    elsewhere = AttributeDefinition(1, "CustomerSession", "ShippingCity", "number", subscribed_applications_ids=(2,))
    assert AttributeDefinitions([elsewhere], 1).of("CustomerSession")["ShippingCity"].type == "string"


TIMES = [
    ("2026-01-31T23:59:59Z", True),
    ("2026-01-31T23:59:59.123456789+05:30", True),
    ("2026-01-31t23:59:59z", True),
    ("2026-01-31T23:59:59", False),
    ("2026-01-31T23:59Z", False),
    ("2026-01-31", False),
    ("20260131T235959Z", False),
    ("2026-W05-6T23:59:59Z", False),
    ("2026-02-30T00:00:00Z", False),
    (1769903999, False),
]
PLACES = [
    ({"lat": Decimal("52.5"), "lon": Decimal("13.4")}, True),
    ([-90, 180], True),
    ({"lat": Decimal("90.1"), "lon": 0}, False),
    ([0, Decimal("-180.5")], False),
    ({"lat": 1}, False),
    ({"lat": 1, "lon": 2, "name": "x"}, False),
    ({"lat": "1", "lon": 2}, False),
    ({"lat": True, "lon": 2}, False),
    ([1, 2, 3], False),
    ("52.5,13.4", False),
]


@pytest.mark.parametrize(
    ("name", "value", "is_one"),
    [
        *(("due", value, is_one) for value, is_one in TIMES),
        *(("visits", ["2026-01-01T00:00:00Z", value], is_one) for value, is_one in TIMES),
        *(("place", value, is_one) for value, is_one in PLACES),
    ],
)
def test_times_and_places(name: str, value: Any, is_one: bool) -> None:
    answer = update(None, attributes={name: value})
    assert isinstance(answer, Updated) if is_one else answer == [("Invalid type", f"/attributes/{name}")]


BEFORE: dict[str, Any] = {
    "profileId": "ann",
    "cartItems": [{**ITEM, "attributes": {"weightClass": 3}}],
    "couponCodes": ["A", "B"],
    "referralCode": "R",
    "attributes": {"city": "Berlin", "size": "S"},
}


@pytest.mark.parametrize(
    ("sent", "field", "after"),
    [
        ({}, "coupon_codes", ("A", "B")),
        ({"couponCodes": None}, "coupon_codes", ("A", "B")),
        ({"couponCodes": []}, "coupon_codes", ()),
        ({"couponCodes": [""]}, "coupon_codes", ()),
        ({"couponCodes": ["C", "C", ""]}, "coupon_codes", ("C",)),
        ({}, "referral_code", "R"),
        ({"referralCode": ""}, "referral_code", ""),
        ({"cartItems": []}, "cart_items", ()),
        ({"attributes": {"city": "Paris"}}, "attributes", {"city": "Paris", "size": "S"}),
        ({"attributes": {"city": None}}, "attributes", {"size": "S"}),
        ({"attributes": {}}, "attributes", {"city": "Berlin", "size": "S"}),
        ({"profileId": "bob"}, "profile_id", "bob"),
        ({}, "profile_id", "ann"),
        ({}, "update_count", 2),
    ],
)
def test_merging(sent: dict[str, Any], field: str, after: object) -> None:
    answer = update(stored(**BEFORE), **sent)
    assert isinstance(answer, Updated)
    assert getattr(answer.session, field) == after


def test_an_item_sent_again_loses_the_attributes_not_sent_with_it() -> None:
    answer = update(stored(**BEFORE), cartItems=[ITEM])
    assert isinstance(answer, Updated)
    assert answer.session.cart_items[0].attributes == {}


def test_a_cancelled_session_keeps_its_cart() -> None:
    answer = update(stored("closed", **BEFORE), state="cancelled", cartItems=[], couponCodes=[])
    assert isinstance(answer, Updated)
    assert len(answer.session.cart_items) == 1
    assert answer.session.coupon_codes == ("A", "B")


def test_totals() -> None:
    answer = update(
        None,
        cartItems=[{"sku": "a", "quantity": 2, "price": Decimal("49.995"), "additionalCosts": {"wrap": {"price": 5}}}],
        additionalCosts={"shipping": {"price": 20}},
    )
    assert isinstance(answer, Updated)
    totals = answer.session.totals
    assert (totals.total, totals.cart_items) == (Decimal("129.990"), Decimal("99.990"))
    assert (totals.additional_costs, totals.cart_item_additional_costs) == (Decimal(20), Decimal(10))
