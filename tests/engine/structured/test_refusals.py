"""What is wrong with structured rulesets: every mistake at its block."""

from decimal import Decimal
from typing import Any

import pytest

from largesse.engine.applications import Application
from largesse.engine.codes.creations import CodeSource, CodeSources
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.compile import check_structured
from largesse.engine.formats.structured.reading import BLOCK_DEPTH_MAX

Plain = dict[str, Any]
SHOP = Application(id=1, account_id=1, name="shop")
BLOCKS = "/promotionRules/0/blocks"


KNOWN = Definitions(codes=CodeSources({1: CodeSource()}))


def mistakes(ruleset: Plain) -> list[tuple[str, str]]:
    """The code and the place of each mistake."""
    _, found = check_structured(ruleset, KNOWN, SHOP)
    return [(str(each.code), each.pointer) for each in found or ()]


def rule(*blocks: Any, **others: Any) -> Plain:
    """A ruleset with one rule."""
    numbered = [{"id": str(index)} | block if isinstance(block, dict) else block for index, block in enumerate(blocks)]
    return {"promotionRules": [{"title": "Rule", "blocks": numbered}], **others}


def check(operator: str, attribute: Any = "$Session.Total", **fields: Any) -> Plain:
    """A comparison."""
    return {"type": "checkAttribute", "operator": operator, "attribute": attribute, **fields}


def selector(*steps: Plain, **fields: Any) -> Plain:
    """A ruleset with one selector."""
    made = {"name": "S", "type": "selector", "source": "$Session.CartItems", "steps": list(steps), **fields}
    return {"selectors": [made]}


def bundle(*items: Plain) -> Plain:
    """A ruleset with one definition of bundles."""
    return {"bundles": [{"name": "B", "type": "bundle", "items": list(items)}]}


POOL = {"id": 1, "name": "p", "title": "p"}
COUPON: Plain = {"type": "createCoupon", "campaignId": 1, "recipientId": "", "storeInSession": True}
REFERRAL: Plain = {"type": "createReferral", "campaignId": 1, "friendId": "", "storeInSession": True}
SOON = "2026-12-01T00:00:00Z"
AWARD = {"type": "awardDiscount", "name": "x", "value": 1, "partial": False}
GIVEN: Plain = AWARD | {"id": "a", "target": {"type": "cart"}}
SHOWN: Plain = {"type": "showNotification", "notificationType": "Info", "title": "x"}
UPDATE = {
    "type": "updateAttributeValue",
    "attribute": {"id": 1, "entity": "", "name": "a", "title": "a", "type": ""},
    "value": 1,
}
UNSAID = {"attribute": UPDATE["attribute"], "target": {"type": "session"}}
TRIGGER = {"type": "triggerCustomEffect", "customEffect": POOL}

DEEP: Plain = {"type": "group", "id": "g", "operator": "all", "blocks": []}
for _ in range(BLOCK_DEPTH_MAX):
    DEEP = {"type": "group", "id": "g", "operator": "all", "blocks": [DEEP]}

