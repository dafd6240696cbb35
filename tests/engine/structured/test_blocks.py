"""Blocks and the expressions they stand for, read both ways."""

from decimal import Decimal
from typing import Any

import pytest

from largesse.engine.attributes import AttributeDefinition, AttributeDefinitions
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.compile import compile_structured
from largesse.engine.formats.structured.projection.rulesets import project
from largesse.engine.rewards.achievements import Achievement
from largesse.engine.rewards.giveaways import GiveawayPool
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition
from largesse.engine.shopping.cart_item_filters import CartItemFilter
from tests.support.blocks import (
    CONDITIONS,
    COUPON,
    EFFECTS,
    ITEMS,
    LONG,
    NOTE,
    NOTED,
    TOTAL,
    Plain,
    group,
    numbered,
    plain,
    unnumbered,
)

KNOWN = Definitions(
    attributes=AttributeDefinitions([AttributeDefinition(5, "CustomerSession", "tier", "string")], 1),
    additional_costs={"shipping": AdditionalCostDefinition(id=7, name="shipping")},
    giveaway_pools={8: GiveawayPool(8, "Cards")},
    cart_item_filters=(CartItemFilter(1, "Hats", ITEMS),),
    achievements={9: Achievement(9, 1, "ten", "Ten", Decimal(10))},
)


def compiled(*blocks: Plain) -> Plain:
    """The rule that blocks come to."""
    result = compile_structured({"promotionRules": [{"title": "Rule", "blocks": numbered(list(blocks))}]})
    assert not result.found
    rule: Plain = result.rules[0]
    return rule


def projected(rule: Plain) -> list[Plain]:
    """The blocks of a rule, without their ids."""
    (blocks,) = project([rule], [], [], KNOWN).promotion_rules
    read: list[Plain] = unnumbered(plain(blocks))
    return read


@pytest.mark.parametrize(("block", "expression"), CONDITIONS, ids=[str(expression) for _, expression in CONDITIONS])
def test_conditions(block: Plain, expression: Any) -> None:
    rule = compiled(group("all", block))
    assert rule["condition"] == ["and", expression]
    assert projected(rule) == [group("all", block)]


@pytest.mark.parametrize(("block", "expression"), EFFECTS, ids=[str(expression) for _, expression in EFFECTS])
def test_effects(block: Plain, expression: Any) -> None:
    for made, spelled in (
        (block, ["catch", ["noop"], expression]),
        (block | {"tags": ["reportsErrors"]}, expression),
    ):
        rule = compiled(made)
        assert (rule["condition"], rule["effects"]) == (["and"], [spelled])
        assert projected(rule) == [made]


def test_conditions_stand_alone_or_in_one_leading_group() -> None:
    assert compiled(COUPON, LONG, NOTE)["condition"] == ["and", ["couponValid"], [">", TOTAL, 100]]
    assert compiled(group("all", COUPON, LONG), NOTE)["condition"] == ["and", ["couponValid"], [">", TOTAL, 100]]
    inner = compiled(group("atLeastOne", COUPON), NOTE)
    assert inner["condition"] == ["and", ["or", ["catch", False, ["couponValid"]]]]


def test_what_is_given_instead_of_an_effect_covers_budgets_and_errors() -> None:
    rule = compiled(NOTE | {"onFailure": [NOTE]})
    shown = ["showNotification", "Info", "Hi"]
    handled = ["onError", None, ["onError", None, shown, "budgetExceeded", NOTED], "default", NOTED]
    assert rule["effects"] == [["catch", ["noop"], handled]]


EXPRESSIONS: list[list[Any]] = [
    ["setDiscount", "x", 1, "cartItems"],
    ["setDiscount", "x", 1, False],
    ["setDiscount", "{{1}}", 1],
    ["setDiscount", "x", ["item", ["list", 1], 0]],
    ["setDiscountPerItem", ["reverse", ITEMS], "x", 1],
    ["setDiscountPerItem", ITEMS, "x", [["i"], [".", "i", "Price"]]],
    ["addFreeItem", "S", "Free"],
    ["updateAttribute", "Session.Attributes.tier", "Gold"],
    ["customEffect", 7, "engrave"],
    ["catch", ["showNotification", "Info", "No"], ["setDiscount", "x", 1]],
    ["do", 1, [["x"], ["setDiscount", "x", [".", "x"]]]],
    [["set", "a", 1], ["setDiscount", "x", [".", "a"]]],
    ["noop"],
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=map(str, EXPRESSIONS))
def test_effects_without_a_block_are_passed_through(expression: list[Any]) -> None:
    rule = {"title": "Rule", "condition": ["couponValid"], "effects": [expression]}
    blocks = projected(rule)
    assert blocks[1]["type"] in ("passthrough", "awardDiscount")
    assert compiled(*blocks)["effects"] == [expression]


def test_a_list_of_its_own_hides_a_filter_of_the_same_name() -> None:
    rule = {"title": "Rule", "condition": ["and"], "effects": [["setDiscountPerItem", [".", "Hats"], "x", 1]]}
    binding = {"name": "Hats", "type": "cartItemFilter", "expression": ["reverse", ITEMS]}
    (blocks,) = project([rule], [], [binding], KNOWN).promotion_rules
    assert plain(blocks)[0]["target"] == {"type": "selector", "name": "Hats"}


def test_an_effect_that_does_nothing_stays_an_effect() -> None:
    rule = {"title": "Rule", "condition": ["and"], "effects": [["+", 1, 2]]}
    assert compiled(*projected(rule))["effects"] == [[["noop"], ["+", 1, 2]]]
