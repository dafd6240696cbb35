"""Explanations: every condition evaluated, every part with its value or error, in the words it was written in."""

from decimal import Decimal

from largesse.language import BindingSource, Explanation, Json, RulesetSource, RuleSource, limits
from tests.support.rules import Shop, cart, compiled

TOTAL: Json = [".", "Session", "Total"]
ITEMS: Json = [".", "Session", "CartItems"]


def explained(*conditions: Json, bindings: tuple[BindingSource, ...] = ()) -> Explanation:
    """The explanation of a rule with some conditions."""
    ruleset = compiled(RulesetSource((RuleSource("rule", ["and", *conditions], []),), bindings), constant=True)
    return ruleset.rules[0].explain(Shop(cart(), ruleset))


def lines(explanation: Explanation, indent: str = "") -> list[str]:
    """An explanation as text, one part per line."""
    ending = explanation.error or explanation.value
    ended = f" -> {ending}" if explanation.evaluated else ""
    inner = [line for child in explanation.children for line in lines(child, indent + "  ")]
    return [f"{indent}{explanation.text}{ended}", *inner]


def test_all_conditions_are_explained_with_their_parts() -> None:
    told = explained([">", TOTAL, 1000], ["=", [".", "Coupon", "Value"], "x"], ["or", [">", TOTAL, 1], ["<", TOTAL, 1]])
    assert told.held is False
    assert [child.held for child in told.children] == [False, None, True]
    assert [line for child in told.children for line in lines(child)] == [
        '(> (. "Session" "Total") 1000) -> False',
        '  (. "Session" "Total") -> 35.75',
        '(= (. "Coupon" "Value") "x") -> Unable to find `Coupon`',
        '  (. "Coupon" "Value") -> Unable to find `Coupon`',
        '(or (> (. "Session" "Total") 1) (< (. "Session" "Total") 1)) -> True',
        '  (> (. "Session" "Total") 1) -> True',
        '    (. "Session" "Total") -> 35.75',
        '  (< (. "Session" "Total") 1)',
        '    (. "Session" "Total")',
    ]


def test_blocks_are_not_explained_but_what_they_walk_is() -> None:
    walked = explained(["exists", ITEMS, [["Item"], ["=", [".", "Item", "SKU"], "z"]]]).children[0]
    assert (walked.held, len(walked.children)) == (False, 1)
    assert walked.children[0].text == '(. "Session" "CartItems")'


def test_what_catch_caught_is_shown() -> None:
    caught = explained(["catch", False, ["=", [".", "Coupon", "Value"], "x"]]).children[0]
    assert caught.held is False
    assert caught.children[0].error == "Unable to find `Coupon`"


def test_a_list_holds_and_bindings_show_their_value() -> None:
    bindings = (BindingSource("Shoes", ["count", ["filter", ITEMS, [["Item"], ["=", [".", "Item", "SKU"], "a"]]]]),)
    told = explained(ITEMS, ["=", [".", "Shoes"], 1], bindings=bindings)
    assert told.held is True
    assert told.children[1].children[0].value == Decimal(1)


def test_a_demand_that_fails_is_told_at_the_call() -> None:
    told = explained([">", [".", "Session", "Attributes", "tier"], 5]).children[0]
    assert told.error == "argument 1 of `>` must be Decimal, not String"
    assert told.children[0].value == "Gold"


def test_long_expressions_are_shortened() -> None:
    told = explained(["=", [".", "Session", "Attributes", "tier"], *map(str, range(1000))]).children[0]
    assert len(told.text) == 500
    assert told.text.endswith("…")


def test_an_explanation_leaves_the_frame_as_it_was() -> None:
    condition: Json = ["not", ["isEmpty", [["set", "a", 1], ["filter", ITEMS, [["x"], True]]]]]
    ruleset = compiled(RulesetSource((RuleSource("", condition, []),)))
    frame = Shop(cart(), ruleset)
    frame.steps = limits.STEPS_MAX
    frame.position = 7
    ruleset.rules[0].explain(frame)
    assert (frame.variables, frame.steps, frame.position) == ({}, limits.STEPS_MAX, 7)


def test_walking_too_much_is_explained_not_raised() -> None:
    ruleset = compiled(RulesetSource((RuleSource("", ["every", ITEMS, [["x"], True]], []),)))
    frame = Shop(cart(), ruleset)
    frame.told_steps = limits.STEPS_MAX
    told = ruleset.rules[0].explain(frame)
    assert told.held is False
    assert "walks more than" in str(told.children[0].error)
