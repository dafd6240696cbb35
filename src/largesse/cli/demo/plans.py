"""What a campaign of the demo is made of, and a few words to write its rules with.

Rules are JSON arrays whose first element is a function: `[">=", [".", "Session", "CartItemTotal"], 100]`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

JSON: TypeAlias = Any

CART_ITEMS = [".", "Session", "CartItems"]
CART_ITEM_TOTAL = [".", "Session", "CartItemTotal"]
ITEM_PRICE = [".", "Item", "Price"]


@dataclass(frozen=True, slots=True)
class CouponPlan:
    """`count` codes like `pattern`, where each # is a random character; `settings` as the API takes them."""

    pattern: str
    count: int
    settings: dict[str, JSON]


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """One campaign with its only ruleset and its coupons.

    `starts_in` and `ends_in` are counted from the moment the demo is made.
    """

    name: str
    description: str
    rules: tuple[dict[str, JSON], ...]
    bindings: tuple[dict[str, JSON], ...] = ()
    tags: tuple[str, ...] = ()
    limits: tuple[dict[str, JSON], ...] = ()
    coupons: tuple[CouponPlan, ...] = ()
    starts_in: timedelta | None = None
    ends_in: timedelta | None = None
    state: str = "enabled"


def rule(title: str, conditions: list[JSON], effects: list[JSON]) -> dict[str, JSON]:
    """A rule that has all the `effects` when all the `conditions` hold."""
    return {"title": title, "condition": ["and", *conditions], "effects": effects}


def items_where(name: str, condition: JSON) -> dict[str, JSON]:
    """A named list of the cart's items for which `condition` holds; an item that lacks what is asked for does not."""
    return {
        "name": name,
        "type": "cartItemFilter",
        "expression": ["filter", CART_ITEMS, [["Item"], ["catch", False, condition]]],
    }


def category_is(category: str) -> JSON:
    """Whether the item at hand is of this category."""
    return ["=", [".", "Item", "Category"], category]


def percent(number: int, of: JSON) -> JSON:
    """So many per cent of an amount."""
    return ["*", of, ["/", number, 100]]
