"""Two spellings of one program: what is written in one form, read in the other and written back, is the same.

Compared are the expressions, which are all that is ever run.
"""

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.blocks import PromotionBlock
from largesse.engine.formats.structured.compile import compile_structured
from largesse.engine.formats.structured.projection.rulesets import project
from largesse.engine.formats.structured.steps import SelectorStep
from tests.support.blocks import CONDITIONS, EFFECTS, Plain, numbered, plain
from tests.support.generated import blocks as generated_blocks
from tests.support.generated.rules import lists, numbers, truths

NOTHING_KNOWN = Definitions()
CHECKED, GIVEN = (generated_blocks.any_of(made()) for made in (generated_blocks.conditions, generated_blocks.effects))
STEPS: list[Plain] = [
    {"type": "filter", "predicate": {"type": "checkAttribute", "operator": "isTrue", "attribute": "$Item.Price"}},
    {"type": "filter", "predicate": {"type": "passthrough", "expression": ["not", True]}},
    {"type": "sort", "fields": [{"expression": "$Item.Price", "direction": "asc"}]},
    {
        "type": "sort",
        "fields": [{"expression": "$Item.SKU", "direction": "desc"}, {"expression": "$Item.Price", "direction": "asc"}],
    },
    {"type": "select", "operator": "many", "from": "start", "count": 3, "partial": True},
    {"type": "select", "operator": "many", "from": "end", "count": 3, "partial": True},
    {"type": "select", "operator": "between", "from": 1, "to": 3, "partial": True},
    {"type": "select", "operator": "one", "index": 0},
    {"type": "map", "expression": "$Item.Price"},
    *({"type": "reduce", "operator": operator} for operator in ("max", "min", "sum", "count", "empty")),
    {"type": "reverse"},
    {"type": "filterAndMapValues", "valueMap": {"id": 7}},
]


def groups(inner: SearchStrategy[Plain]) -> SearchStrategy[Plain]:
    """Groups of conditions, some with what is given where they fail."""
    operators = st.sampled_from(["all", "atLeastOne", "none"])
    made = st.fixed_dictionaries(
        {"type": st.just("group"), "operator": operators, "blocks": st.lists(inner, max_size=3)},
        optional={
            "tags": st.just(["reportsErrors"]),
            "onFailure": st.lists(effects(), min_size=1, max_size=2),
            "onError": st.dictionaries(
                st.sampled_from(["missingAttribute", "default"]), st.lists(effects(), max_size=2)
            ),
        },
    )
    return made.map(lambda block: {name: value for name, value in block.items() if value != {}})


def effects() -> SearchStrategy[Plain]:
    """Effects, some of which tell their errors."""
    plainly = st.one_of(st.sampled_from([block for block, _ in EFFECTS]), GIVEN)
    return st.one_of(plainly, plainly.map(lambda block: block | {"tags": ["reportsErrors"]}))


CHECKS = st.recursive(
    st.one_of(st.sampled_from([block for block, _ in CONDITIONS]), CHECKED),
    groups,
    max_leaves=6,
)
RULES = st.tuples(st.lists(CHECKS, max_size=3), st.lists(effects(), max_size=3)).map(
    lambda parts: {
        "title": "Rule",
        "blocks": numbered([{"type": "group", "operator": "all", "blocks": parts[0]}, *parts[1]]),
    }
)
SELECTORS = st.lists(st.sampled_from(STEPS), max_size=5).map(
    lambda steps: {"name": "List", "type": "selector", "source": "$Session.CartItems", "steps": numbered(steps)}
)


BUNDLES = st.lists(
    st.fixed_dictionaries({"source": st.sampled_from(["$List", "$Session.CartItems"]), "quantity": st.integers(1, 3)}),
    min_size=1,
    max_size=3,
).map(lambda items: {"name": "Pairs", "type": "bundle", "items": items})


def read_back(rules: list[Any], bindings: list[Any]) -> Plain:
    """Rules and bindings in the structured form."""
    read = project(rules, [], bindings, NOTHING_KNOWN)
    return {
        "promotionRules": [
            rule | {"blocks": plain(blocks)} for rule, blocks in zip(rules, read.promotion_rules, strict=True)
        ],
        "selectors": plain(read.bindings.selectors),
        "bundles": plain(read.bindings.bundles),
        "parameters": plain(read.bindings.parameters),
    }


@given(st.lists(RULES, max_size=2), st.lists(SELECTORS, max_size=2), st.lists(BUNDLES, max_size=2))
def test_blocks_read_as_expressions_and_back(rules: list[Plain], selectors: list[Plain], bundles: list[Plain]) -> None:
    parameters = [{"name": "Rate", "value": 10}, {"name": "Tags", "value": ["a", "b"]}]
    first = compile_structured(
        {"promotionRules": rules, "selectors": selectors, "bundles": bundles, "parameters": parameters}
    )
    assert not first.found
    again = compile_structured(read_back(first.rules, first.bindings))
    assert not again.found
    assert (again.rules, again.bindings) == (first.rules, first.bindings)


def tags(union: object) -> set[str]:
    """The types of a union of shapes."""
    return {str(member.__struct_config__.tag) for member in get_args(union)}


def test_every_block_and_step_is_generated() -> None:
    made = {"group", *generated_blocks.conditions(), *generated_blocks.effects()}
    assert made == tags(PromotionBlock)
    assert {step["type"] for step in STEPS} == tags(SelectorStep)


@given(SELECTORS)
def test_selectors_are_read_back_as_selectors(selector: Plain) -> None:
    (binding,) = compile_structured({"selectors": [selector]}).bindings
    (read,) = read_back([], [binding])["selectors"]
    assert read["source"] == selector["source"]


@given(SELECTORS, BUNDLES)
def test_bundles_are_read_back_as_bundles(selector: Plain, bundle: Plain) -> None:
    bindings = compile_structured({"selectors": [selector], "bundles": [bundle]}).bindings
    assert read_back([], bindings)["bundles"] == [bundle]
    (misplaced,) = read_back([], bindings[::-1])["parameters"]
    assert compile_structured({"parameters": [misplaced]}).bindings == bindings[1:]


CONDITION = truths(3)
EFFECT = numbers(2).map(lambda value: ["setDiscount", "x", value])
EXPRESSIONS = st.fixed_dictionaries(
    {
        "title": st.just("Rule"),
        "condition": st.lists(CONDITION, max_size=3).map(lambda parts: ["and", *parts]),
        "effects": st.lists(st.one_of(EFFECT, EFFECT.map(lambda effect: ["catch", ["noop"], effect])), max_size=2),
    }
)
BINDINGS = lists(3).map(lambda value: {"name": "List", "type": "cartItemFilter", "expression": value})


@given(st.lists(EXPRESSIONS, max_size=2), st.lists(BINDINGS, max_size=2))
def test_expressions_read_as_blocks_and_back(rules: list[Plain], bindings: list[Plain]) -> None:
    again = compile_structured(read_back(rules, bindings))
    assert not again.found
    assert (again.rules, again.bindings) == (rules, bindings)
