"""What is wrong with a ruleset is said when it is saved, all of it, with its place."""

from typing import Any

import pytest

from largesse.engine.applications import Application
from largesse.engine.attributes import AttributeDefinition, AttributeDefinitions
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.programs import check_rules

APPLICATION = Application(1, 1, "shop")
DEFINITIONS = Definitions(AttributeDefinitions([AttributeDefinition(1, "CustomerSession", "tier", "string")], 1))


def mistakes(condition: Any, effects: Any) -> list[str]:
    found = check_rules([{"title": "r", "condition": condition, "effects": effects}], [], DEFINITIONS, APPLICATION)
    return [diagnostic.pointer for diagnostic in found or ()]


@pytest.mark.parametrize(
    ("condition", "effects", "pointers"),
    [
        (["and", ["couponValid"]], [["setDiscount", "x", 1]], []),
        (["and"], [["catch", ["noop"], ["setDiscount", "x", [".", "Session", "Total"]]]], []),
        (["and"], [["setDiscount", "x", 1, "cartItems"]], []),
        (["and"], [["setDiscount", "x", 1, "everything"]], ["/rules/0/effects/0"]),
        (["and"], [["setDiscountPerItem", [".", "Session", "CartItems"], "x", 1, "all"]], ["/rules/0/effects/0"]),
        (["and"], [["showNotification", "info", "x"]], ["/rules/0/effects/0"]),
        (["and"], [["updateAttribute", "Session.tier", "x"]], ["/rules/0/effects/0"]),
        (["and"], [["updateAttribute", "Session.Attributes.tier", "add", "x"]], ["/rules/0/effects/0"]),
        (["and", ["couponGood"]], [["setDicount", "x", 1]], ["/rules/0/condition/1", "/rules/0/effects/0"]),
        (["and", ["=", [".", "Session", "Attributes", "teir"], "x"]], [], ["/rules/0/condition/1/1/3"]),
    ],
)
def test_mistakes(condition: Any, effects: Any, pointers: list[str]) -> None:
    assert mistakes(condition, effects) == pointers


def test_only_what_is_told_can_stand_in_place_of_a_condition() -> None:
    told = [["catch", ["noop"], ["showNotification", "Info", "x"]], ["customEffect", 1, "x"]]
    given = ["catch", ["noop"], ["setDiscount", "x", 1]]
    for instead, places in ((told, []), ([*told, given], ["/rules/0/condition/1/4"])):
        condition = ["and", ["onFailure", ["couponValid"], *instead]]
        rules = [{"title": "r", "condition": condition, "effects": []}]
        found = check_rules(rules, [], DEFINITIONS, APPLICATION)
        assert [each.pointer for each in found or ()] == places
        assert check_rules(rules, [], DEFINITIONS, APPLICATION, strikethrough=True) is None
