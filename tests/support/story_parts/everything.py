"""A shop that has everything rules can read, what happens in it, and every path with its type and its value then."""

import json
from pathlib import Path
from typing import Any

Plain = dict[str, Any]

EARLY, LATE = "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
TIMES = {"startDate": EARLY, "expiryDate": LATE}
NOTED = {"attributes": {"note": "here"}}
_NOTING = ("Application", "Campaign", "CustomerProfile", "CustomerSession", "CartItem", "Coupon", "Event", "Giveaway")

# What is not there to be read; a moment, a number or a text that differs from run to run.
MISSING, TIME, NUMBER, TEXT = "(missing)", "(time)", "(number)", "(text)"

CART_ITEMS = [".", "Session", "CartItems"]
PLAN: Plain = {
    "account": {"attributes": {"region": "EU"}},
    "application": {"name": "Hats", "timezone": "Europe/Berlin", "currency": "EUR", "enableFlattenedCartItems": True}
    | NOTED,
    "attributes": [
        {"entity": entity, "name": "note", "title": "note", "type": "string"}
        for entity in (*_NOTING, "LoyaltyCard", "Referral", "Store")
    ],
    "additionalCosts": [
        {"name": name, "title": name, "description": "", "type": kind}
        for name, kind in (("wrap", "item"), ("shipping", "session"))
    ],
    "stores": [{"id": 1, "integrationId": "mitte", "name": "Mitte", "description": "Here"} | NOTED],
    "eventTypes": [{"name": "viewed", "title": "viewed"}],
    "audiences": [{"id": 1, "name": "vip"}],
    "loyaltyPrograms": [
        {
            "id": 1,
            "name": "stars",
            "title": "Stars",
            "timezone": "UTC",
            "cardBased": False,
            "sandbox": False,
            "allowSubledger": True,
            "defaultValidity": "unlimited",
            "defaultPending": "immediate",
            "tiers": [{"name": "Gold", "minPoints": 0}, {"name": "Platinum", "minPoints": 100}],
            "tiersExpirationPolicy": "tier_start_date",
            "tiersExpireIn": "30D",
            "tiersDowngradePolicy": "one_down",
        },
        {
            "id": 2,
            "name": "cards",
            "title": "Cards",
            "timezone": "UTC",
            "cardBased": True,
            "sandbox": False,
            "allowSubledger": True,
            "defaultValidity": "unlimited",
            "defaultPending": "immediate",
            "cards": [{"cardIdentifier": "HERS-1", "customerProfileIds": ["ann", "cleo"]} | NOTED],
        },
    ],
    "giveawaysPools": [
        {"id": 1, "name": "cards", "giveaways": [{"code": "G-1", "startDate": EARLY, "endDate": LATE} | NOTED]}
    ],
    "catalog": [
        {
            "sku": "hat",
            "price": 12,
            "product": {"name": "Hats"},
            "attributes": {},
            "prices": {
                "member": {"price": 10, "referenceId": "member", "effectiveFrom": EARLY, "effectiveUntil": LATE}
            },
        }
    ],
    "cartItemFilters": [{"name": "Hats", "expression": ["filter", CART_ITEMS, [["Item"], True]]}],
    "evaluationGroups": [],
    "campaigns": [
        {
            "name": "Heads",
            "description": "For heads",
            "tags": ["red"],
            "features": ["coupons", "referrals"],
            "startTime": EARLY,
            "endTime": LATE,
            "limits": [],
            "position": 1,
            "valueMap": {"hat": 7},
            "coupons": [
                {
                    "value": "TENOFF",
                    "usageLimit": 5,
                    "discountLimit": 50,
                    "reservationLimit": 9,
                    "isReservationMandatory": False,
                    "implicitlyReserved": True,
                    "reservation": False,
                    "recipientIntegrationId": "ann",
                    "batchId": "abcdefgh",
                }
                | TIMES
                | NOTED
            ],
            "referrals": [
                {
                    "code": "REF-1",
                    "advocateProfileIntegrationId": "bob",
                    "friendProfileIntegrationId": "ann",
                    "usageLimit": 5,
                    "batchId": "abcdefgh",
                }
                | TIMES
                | NOTED
            ],
            "achievements": [
                {"id": 1, "name": "stamps", "title": "stamps", "description": "", "target": 3, "period": "30D"}
            ],
            "ruleset": {
                "bindings": [
                    {
                        "name": "Dear",
                        "type": "cartItemFilter",
                        "expression": ["filter", CART_ITEMS, [["Item"], [">", [".", "Item", "Price"], 9]]],
                    },
                    {"name": "Pair", "type": "bundle", "expression": ["bundle", "Pair", [".", "Dear"], 2]},
                    {
                        "name": "Extra",
                        "type": "subledgerBalance",
                        "expression": ["subledgerBalance", 1, "extra", "tentativeCurrent"],
                    },
                    {"name": "Percent", "type": "templateParameter", "expression": ["identity", 10]},
                ],
                "rules": [
                    {
                        "title": "points first",
                        "condition": ["and"],
                        "effects": [["addLoyaltyPoints", 1, "extra", "", "stars", 5]],
                    },
                    {
                        "title": "everything happens",
                        "condition": ["and", ["couponValid"], ["referralValid"]],
                        "effects": [
                            ["setDiscount", "Ten", 10],
                            ["awardGiveaway", 1, "Current"],
                            ["increaseAchievementProgress", 1, 3],
                            ["addLoyaltyPoints", 1, "", "", "stars", 30],
                            ["addToAudience", "Current", 1],
                            ["updateAttribute", "Profile.Attributes.Email", "ann@example.org"],
                            ["updateAttribute", "Profile.Attributes.note", "here"],
                            ["updateAttribute", "AdvocateProfile.Attributes.Name", "Bob"],
                        ],
                    },
                ],
            },
        }
        | NOTED
    ],
}

CAMPAIGN: Plain = PLAN["campaigns"][0]

SESSION: Plain = {
    "profileId": "ann",
    "state": "closed",
    "storeIntegrationId": "mitte",
    "couponCodes": ["TENOFF"],
    "referralCode": "REF-1",
    "identifiers": ["device"],
    "loyaltyCards": ["HERS-1"],
    "cartItems": [
        {
            "sku": "hat",
            "name": "Hat",
            "category": "head",
            "quantity": 2,
            "weight": 120,
            "height": 1,
            "width": 2,
            "length": 3,
            "additionalCosts": {"wrap": {"price": 1}},
        }
        | NOTED
    ],
    "additionalCosts": {"shipping": {"price": 5}},
    "experimentVariantAllocations": [{"experimentID": 1, "variantID": 7}],
    "attributes": {"note": "here", "ShippingCity": "Berlin", "ShippingCost": 5},
}
EVENT: Plain = {"profileId": "ann", "type": "viewed"} | NOTED


def read_paths() -> list[tuple[str, str, Any]]:
    """Path, type and value of each line of the table; a word in place of a value is one of the marks above."""
    marks = {"missing": MISSING, "time": TIME, "number": NUMBER, "text": TEXT}
    rows: list[tuple[str, str, Any]] = []
    for line in Path(__file__).with_name("paths.table").read_text().splitlines():
        if not line.startswith("#"):
            path, kind, value = line.split(" | ")
            rows.append((path, kind, marks[value] if value in marks else json.loads(value)))
    return rows


PATHS = read_paths()
