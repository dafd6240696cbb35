"""Blocks and the expressions they stand for, read both ways."""

import json
from decimal import Decimal
from typing import Any, get_args

import msgspec
import pytest

from largesse.engine.additional_costs import AdditionalCostDefinition
from largesse.engine.attributes import AttributeDefinition
from largesse.engine.formats.structured.blocks import PromotionBlock
from largesse.engine.formats.structured.compile import compile_structured
from largesse.engine.formats.structured.projection.effects import known_names
from largesse.engine.formats.structured.projection.rulesets import project

Plain = dict[str, Any]
TYPES = frozenset(each.__struct_config__.tag for each in get_args(PromotionBlock))
ENCODER = msgspec.json.Encoder(decimal_format="number")
KNOWN = known_names(
    [AttributeDefinition(id=5, entity="CustomerSession", name="tier", type="string")],
    [AdditionalCostDefinition(id=7, name="shipping")],
)
TOTAL = [".", "Session", "Total"]
ITEMS = [".", "Session", "CartItems"]
NAME = [".", "Profile", "Attributes", "Name"]
TIER = {"id": 5, "entity": "CustomerSession", "name": "tier", "title": "tier", "type": "string"}
NOTE = {"type": "showNotification", "notificationType": "Info", "title": "Hi"}
NOTED = ["catch", ["noop"], ["showNotification", "Info", "Hi"]]


def compare(operator: str, **fields: Any) -> Plain:
    """A comparison of the session's total."""
    return {"type": "checkAttribute", "operator": operator, "attribute": "$Session.Total", **fields}


def group(operator: str, *blocks: Plain, **fields: Any) -> Plain:
    """A group."""
    return {"type": "group", "operator": operator, "blocks": list(blocks), **fields}


def discount(target: Plain, value: Any = 10, *, partial: bool = False) -> Plain:
    """A discount."""
    return {"type": "awardDiscount", "name": "Ten", "value": value, "partial": partial, "target": target}


COUPON: Plain = {"type": "checkCoupon", "redeem": True}
LONG: Plain = compare("greaterThan", value=100)
WINDOW = {"start": "2026-01-01T00:00:00Z", "end": "2026-02-01T00:00:00Z"}
FLAGS = {"startInclusive": False, "endInclusive": True, "timezoneInsensitive": True}

