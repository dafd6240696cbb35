"""What rules read: built-in paths give what was sent and what is stored."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

import largesse

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
COUPON = {
    "value": "TEN",
    "usageLimit": 5,
    "usageCounter": 2,
    "discountLimit": 50,
    "discountCounter": 20,
    "reservationLimit": 9,
    "reservationCounter": 3,
    "referralId": 4,
    "importId": 6,
    "batchId": "abcdefgh",
    "implicitlyReserved": True,
    "startDate": "2026-01-01T00:00:00Z",
    "expiryDate": "2027-01-01T00:00:00Z",
}
ITEM = {
    "sku": "hat",
    "name": "Hat",
    "category": "head",
    "product": {"name": "Hats"},
    "quantity": 2,
    "price": 10,
    "weight": 120,
    "height": 1,
    "width": 2,
    "length": 3,
    "additionalCosts": {"wrap": {"price": 1}},
}
SESSION = {
    "profileId": "ann",
    "couponCodes": ["TEN"],
    "identifiers": ["device"],
    "cartItems": [ITEM],
    "additionalCosts": {"shipping": {"price": 5}},
    "experimentVariantAllocations": [{"experimentID": 1, "variantID": 7}],
}
PROFILE = {"closedSessions": 3, "totalSales": 250, "sandbox": True}


def read(expression: Any) -> Any:
    """What a rule of a coupon's campaign reads."""
    rule = {
        "title": "read",
        "condition": ["and", ["couponValid"]],
        "effects": [["customEffect", 1, "read", ["kv", ["value", expression]]]],
    }
    shop = largesse.load(
        {
            "application": {"name": "Hats", "currency": "EUR", "timezone": "UTC"},
            "additionalCosts": [{"name": "wrap", "type": "item"}, {"name": "shipping", "type": "session"}],
            "campaigns": [{"name": "Heads", "tags": ["red"], "coupons": [COUPON], "ruleset": {"rules": [rule]}}],
        }
    )
    found = shop.evaluate(SESSION, now=NOW, profile=PROFILE, session_id="s-1")
    (custom,) = [effect for effect in found.effects if effect.effect_type == "customEffect"]
    return custom.props.payload["value"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Session.Total", Decimal(27)),
        ("Session.CartItemTotal", Decimal(20)),
        ("Session.CartTotal", Decimal(20)),
        ("Session.AdditionalCostTotal", Decimal(5)),
        ("Session.CartItemAdditionalCostTotal", Decimal(2)),
        ("Session.AdditionalCosts.shipping.Price", Decimal(5)),
        ("Session.State", "open"),
        ("Session.IntegrationId", "s-1"),
        ("Session.ProfileId", "ann"),
        ("Session.FirstSession", True),
        ("Session.UpdateCount", Decimal(1)),
        ("Session.Created", "2026-03-01T12:00:00+00:00"),
        ("session.couponcodes", ["TEN"]),
        ("Session.Identifiers", ["device"]),
        ("Profile.IntegrationId", "ann"),
        ("Profile.ClosedSessions", Decimal(3)),
        ("Profile.TotalSales", Decimal(250)),
        ("Profile.Sandbox", True),
        ("Coupon.Value", "TEN"),
        ("Coupon.UsageLimit", Decimal(5)),
        ("Coupon.UsageCounter", Decimal(2)),
        ("Coupon.DiscountLimit", Decimal(50)),
        ("Coupon.DiscountCounter", Decimal(20)),
        ("Coupon.DiscountRemainder", Decimal(30)),
        ("Coupon.ReservationLimit", Decimal(9)),
        ("Coupon.ReservationCounter", Decimal(3)),
        ("Coupon.ReferralId", Decimal(4)),
        ("Coupon.ImportId", Decimal(6)),
        ("Coupon.BatchId", "abcdefgh"),
        ("Coupon.Reservation", True),
        ("Coupon.ImplicitlyReserved", True),
        ("Coupon.IsReservationMandatory", False),
        ("Coupon.StartDate", "2026-01-01T00:00:00+00:00"),
        ("Campaign.Name", "Heads"),
        ("Campaign.Tags", ["red"]),
        ("Application.Name", "Hats"),
        ("Application.Currency", "EUR"),
        ("Event.Type", "talon_session_created"),
        ("Now", "2026-03-01T12:00:00+00:00"),
    ],
)
def test_paths(path: str, expected: Any) -> None:
    assert read([".", *path.split(".")]) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("SKU", "hat"),
        ("sku", "hat"),
        ("Name", "Hat"),
        ("Category", "head"),
        ("Product.Name", "Hats"),
        ("Price", Decimal(10)),
        ("Quantity", Decimal(1)),
        ("ReturnedQuantity", Decimal(0)),
        ("RemainingQuantity", Decimal(2)),
        ("Weight", Decimal(120)),
        ("Height", Decimal(1)),
        ("Width", Decimal(2)),
        ("Length", Decimal(3)),
        ("Position", Decimal(0)),
        ("SubPosition", Decimal(0)),
        ("AdditionalCosts.wrap.Price", Decimal(1)),
    ],
)
def test_paths_of_items(path: str, expected: Any) -> None:
    first = ["head", ["map", [".", "Session", "CartItems"], [["Item"], [".", "Item", *path.split(".")]]]]
    assert read(first) == expected


def test_what_the_shop_has_allotted() -> None:
    allotted = [".", "Session", "ExperimentVariantAllocations"]
    assert read(["head", ["map", allotted, [["A"], [".", "A", "VariantID"]]]]) == Decimal(7)
