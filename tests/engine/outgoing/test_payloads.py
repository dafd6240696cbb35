"""What rules may give to custom effects: whatever JSON can say, within ceilings."""

from datetime import UTC, datetime
from typing import Any

import pytest

import largesse
from largesse.language import Json

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ITEMS: Json = [".", "Session", "CartItems"]
MANY: Json = ["list", *range(3_000)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ITEMS, "JSON has no form for records"),
        (["kv", ["deep", ["push", ["list"], ITEMS]]], "JSON has no form for records"),
        (["kv", *([f"k{n}", [".", "Many"]] for n in range(4))], "A value may hold 10,000 others"),
    ],
)
def test_what_json_cannot_say_is_an_error_and_the_rule_goes_on(value: Json, words: str) -> None:
    effects: list[Any] = [["customEffect", 1, "x", ["kv", ["it", value]]], ["setDiscount", "ten", 10]]
    rules = [{"title": "r", "condition": ["and"], "effects": effects}]
    ruleset = {"rules": rules, "bindings": [{"name": "Many", "expression": MANY}]}
    shop = largesse.load({"campaigns": [{"ruleset": ruleset}]})
    given = shop.evaluate({"cartItems": [{"sku": "A", "quantity": 1, "price": 30}]}, now=NOW)
    error, discount = given.effects
    assert (error.effect_type, discount.effect_type) == ("error", "setDiscount")
    assert words in str(error.props)
    assert given.as_json()
