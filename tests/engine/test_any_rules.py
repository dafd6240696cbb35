"""Whatever rules make of items, bundles, collections and value maps: it is refused when it is saved, or it runs."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import largesse
from largesse.engine.effects.discount_bundles import DISCOUNT_BUNDLE_FUNCTIONS
from largesse.engine.effects.outgoing.custom_effect import CUSTOM_EFFECT
from largesse.engine.effects.set_discount_per_additional_cost_per_item import SET_DISCOUNT_PER_ADDITIONAL_COST_PER_ITEM
from largesse.engine.effects.set_discount_per_item import SET_DISCOUNT_PER_ITEM
from largesse.engine.effects.set_discount_per_item_pro_rata import PRO_RATA_FUNCTIONS
from largesse.engine.functions.bundles import BUNDLE_FUNCTIONS
from largesse.engine.functions.collections import COLLECTION_FUNCTIONS
from largesse.engine.functions.value_maps import VALUE_MAP_FUNCTIONS
from tests.support.generated.rules import calls

ASKING = (*BUNDLE_FUNCTIONS, *COLLECTION_FUNCTIONS, *VALUE_MAP_FUNCTIONS)
GIVING = (
    *SET_DISCOUNT_PER_ITEM.functions,
    *SET_DISCOUNT_PER_ADDITIONAL_COST_PER_ITEM.functions,
    *PRO_RATA_FUNCTIONS,
    *DISCOUNT_BUNDLE_FUNCTIONS,
    *CUSTOM_EFFECT.functions,
)
BINDINGS = [
    {"name": "Mapped", "expression": ["valueMapFilter", [".", "Session", "CartItems"], 1]},
    {"name": "Pairs", "type": "bundle", "expression": ["bundle", "Pairs", [".", "Session", "CartItems"], 2]},
]
SESSION = {
    "cartItems": [
        {"sku": sku, "quantity": 2, "price": price, "additionalCosts": {"a": {"price": 1}}}
        for sku, price in (("a", 3), ("b", 0))
    ]
}


CONDITIONS = st.one_of(st.just(["list"]), calls((*ASKING, *GIVING)))


@given(CONDITIONS, calls(GIVING), st.booleans())
def test_any_rule_is_refused_or_runs(condition: Any, effect: Any, cascading: bool) -> None:
    rule = {"title": "r", "condition": ["and", ["isEmpty", condition]], "effects": [["identity", effect]]}
    shop = {
        "application": {"enableCascadingDiscounts": cascading},
        "additionalCosts": [{"name": "a", "title": "a", "type": "item"}],
        "collections": [{"name": "Things", "items": ["a"]}],
        "campaigns": [{"name": "c", "valueMap": {"a": 5}, "ruleset": {"rules": [rule], "bindings": BINDINGS}}],
    }
    try:
        loaded = largesse.load(shop)
    except ValueError:
        return
    evaluated = loaded.evaluate(SESSION, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert all(each.effect_type for each in evaluated.effects)
