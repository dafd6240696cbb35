"""Rulesets from end to end: conditions, effects, bindings, and where mistakes are reported."""

from decimal import Decimal

import pytest

from largesse.language import (
    HOLDS,
    UNSET,
    BindingSource,
    Diagnostics,
    ExpressionError,
    Json,
    Rule,
    Ruleset,
    RulesetSource,
    RuleSource,
    compile_ruleset,
    settle,
)
from tests.support.rules import Shop, cart, compiled, world

TOTAL: Json = [".", "Session", "Total"]
ITEMS: Json = [".", "Session", "CartItems"]
SHOES: Json = ["filter", ITEMS, [["Item"], ["catch", False, ["=", [".", "Item", "Category"], "shoes"]]]]


def rule(condition: Json, *effects: Json, bindings: tuple[BindingSource, ...] = ()) -> RulesetSource:
    """A ruleset of one rule, whose bindings are the ruleset's."""
    return RulesetSource((RuleSource("rule", condition, list(effects)),), bindings)


def run(source: RulesetSource) -> tuple[Shop, Rule, Ruleset]:
    """The compiled rule, and a frame for it."""
    ruleset = compiled(source)
    return Shop(cart(), ruleset), ruleset.rules[0], ruleset


def mistakes(source: RulesetSource) -> list[tuple[str, str]]:
    """Pointers and codes of everything wrong with a ruleset."""
    found = compile_ruleset(source, world())
    assert isinstance(found, Diagnostics)
    return [(diagnostic.pointer, diagnostic.code.value) for diagnostic in found]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (["and"], HOLDS),
        (["AND", True, ["list"]], HOLDS),
        (["and", True, [">", TOTAL, 1000], False], 1),
        ([">", TOTAL, 1000], 0),
        (["or", False, [">", TOTAL, 10]], HOLDS),
        (["list"], HOLDS),
    ],
)
def test_check_gives_the_first_condition_that_does_not_hold(condition: Json, expected: int) -> None:
    frame, each, _ = run(rule(condition))
    assert each.check(frame) == expected


def test_a_failing_condition_leaves_its_index() -> None:
    frame, each, _ = run(rule(["and", True, [">", ["/", 1, 0], 1], True]))
    with pytest.raises(ExpressionError, match="Division by zero"):
        each.check(frame)
    assert frame.position == 1


def test_conditions_know_where_they_were_written() -> None:
    _, each, _ = run(rule(["and", True, ["not", False]]))
    assert [condition.pointer for condition in each.conditions] == ["/rules/0/condition/1", "/rules/0/condition/2"]


def test_effects_run_in_order_and_a_failing_one_is_told() -> None:
    frame, each, _ = run(
        rule(["and"], ["note", 1], ["note", ["/", 1, 0]], ["catch", ["noop"], ["note", ["/", 1, 0]]], ["note", 2])
    )
    each.act(frame)
    assert frame.done == [(Decimal(1),), (Decimal(2),)]
    assert frame.failed == [(1, "Division by zero")]
    assert frame.position == 3


def test_what_is_no_expression_error_comes_through() -> None:
    frame, each, _ = run(rule(["and"], ["note", 1], ["catch", ["noop"], ["broken"]], ["note", 2]))
    with pytest.raises(RuntimeError, match="a bug of the engine"):
        each.act(frame)
    assert frame.done == [(Decimal(1),)]
    assert frame.position == 1


def test_an_effect_may_give_a_block_or_a_plain_number_per_item() -> None:
    price: Json = [["Item"], ["*", [".", "Item", "Price"], ["/", 10, 100]]]
    frame, each, _ = run(rule(["and"], ["noteEach", SHOES, "a", price], ["noteEach", SHOES, "b", 5]))
    each.act(frame)
    assert frame.done == [
        ("a", "a", Decimal("1.000")),
        ("a", "b", Decimal("2.050")),
        ("b", "a", Decimal(5)),
        ("b", "b", Decimal(5)),
    ]


def test_bindings_are_read_at_most_once_and_only_when_asked() -> None:
    bindings = (
        BindingSource("Noted", ["do", ["note", "computed"], [["x"], 1]]),
        BindingSource("Asked", [["note", "asked"], 7]),
        BindingSource("Twice", ["+", [".", "Asked"], [".", "Asked"]]),
    )
    frame, each, _ = run(rule(["=", [".", "Twice"], 14], bindings=bindings))
    assert each.check(frame) == HOLDS
    assert frame.done == [("asked",)]
    assert frame.bindings[0] is UNSET


