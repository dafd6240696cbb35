"""Workload W(N, P): a cart of N lines, and P campaigns that each discount one of ten categories.

Line i costs 10 + (i mod 17) and is of category i mod 10; campaign p takes 1 % off each item of category p mod 10 if
there is one. What it must come to is known, so that a fast wrong answer is no answer.
"""

from decimal import Decimal
from typing import Any

Plain = dict[str, Any]

TOTALS = {
    (10, 1): Decimal("0.10"),
    (10, 10): Decimal("1.45"),
    (10, 100): Decimal("14.50"),
    (100, 1): Decimal("1.76"),
    (100, 10): Decimal("17.85"),
    (100, 100): Decimal("178.50"),
}


def cart(lines: int) -> list[Plain]:
    """The cart of W."""
    return [
        {"sku": f"SKU-{line}", "quantity": 1, "price": 10 + line % 17, "category": str(line % 10)}
        for line in range(lines)
    ]


def campaign(number: int, category: str = "") -> Plain:
    """One campaign of W, or the same for another category."""
    category = category or str(number % 10)
    of_category = [["Item"], ["=", [".", "Item", "Category"], category]]
    items = [".", "Session", "CartItems"]
    return {
        "name": f"campaign {number}",
        "ruleset": {
            "bindings": [{"name": "Chosen", "type": "cartItemFilter", "expression": ["filter", items, of_category]}],
            "rules": [
                {
                    "title": "1 % off",
                    "condition": ["and", ["exists", items, of_category]],
                    "effects": [
                        [
                            "setDiscountPerItem",
                            [".", "Chosen"],
                            "1 % off",
                            [["Item"], ["*", [".", "Item", "Price"], ["/", 1, 100]]],
                        ]
                    ],
                }
            ],
        },
    }


def coupon_campaign(code: str) -> Plain:
    """A campaign that takes 10 % off for a code that is always good."""
    rule = {
        "title": "ten off",
        "condition": ["and", ["couponValid"]],
        "effects": [["setDiscount", "ten off", ["*", [".", "Session", "Total"], ["/", 10, 100]]]],
    }
    coupon = {"value": code, "usageLimit": 0}
    return {"name": "with a code", "coupons": [coupon], "ruleset": {"bindings": [], "rules": [rule]}}


def shop(campaigns: int) -> Plain:
    """The shop of W, as `largesse.load` takes it."""
    return {"campaigns": [campaign(number) for number in range(campaigns)]}


def few_of_many(few: int, many: int) -> Plain:
    """The shop of W with so many campaigns more that wait for a category nobody buys, half of them for a coupon."""
    idle = [campaign(number, f"none {number}") for number in range(few, many)]
    for each in idle[::2]:
        each["ruleset"]["rules"][0]["condition"].insert(1, ["couponValid"])
    return {"campaigns": [*idle, *(campaign(number) for number in range(few))]}