CONDITIONS: list[tuple[Plain, Any]] = [
    (compare("equals", value=10), ["=", TOTAL, 10]),
    (compare("not(equals)", value="a"), ["!=", TOTAL, "a"]),
    (compare("lessThan", value="{{$Session.Total / 2}}"), ["<", TOTAL, ["/", TOTAL, 2]]),
    (compare("lessThanOrEqual", value="$Session.CartItemTotal"), ["<=", TOTAL, [".", "Session", "CartItemTotal"]]),
    (LONG, [">", TOTAL, 100]),
    (compare("greaterThanOrEqual", value=Decimal("99.5")), [">=", TOTAL, Decimal("99.5")]),
    (compare("between", min=10, max=20), ["and", [">=", TOTAL, 10], ["<=", TOTAL, 20]]),
    (compare("contains", value="a"), ["contains", TOTAL, "a"]),
    (compare("not(contains)", value="a"), ["notContains", TOTAL, "a"]),
    (compare("matchesRegexp", value="^[a-z.]+$"), ["~", "^[a-z.]+$", TOTAL]),
    (compare("startsWith", value="a"), ["startsWith", TOTAL, "a"]),
    (compare("endsWith", value="$a"), ["endsWith", TOTAL, "$a"]),
    (compare("oneOf", value=["a", 1, True]), ["oneOf", TOTAL, ["list", "a", 1, True]]),
    (compare("not(oneOf)", value=["a"]), ["not", ["oneOf", TOTAL, ["list", "a"]]]),
    (compare("empty"), ["isEmpty", TOTAL]),
    (compare("not(empty)"), ["not", ["isEmpty", TOTAL]]),
    (compare("exists"), ["catch", False, ["do", TOTAL, [["x"], True]]]),
    (compare("not(exists)"), ["not", ["catch", False, ["do", TOTAL, [["x"], True]]]]),
    (compare("isTrue"), ["=", TOTAL, True]),
    (compare("isFalse"), ["=", TOTAL, False]),
    (compare("containsAtLeast", values=["a"], count=1), ["containsAtLeast", TOTAL, ["list", "a"], 1]),
    (compare("containsExactly", values="$Colors", count=2), ["containsExactly", TOTAL, [".", "Colors"], 2]),
    (compare("containsOneOf", values=["a", "b"]), ["containsOneOf", TOTAL, ["list", "a", "b"]]),
    (compare("containsNoneOf", values=["a"]), ["containsNoneOf", TOTAL, ["list", "a"]]),
    (compare("containsAllOf", values=["a"]), ["containsAllOf", TOTAL, ["list", "a"]]),
    (compare("after", value="2026-01-01T00:00:00Z"), ["after", TOTAL, "2026-01-01T00:00:00Z"]),
    (compare("before", value="2026-01-01T00:00:00Z"), ["before", TOTAL, "2026-01-01T00:00:00Z"]),
    (compare("within", **WINDOW, **FLAGS), ["within", TOTAL, WINDOW["start"], WINDOW["end"], False, True, True]),
    (
        compare("not(within)", **WINDOW, **FLAGS),
        ["not", ["within", TOTAL, WINDOW["start"], WINDOW["end"], False, True, True]],
    ),
    (
        compare("equals", value=1) | {"attribute": "{{count($Shoes) + 1}}"},
        ["=", ["+", ["count", [".", "Shoes"]], 1], 1],
    ),
    (compare("empty") | {"attribute": ["filter", ITEMS, [["I"], True]]}, ["isEmpty", ["filter", ITEMS, [["I"], True]]]),
    (COUPON, ["couponValid"]),
    ({"type": "checkCoupon", "redeem": False}, ["couponValidNoRedeem"]),
    ({"type": "checkEvent", "eventType": "sessionClosed"}, ["eventIs", "sessionClosed"]),
    ({"type": "checkEvent", "eventType": "x", "matchers": [LONG]}, ["and", ["eventIs", "x"], [">", TOTAL, 100]]),
    ({"type": "checkBudget", "operator": "available", "action": "callApi"}, ["budgetAvailable", "callApi"]),
    (
        {"type": "checkBudget", "operator": "enoughFor", "action": "setDiscount", "value": 5},
        ["budgetEnoughFor", "setDiscount", 5],
    ),
    (group("all", COUPON, LONG), ["and", ["couponValid"], [">", TOTAL, 100]]),
    (group("atLeastOne", COUPON), ["or", ["catch", False, ["couponValid"]]]),
    (group("none", COUPON), ["not", ["or", ["catch", False, ["couponValid"]]]]),
    (group("atLeastOne", COUPON, tags=["reportsErrors"]), ["or", ["couponValid"]]),
    (COUPON | {"onFailure": [NOTE]}, ["onFailure", ["couponValid"], NOTED]),
    (
        group("all", LONG, onError={"missingAttribute": [NOTE], "default": []}),
        [
            "=",
            True,
            [
                "onError",
                False,
                ["=", True, ["onError", False, ["and", [">", TOTAL, 100]], "missingAttribute", NOTED]],
                "default",
            ],
        ],
    ),
    ({"type": "passthrough", "expression": ["not", ["couponValid"]]}, ["not", ["couponValid"]]),
]

SHOES: Plain = {"type": "selector", "name": "Shoes"}
COST: Plain = {"type": "additionalCost", "additionalCost": {"id": 7, "name": "shipping"}}
HALF = [["Item"], ["/", [".", "Item", "Price"], 2]]
PER_ITEM = "setDiscountPerItem"
PER_COST = "setDiscountPerAdditionalCost"
UPDATE: Plain = {"type": "updateAttributeValue", "attribute": TIER, "target": {"type": "session"}}
ENGRAVE: Plain = {"type": "triggerCustomEffect", "customEffect": {"id": 7, "name": "engrave", "title": "engrave"}}