def test_a_failed_binding_fails_alike_at_every_read() -> None:
    bindings = (BindingSource("Bad", [["note", 1], ["/", [".", "Session", "Total"], 0]]),)
    read: Json = [">", [".", "Bad"], 1]
    frame, each, _ = run(rule(["and", ["catch", True, read], read], bindings=bindings))
    with pytest.raises(ExpressionError, match="Division by zero"):
        each.check(frame)
    assert (frame.position, frame.done) == (1, [(Decimal(1),)])


def test_settling_computes_what_nobody_asked_for_and_keeps_failures() -> None:
    bindings = (
        BindingSource("Bad", ["/", TOTAL, 0]),
        BindingSource("Good", [["note", "good"], ["count", SHOES]]),
    )
    frame, each, ruleset = run(rule(["=", [".", "Good"], 2], bindings=bindings))
    settle(ruleset.bindings, frame)
    frame.session.items.clear()
    assert each.check(frame) == HOLDS
    assert frame.done == [("good",)]


def test_a_rules_bindings_see_and_hide_the_rulesets() -> None:
    inner = (BindingSource("A", ["+", [".", "A"], 1]), BindingSource("B", ["+", [".", "A"], 1]))
    source = RulesetSource(
        (
            RuleSource("one", ["and"], [["note", [".", "B"]]], inner),
            RuleSource("two", ["and"], [["note", [".", "A"]]]),
        ),
        (BindingSource("A", ["identity", 1]),),
    )
    ruleset = compiled(source)
    frame = Shop(cart(), ruleset)
    for each in ruleset.rules:
        each.act(frame)
    assert frame.done == [(Decimal(3),), (Decimal(1),)]


@pytest.mark.parametrize("expression", [["a", "b"], ["list", "a", "b"]])
def test_a_template_parameter_may_be_a_bare_list(expression: Json) -> None:
    bindings = (BindingSource("P", expression, "templateParameter"), BindingSource("N", [1, "x"], "templateParameter"))
    effect: Json = ["note", ["join", [".", "P"], "+"], ["count", [".", "N"]]]
    frame, each, _ = run(rule(["and"], effect, bindings=bindings))
    each.act(frame)
    assert frame.done == [("a+b", Decimal(2))]


def test_a_rule_says_what_it_reads_and_calls() -> None:
    bindings = (BindingSource("Shoes", SHOES), BindingSource("Unused", [".", "Coupon", "Value"]))
    _, each, ruleset = run(rule(["and", [">", ["count", [".", "Shoes"]], 1]], ["note", 1], bindings=bindings))
    assert each.functions == {">", "count", "filter", "catch", "=", "note"}
    assert each.reads.roots == {"Session"}
    assert each.reads.fields == {"Session.CartItems", "Item.Category"}
    assert ruleset.reads.roots == {"Session", "Coupon"}


def test_set_is_seen_by_later_effects_of_the_rule() -> None:
    frame, each, _ = run(rule(["and"], ["set", "n", ["+", 1, 1]], ["note", [".", "n"]]))
    each.act(frame)
    assert frame.done == [(Decimal(2),)]


def test_every_mistake_is_reported_where_it_is() -> None:
    source = RulesetSource(
        (
            RuleSource("a", ["and", ["nope"], ["=", [".", "Session", "Totl"], 1], 5], [["note", ["+", 1]]]),
            RuleSource("b", [], "x", (BindingSource("r", ["+", "a", 1]),)),
            RuleSource("c", ["and"], ["catch", ["noop"], ["note", 1]]),
        ),
        (BindingSource("late", [".", "later"]), BindingSource("later", ["identity", 1]), BindingSource("bad", [])),
    )
    assert mistakes(source) == [
        ("/bindings/2/expression", "bad_json"),
        ("/rules/1/effects", "bad_json"),
        ("/rules/1/condition", "bad_json"),
        ("/bindings/0/expression/1", "unknown_name"),
        ("/rules/0/condition/1", "unknown_function"),
        ("/rules/0/condition/2/1/2", "unknown_field"),
        ("/rules/0/condition/3", "wrong_kind"),
        ("/rules/0/effects/0/1", "wrong_arguments"),
        ("/rules/1/bindings/0/expression", "wrong_arguments"),
    ]


def test_pointers_start_where_the_caller_says() -> None:
    found = compile_ruleset(rule(["xyz"]), world(), "/ruleset")
    assert isinstance(found, Diagnostics)
    assert str(found) == "/ruleset/rules/0/condition: unknown_function: there is no function `xyz`"
