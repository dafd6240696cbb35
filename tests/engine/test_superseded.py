"""Effects that newer ones have taken the place of, given by rules that were written for them."""

from datetime import UTC, datetime
from typing import Any

import largesse
from largesse.engine.effects.superseded.show_bundle_metadata import ShowBundleMetadataProps

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def of_category(name: str, category: str) -> dict[str, Any]:
    chosen = [["Item"], ["=", [".", "Item", "Category"], category]]
    return {"name": name, "type": "cartItemFilter", "expression": ["filter", [".", "Session", "CartItems"], chosen]}


def test_a_bundle_names_the_lines_it_consists_of() -> None:
    parts = ["bundle", "Outfit", [".", "Shoes"], 1, [".", "Hats"], 2]
    outfit = {"name": "Outfit", "type": "bundle", "expression": parts}
    told = ["showBundleMetadata", [".", "Outfit"], "a shoe and two hats", ["list", "Category", "Size"]]
    ruleset = {
        "bindings": [of_category("Shoes", "shoes"), of_category("Hats", "hats"), outfit],
        "rules": [{"title": "outfit", "condition": ["and"], "effects": [told]}],
    }
    cart = [
        {"sku": "scarf", "quantity": 1, "price": 5, "category": "scarfs"},
        {"sku": "boot", "quantity": 2, "price": 20, "category": "shoes"},
        {"sku": "cap", "quantity": 3, "price": 10, "category": "hats"},
        {"sku": "fez", "quantity": 1, "price": 10, "category": "hats"},
    ]
    found = largesse.load({"campaigns": [{"ruleset": ruleset}]}).evaluate({"cartItems": cart}, now=NOW)
    assert [(effect.effect_type, effect.props) for effect in found.effects] == [
        ("showBundleMetadata", props)
        for props in (
            ShowBundleMetadataProps("a shoe and two hats", ("Category", "Size"), (1, 2)),
            ShowBundleMetadataProps("a shoe and two hats", ("Category", "Size"), (1, 2, 3)),
        )
    ]