WRONG: list[tuple[Plain, list[tuple[str, str]]]] = [
    (rule("x"), [("bad_json", "/0/type")]),
    (rule({"type": "checkCoupn"}), [("bad_json", "/0/type")]),
    (rule({"type": "checkCoupon"}), [("bad_json", "/0")]),
    (rule({"type": "checkCoupon", "redeem": "yes"}), [("bad_json", "/0/redeem")]),
    (rule(check("equal", value=1)), [("bad_json", "/0/operator")]),
    (rule(check("equals")), [("bad_json", "/0")]),
    (rule(check("equals", value=None)), [("bad_json", "/0")]),
    (rule(check("equals", value={})), [("bad_json", "/0/value")]),
    (rule(check("between", min=1)), [("bad_json", "/0")]),
    (rule(check("isTrue", attribute=7)), [("bad_json", "/0/attribute")]),
    (rule(check("inCollection", value="boots")), [("wrong_value", "/0")]),
    (rule(check("not(inCollection)", value={"id": 7, "name": "boots"})), [("wrong_value", "/0")]),
    (rule(check("inCollection", value=["boots"])), [("bad_json", "/0/value")]),
    (rule(check("inCollection", value=True)), [("bad_json", "/0/value")]),
    (rule(check("containsOneOf", values="a")), [("bad_json", "/0/values")]),
    (rule(check("equals", attribute="$Session.Totl", value=1)), [("unknown_field", "/0/attribute")]),
    (rule(check("lessThan", value="{{1 +}}")), [("bad_text", "/0/value")]),
    (rule(check("lessThan", value="a")), [("wrong_arguments", "/0")]),
    (rule({"type": "checkBudget", "operator": "enoughFor", "action": "setDiscount"}), [("bad_json", "/0")]),
    (rule(AWARD | {"value": True, "target": {"type": "cart"}}), [("bad_json", "/0/value")]),
    (rule({"type": "updateAttributeValue", **UNSAID, "operator": "laterBy"}), [("bad_json", "/0")]),
    (rule(UPDATE | {"operator": "setTo", "target": {"type": "selector"}}), [("wrong_value", "/0/target")]),
    (rule(COUPON | {"campaignId": 2}), [("wrong_value", "/0")]),
    (rule(COUPON | {"campaignId": "one"}), [("unknown_name", "/0/campaignId")]),
    (rule(REFERRAL | {"campaignId": Decimal("1.5")}), [("wrong_value", "/0")]),
    (rule(COUPON | {"pattern": "SUM MER-##########"}), [("wrong_value", "/0")]),
    (rule(COUPON | {"pattern": "SUMMER-###"}), [("wrong_value", "/0")]),
    (rule(COUPON | {"pattern": "SUMMER"}), [("wrong_value", "/0")]),
    (rule(REFERRAL | {"pattern": "##########", "validCharacters": "AB"}), [("wrong_value", "/0")]),
    (rule(REFERRAL | {"campaignId": "{{$Campaign.Id}}", "pattern": "F-##"}), [("wrong_value", "/0")]),
    (rule(COUPON | {"usageLimit": -1}), [("wrong_value", "/0")]),
    (rule(COUPON | {"discountLimit": 10**16}), [("wrong_value", "/0")]),
    (rule(COUPON | {"expiryDate": "tomorrow"}), [("wrong_value", "/0")]),
    (rule(COUPON | {"startDate": SOON, "expiryDate": SOON}), [("wrong_value", "/0")]),
    (rule(COUPON | {"startDate": {}}), [("bad_json", "/0/startDate")]),
    (rule(REFERRAL | {"attributes": 7}), [("bad_text", "/0/attributes")]),
    (rule(COUPON | {"storeInSession": "yes"}), [("bad_json", "/0/storeInSession")]),
    (rule(AWARD | {"target": {"type": "all"}}), [("bad_json", "/0/target/type")]),
    (rule(AWARD | {"target": {"type": "selector", "name": "S"}}), [("unknown_name", "/0/target/name")]),
    (rule(AWARD | {"target": {"type": "cart"}}, {"type": "checkCoupon", "redeem": True}), [("bad_json", "/1/type")]),
    (
        rule({"type": "group", "operator": "all", "blocks": [{"type": "reserveCoupon", "id": "r"}]}),
        [("bad_json", "/0/blocks/0/type")],
    ),
    (rule({"type": "group", "operator": "all", "blocks": "none"}), [("bad_json", "/0/blocks")]),
    (rule(check("isTrue", onFailure=[check("isTrue", id="c")])), [("bad_json", "/0/onFailure/0/type")]),
    (rule(check("lessThan", value=1, onFailure=[GIVEN])), [("wrong_value", "/0/onFailure/0")]),
    (rule(SHOWN | {"onFailure": [SHOWN | {"id": "s"}, GIVEN]}), [("wrong_value", "/0/onFailure/1")]),
    (
        rule(SHOWN | {"onFailure": [{"type": "passthrough", "id": "p", "expression": ["setDiscount", "x", 1]}]}),
        [("wrong_value", "/0/onFailure/0")],
    ),
    (rule({"type": "showNotification", "notificationType": "Loud", "title": "x"}), [("wrong_value", "/0")]),
    (
        rule({"type": "showNotification", "notificationType": "Info", "title": "x", "onError": {"lost": []}}),
        [("wrong_value", "/0/onError/lost")],
    ),
    (rule({"type": "passthrough", "expression": ["couponVlid"]}), [("unknown_function", "/0/expression")]),
    (rule(DEEP), [("too_deep", "/0" + "/blocks/0" * BLOCK_DEPTH_MAX)]),
    (rule(TRIGGER | {"target": {"type": "selector"}}), [("wrong_value", "/0/target")]),
    (rule(TRIGGER | {"target": {"type": "bundle"}}), [("wrong_value", "/0/target")]),
    (rule(AWARD | {"target": {"type": "bundle", "name": "B"}}), [("unknown_name", "/0/target/name")]),
    (rule(AWARD | {"target": {"type": "globalFilter", "name": "F"}}), [("unknown_name", "/0/target/name")]),
    (rule(TRIGGER | {"target": {"type": "globalFilter"}}), [("wrong_value", "/0/target")]),
]


