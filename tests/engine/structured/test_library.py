"""The engine as a library takes rulesets in the structured form too."""

from datetime import UTC, datetime
from typing import Any

import pytest

import largesse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HALF: dict[str, Any] = {
    "id": "half",
    "type": "awardDiscount",
    "name": "half",
    "value": "{{$Session.Total / 2}}",
    "partial": False,
    "target": {"type": "cart"},
}


def shop(*blocks: dict[str, Any]) -> dict[str, Any]:
    """A shop with one campaign of one rule."""
    return {"campaigns": [{"ruleset": {"promotionRules": [{"title": "Rule", "blocks": list(blocks)}]}}]}


def test_blocks_are_evaluated() -> None:
    cart = {"cartItems": [{"sku": "A", "quantity": 1, "price": 30}]}
    (effect,) = largesse.load(shop(HALF)).evaluate(cart, now=NOW).effects
    assert (effect.effect_type, getattr(effect.props, "value", None)) == ("setDiscount", 15)


def test_blocks_with_mistakes_are_refused() -> None:
    with pytest.raises(ValueError, match="/promotionRules/0/blocks/0/value"):
        largesse.load(shop(HALF | {"value": "{{1 +}}"}))


@pytest.mark.parametrize(("index", "discounted"), [(0, [1]), (1, [0]), (2, [])])
def test_one_chosen_item_is_discounted_like_a_list(index: int, discounted: list[int]) -> None:
    cheapest_first = {"type": "sort", "fields": [{"expression": "$Item.Price", "direction": "asc"}]}
    one = {"type": "select", "operator": "one", "index": index}
    chosen = {"name": "Chosen", "type": "selector", "source": "$Session.CartItems", "steps": [cheapest_first, one]}
    half = {
        "id": "half",
        "type": "awardDiscount",
        "name": "half",
        "value": "{{$Item.Price / 2}}",
        "partial": False,
        "target": {"type": "selector", "name": "Chosen"},
    }
    ruleset = {"promotionRules": [{"title": "Half", "blocks": [half]}], "selectors": [chosen]}
    cart = [{"sku": "A", "quantity": 1, "price": 30}, {"sku": "B", "quantity": 1, "price": 10}]
    given = largesse.load({"campaigns": [{"ruleset": ruleset}]}).evaluate({"cartItems": cart}, now=NOW)
    assert [effect.props.item() for effect in given.effects] == [(position, 0) for position in discounted]
