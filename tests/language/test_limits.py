"""Every ceiling of the language: at it all is well, beyond it the rule is refused or stopped."""

from decimal import Decimal

import pytest

from largesse.language import (
    HOLDS,
    BindingSource,
    Diagnostics,
    ExpressionError,
    Json,
    RulesetSource,
    RuleSource,
    StepLimitError,
    Value,
    compile_expression,
    evaluate_expression,
    json_of,
    limits,
    parse,
    refuse_large,
)
from tests.support.rules import Shop, cart, compiled, world

ITEMS: Json = [".", "Session", "CartItems"]


def refusals(expression: Json) -> set[str]:
    """The kinds of mistakes found in an expression."""
    found = compile_expression(expression, world())
    return {diagnostic.code.value for diagnostic in found} if isinstance(found, Diagnostics) else set()


def nested(depth: int, wrap: Json, leaf: Json) -> Json:
    """An expression of calls within calls: `wrap` with the next one in place of "HERE"."""

    def placed(tree: Json, inner: Json) -> Json:
        if tree == "HERE":
            return inner
        return [placed(each, inner) for each in tree] if isinstance(tree, list) else tree

    for _ in range(depth):
        leaf = placed(wrap, leaf)
    return leaf


@pytest.mark.parametrize(
    ("wrap", "levels"),
    [
        (["not", "HERE"], 1),
        (["and", True, "HERE"], 1),
        (["catch", False, "HERE"], 1),
        (["=", [".", "Session", "Attributes", "tier"], ["toString", "HERE"]], 2),
        (["exists", ITEMS, [["x"], "HERE"]], 2),
        (
            [
                "exists",
                ITEMS,
                [["x"], ["catch", True, ["exists", ITEMS, [["y"], ["or", "HERE", [".", "Coupon", "Value"]]]]]],
            ],
            6,
        ),
    ],
)
def test_expressions_may_be_nested_to_the_ceiling(wrap: Json, levels: int) -> None:
    deep = nested((limits.DEPTH_MAX - 1) // levels, wrap, ["=", 1, 1])
    if levels < 6:
        assert refusals(deep) == set()
        evaluate_expression(deep, world(), Shop(cart()))
    else:
        assert refusals(deep) == {"wrong_value"}
    assert refusals(nested(limits.DEPTH_MAX, wrap, ["=", 1, 1])) >= {"too_deep"}


def test_text_may_be_nested_to_the_ceiling() -> None:
    def text(depth: int) -> str:
        return "(not " * depth + "true" + ")" * depth

    assert not parse(text(limits.DEPTH_MAX))[1]
    assert parse(text(limits.DEPTH_MAX + 1))[1]
    assert parse("(" * 100_000)[1]


def test_nodes_are_counted_over_the_whole_ruleset() -> None:
    small: list[Json] = ["list", *range(limits.NODES_MAX // 4)]
    rules = tuple(RuleSource("", ["and", small], [["note", small]]) for _ in range(3))
    assert compiled(RulesetSource(rules[:1])) is not None
    with pytest.raises(AssertionError, match="a ruleset may have 20,000 nodes"):
        compiled(RulesetSource(rules))


@pytest.mark.parametrize(
    ("expression", "refused"),
    [
        (["list", *range(limits.LIST_LENGTH_MAX)], set()),
        (["list", *range(limits.LIST_LENGTH_MAX + 1)], {"wrong_value"}),
        ("x" * limits.STRING_LENGTH_MAX, set()),
        ("x" * (limits.STRING_LENGTH_MAX + 1), {"too_large"}),
        (["~", "x" * limits.PATTERN_LENGTH_MAX, "x"], set()),
        (["~", "x" * (limits.PATTERN_LENGTH_MAX + 1), "x"], {"wrong_value"}),
        (["~", "(x{1000}){1000}", "x"], {"wrong_value"}),
        (Decimal("9" * limits.DIGITS_MAX), set()),
        (Decimal("9" * (limits.DIGITS_MAX + 1)), {"too_large"}),
        (Decimal("1e999"), set()),
        (Decimal("1e1000"), {"too_large"}),
        (Decimal("1e-1000"), {"too_large"}),
        (["x" * (limits.NAME_LENGTH_MAX + 1)], {"too_large"}),
    ],
)
def test_literals_have_ceilings(expression: Json, refused: set[str]) -> None:
    assert refusals(expression) == refused


def test_templates_may_be_called_so_often() -> None:
    define: Json = ["setTemplate", "t()Decimal", 1]
    calls: list[Json] = [["!", "t"]] * limits.EXPANSIONS_MAX
    assert refusals([define, ["list", *calls]]) == set()
    assert refusals([define, ["list", *calls, ["!", "t"]]]) == {"too_large"}


def test_templates_that_double_each_other_are_stopped() -> None:
    defined: list[Json] = [["setTemplate", "t0(Decimal)Decimal", ["+", ["#", 0], ["#", 0]]]]
    for n in range(1, 40):
        body: Json = ["!", f"t{n - 1}", ["!", f"t{n - 1}", ["#", 0]]]
        defined.append(["setTemplate", f"t{n}(Decimal)Decimal", body])
    assert refusals([*defined, ["!", "t39", 1]]) >= {"too_large"}


def test_only_so_many_mistakes_are_reported() -> None:
    found = compile_expression(["list", *([[f"f{n}"] for n in range(500)])], world())
    assert isinstance(found, Diagnostics)
    assert len(found) == limits.DIAGNOSTICS_MAX


def test_walking_too_much_stops_the_rule_and_nothing_catches_it() -> None:
    many: Json = ["list", *range(2_000)]
    pairs: Json = ["every", many, [["x"], ["every", many, [["y"], ["<", [".", "x"], [".", "z"]]]]]]
    once: Json = ["do", 5_000, [["z"], pairs]]
    often: Json = ["catch", True, ["every", ["list", 5_000, 5_001], [["z"], ["catch", True, pairs]]]]
    frame = Shop(cart())
    assert evaluate_expression(once, world(), frame) is True
    with pytest.raises(StepLimitError, match="walks more than"):
        evaluate_expression(often, world(), Shop(cart()))


def test_bindings_that_double_a_text_or_a_list_are_stopped() -> None:
    starts: list[tuple[Json, str]] = [(["identity", "xy"], "concat"), (["list", 1, 2], "push")]
    for first, double in starts:
        bindings = [BindingSource("b0", first)]
        bindings += [BindingSource(f"b{n}", [double, [".", f"b{n - 1}"], [".", f"b{n - 1}"]]) for n in range(1, 40)]
        ruleset = compiled(RulesetSource((), tuple(bindings)))
        frame = Shop(cart(), ruleset)
        with pytest.raises(ExpressionError, match=r"may have 10"):
            ruleset.bindings[-1].read(frame)


def numbers(count: int) -> Json:
    """A list of so many different numbers."""
    return ["list", *range(count)]


LONG = "b" * 90_000
OWN_TEXT: Json = ["concat", LONG, ["toString", [".", "x"]]]
EACH: Json = [".", "x"]
STOPPED: dict[str, Json] = {
    "texts that are put together": ["map", numbers(600), [["x"], OWN_TEXT]],
    "texts that are searched": [
        "every",
        numbers(3_000),
        [["x"], ["notContains", [".", "Session", "Attributes", "long"], "c"]],
    ],
    "texts that are matched": ["every", numbers(600), [["x"], ["not", ["~", "c$", OWN_TEXT]]]],
    "texts that are taken apart": ["map", numbers(600), [["x"], ["split", OWN_TEXT, "c"]]],
    "texts that are compared": ["every", numbers(600), [["x"], ["startsWith", OWN_TEXT, LONG]]],
    "patterns that change": ["every", numbers(300), [["x"], ["not", ["~", ["concat", "a{", ["toString", EACH]], "b"]]]],
    "times in no form": ["every", numbers(9_000), [["x"], ["every", numbers(20), [["y"], ["after", ["catch", [
        ".", "Now"], ["parseTime", ["toString", EACH]]], "2000-01-01T00:00:00Z"]]]]],
    "blocks of many nodes": ["every", numbers(9_000), [["x"], ["every", numbers(9), [["y"], ["and", *(
        [">=", ["+", EACH, [".", "y"]], 0] for _ in range(130)), True]]]]],
    "lists inside lists": ["do", ["push", ["list"], numbers(9_000)], [["l"], ["every", numbers(2_000), [
        ["x"], [">", ["count", ["push", [".", "l"], EACH]], 0]]]]],
    "variables of many keys": ["every", numbers(900), [["x"], ["and", [
        ["set", "m", ["kv", *([f"k{n}", n] for n in range(6_000))]], ["set", "m", "k0", EACH], True]]]],
}  # fmt: skip


@pytest.mark.parametrize("hostile", STOPPED.values(), ids=STOPPED)
def test_what_takes_long_counts_as_many_steps(hostile: Json) -> None:
    shop = cart()
    shop.attributes["long"] = LONG
    with pytest.raises(StepLimitError, match="walks more than"):
        evaluate_expression(hostile, world(), Shop(shop))


def test_a_cart_of_ten_thousand_units_is_well_within_the_steps() -> None:
    frame = Shop(cart())
    units = numbers(10_000)
    test: Json = [["x"], ["catch", False, ["~", "shoe|boot", [".", "Session", "Attributes", "tier"]]]]
    evaluate_expression(["filter", units, test], world(), frame)
    evaluate_expression(["map", units, [["x"], ["concat", "x" * 50, ["toString", EACH]]]], world(), frame)
    assert frame.steps < limits.STEPS_MAX // 10


def test_patterns_count_as_many_nodes() -> None:
    def patterns(count: int) -> Json:
        return ["and", *(["~", f"x{n}", [".", "Session", "Attributes", "tier"]] for n in range(count))]

    most = limits.NODES_MAX // (limits.PATTERN_NODES + 3)
    assert refusals(patterns(most)) == set()
    assert refusals(patterns(most + 1)) == {"too_large"}


def test_lists_of_nothing_that_double_each_other_are_stopped() -> None:
    bindings = [BindingSource("b0", ["list"])]
    bindings += [BindingSource(f"b{n}", ["push", [".", f"b{n - 1}"], [".", f"b{n - 1}"]]) for n in range(1, 40)]
    ruleset = compiled(RulesetSource((), tuple(bindings)))
    with pytest.raises(ExpressionError, match=r"may have 10,000 elements"):
        ruleset.bindings[-1].read(Shop(cart(), ruleset))


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        ([1] * limits.VALUES_MAX, False),
        ([1] * (limits.VALUES_MAX + 1), True),
        ({str(n): n for n in range(limits.VALUES_MAX + 1)}, True),
        ([[1] * 999] * 11, True),
    ],
)
def test_values_that_leave_the_language_have_ceilings(value: Value, refused: bool) -> None:
    if refused:
        with pytest.raises(ExpressionError, match="may hold"):
            refuse_large(value)
    else:
        refuse_large(value)


def test_values_that_leave_the_language_may_be_nested_to_the_ceiling() -> None:
    def deep(depth: int) -> Value:
        value: Value = []
        for _ in range(depth - 1):
            value = [value]
        return value

    assert json_of(deep(limits.VALUE_DEPTH_MAX))
    with pytest.raises(ExpressionError, match="nested"):
        json_of(deep(limits.VALUE_DEPTH_MAX + 1))


def test_all_conditions_of_a_rule_are_explained_with_the_steps_of_one() -> None:
    walk: Json = ["every", numbers(2_000), [["x"], ["every", numbers(2_000), [["y"], [">=", EACH, 0]]]]]
    ruleset = compiled(RulesetSource((RuleSource("", ["and", walk, ["and", walk, True], walk], []),)))
    told = ruleset.rules[0].explain(Shop(cart(), ruleset)).children
    assert [each.error is None for each in told] == [True, False, False]


def chain(length: int, step: Json) -> RulesetSource:
    """A ruleset of bindings each of which is `step`, with the binding before in place of "HERE"."""
    bindings = [BindingSource("b0", ["count", ITEMS])]
    bindings += [BindingSource(f"b{n}", nested(1, step, [".", f"b{n - 1}"])) for n in range(1, length)]
    return RulesetSource((RuleSource("", ["and", [">", [".", f"b{length - 1}"], 0]], []),), tuple(bindings))


@pytest.mark.parametrize(
    ("step", "levels"),
    [
        (["+", "HERE", 1], 2),
        (["catch", 0, ["catch", 0, ["+", "HERE", 1]]], 6),
        (["do", "HERE", [["x"], [".", "x"]]], 2),
    ],
)
def test_bindings_may_build_on_each_other_to_the_ceiling(step: Json, levels: int) -> None:
    ruleset = compiled(chain(limits.HEIGHT_MAX // levels - 1, step))
    frame = Shop(cart(), ruleset)
    assert ruleset.rules[0].explain(frame).held
    assert ruleset.rules[0].check(Shop(cart(), ruleset)) == HOLDS
    with pytest.raises(AssertionError, match="bindings may build on each other 300 deep"):
        compiled(chain(limits.HEIGHT_MAX, step))


def test_what_is_computed_while_compiling_has_a_ceiling() -> None:
    sorted_: Json = [">", ["count", ["sort", [".", "L"]]], 0]
    bindings = (BindingSource("L", numbers(9_000)),)
    ruleset = compiled(RulesetSource((RuleSource("", ["and", *[sorted_] * 2_000], []),), bindings))
    with pytest.raises(StepLimitError, match="walks more than"):
        ruleset.rules[0].check(Shop(cart(), ruleset))