@pytest.mark.parametrize(
    ("ruleset", "places"), WRONG, ids=[f"{index}:{places}" for index, (_, places) in enumerate(WRONG)]
)
def test_mistakes_are_told_at_their_block(ruleset: Plain, places: list[tuple[str, str]]) -> None:
    assert mistakes(ruleset) == [(code, BLOCKS + place) for code, place in places]


SELECTORS: list[tuple[Plain, list[tuple[str, str]]]] = [
    (selector({"type": "shuffle"}), [("bad_json", "/selectors/0/steps/0/type")]),
    (selector({"type": "select", "operator": "many"}), [("bad_json", "/selectors/0/steps/0")]),
    (selector({"type": "select", "operator": "one"}), [("bad_json", "/selectors/0/steps/0")]),
    (
        selector({"type": "select", "operator": "many", "from": "end", "count": 1}, {"type": "map"}),
        [("bad_json", "/selectors/0/steps/1")],
    ),
    (selector({"type": "filterAndMapValues", "valueMap": {"id": 1}}), [("wrong_value", "/selectors/0/steps/0")]),
    (selector({"type": "filterAndMapValues"}), [("bad_json", "/selectors/0/steps/0")]),
    (
        selector({"type": "filter", "predicate": {"type": "checkCoupon", "id": "c"}}),
        [("bad_json", "/selectors/0/steps/0/predicate/type")],
    ),
    (
        selector({"type": "filter", "predicate": {"id": "c"} | check("isTrue", attribute="$Item.Prise")}),
        [("unknown_field", "/selectors/0/steps/0/predicate/attribute")],
    ),
    (selector(source="$Session.Items"), [("unknown_field", "/selectors/0/source")]),
    ({"bundles": [{"name": "B"}]}, [("bad_json", "/bundles/0")]),
    (bundle(), [("bad_json", "/bundles/0/items")]),
    (bundle({"source": "$Session.CartItems", "quantity": 1.5}), [("bad_json", "/bundles/0/items/0/quantity")]),
    (bundle({"source": "$Session.CartItems", "quantity": 0}), [("wrong_value", "/bundles/0")]),
    (bundle({"source": "$Shoes", "quantity": 1}), [("unknown_name", "/bundles/0/items/0/source")]),
    (bundle({"source": "$Session.Total", "quantity": 1}), [("wrong_arguments", "/bundles/0")]),
    ({"parameters": [{"name": "P"}]}, [("bad_json", "/parameters/0")]),
    ({"parameters": [{"value": 1}]}, [("bad_json", "/parameters/0")]),
    (
        {"parameters": [{"name": "P", "type": "expression", "expression": ["nothing"]}]},
        [("unknown_function", "/parameters/0/expression")],
    ),
]


@pytest.mark.parametrize(("ruleset", "expected"), SELECTORS, ids=[str(each) for _, each in SELECTORS])
def test_mistakes_in_bindings_are_told_at_their_place(ruleset: Plain, expected: list[tuple[str, str]]) -> None:
    assert mistakes(ruleset) == expected


def test_all_mistakes_are_told_at_once() -> None:
    first = check("equals", attribute="$Session.Totl", value=1)
    ruleset = rule(
        first,
        COUPON | {"campaignId": 9},
        AWARD | {"value": "{{(}}", "target": {"type": "cart"}},
    )
    ruleset["strikethroughRules"] = [{"title": "S", "blocks": [{"type": "checkCoupon", "id": "c", "redeem": True}]}]
    assert sorted(mistakes(ruleset)) == [
        ("bad_json", "/strikethroughRules/0/blocks/0/type"),
        ("bad_text", f"{BLOCKS}/2/value"),
        ("unknown_field", f"{BLOCKS}/0/attribute"),
        ("wrong_value", f"{BLOCKS}/1"),
    ]


def test_a_mistake_in_a_formula_is_placed_in_its_text() -> None:
    _, found = check_structured(rule(check("lessThan", value="{{ 1 + $Session.Totl }}")), Definitions(), SHOP)
    assert found is not None
    (mistake,) = found.found
    assert (mistake.pointer, mistake.span, mistake.did_you_mean) == (f"{BLOCKS}/0/value", (7, 20), "Total")
