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