EFFECTS: list[tuple[Plain, Any]] = [
    (discount({"type": "cart"}), ["setDiscount", "Ten", 10]),
    (discount({"type": "cart"}, "{{$Session.Total * 10%}}"), ["setDiscount", "Ten", ["*", TOTAL, ["/", 10, 100]]]),
    (discount({"type": "cart"}, partial=True), ["setDiscount", "Ten", 10, True]),
    (discount({"type": "allItems"}), [PER_ITEM, ITEMS, "Ten", 10]),
    (discount({"type": "allItems", "prorated": True}), [PER_ITEM + "ProRata", ITEMS, "Ten", 10]),
    (discount(SHOES, "{{$Item.Price / 2}}"), [PER_ITEM, [".", "Shoes"], "Ten", HALF]),
    (discount(SHOES, partial=True), [PER_ITEM, [".", "Shoes"], "Ten", 10, "", True]),
    (discount(COST | {"target": {"type": "cart"}}), [PER_COST, "shipping", "Ten", 10]),
    (
        discount(COST | {"target": SHOES}, "{{$Item.Price / 2}}"),
        [PER_COST + "PerItem", [".", "Shoes"], "shipping", "Ten", HALF],
    ),
    ({"type": "awardItem", "sku": "S", "name": "Free", "quantity": "1"}, ["addFreeItem", "S", "Free", 1]),
    (
        {"type": "awardItem", "sku": "S", "name": "Free", "quantity": "{{$Session.Total / 2}}", "partial": True},
        ["addFreeItem", "S", "Free", ["/", TOTAL, 2], True],
    ),
    (NOTE, ["showNotification", "Info", "Hi"]),
    (
        NOTE | {"body": "Dear {{$Profile.Attributes.Name}}!"},
        ["showNotification", "Info", "Hi", ["concat", "Dear ", ["toString", NAME], "!"]],
    ),
    (
        NOTE | {"onError": {"missingAttribute": [NOTE]}},
        ["onError", None, ["showNotification", "Info", "Hi"], "missingAttribute", NOTED],
    ),
    (UPDATE | {"operator": "setTo", "value": "Gold"}, ["updateAttribute", "Session.Attributes.tier", "setTo", "Gold"]),
    (UPDATE | {"operator": "increaseBy", "value": 1}, ["updateAttribute", "Session.Attributes.tier", "increaseBy", 1]),
    (
        UPDATE | {"operator": "toggle"},
        ["updateAttribute", "Session.Attributes.tier", ["not", [".", "Session", "Attributes", "tier"]]],
    ),
    (
        ENGRAVE | {"target": {"type": "cart"}, "params": {"order_id": "$Session.IntegrationId", "lines": 2}},
        ["customEffect", 7, "engrave", ["kv", ["order_id", [".", "Session", "IntegrationId"]], ["lines", 2]]],
    ),
    (
        ENGRAVE | {"target": SHOES, "params": {"sku": "$Item.SKU"}},
        ["customEffectPerItem", [".", "Shoes"], 7, "engrave", [["Item"], ["kv", ["sku", [".", "Item", "SKU"]]]]],
    ),
]


def numbered(json_: Any) -> Any:
    """The blocks, each with an id."""
    if isinstance(json_, list):
        return [numbered(each) for each in json_]
    if not isinstance(json_, dict):
        return json_
    made = {name: numbered(value) for name, value in json_.items()}
    return {"id": "0"} | made if made.get("type") in TYPES and "id" not in made else made


def unnumbered(json_: Any) -> Any:
    """The blocks without their ids."""
    if isinstance(json_, list):
        return [unnumbered(each) for each in json_]
    if not isinstance(json_, dict):
        return json_
    drop = {"id"} if json_.get("type") in TYPES else set()
    return {name: unnumbered(value) for name, value in json_.items() if name not in drop}


def plain(value: object) -> Any:
    """A shape as plain JSON."""
    return json.loads(ENCODER.encode(value), parse_float=Decimal)


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


def test_an_effect_that_does_nothing_stays_an_effect() -> None:
    rule = {"title": "Rule", "condition": ["and"], "effects": [["+", 1, 2]]}
    assert compiled(*projected(rule))["effects"] == [[["noop"], ["+", 1, 2]]]
