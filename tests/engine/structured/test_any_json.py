"""Any JSON that the door lets through as a structured ruleset is compiled or refused, never anything else."""

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from largesse.engine.applications import Application
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.blocks import Operator, PromotionBlock
from largesse.engine.formats.structured.compile import check_structured, compile_structured
from largesse.engine.formats.structured.projection.rulesets import project
from largesse.engine.formats.structured.steps import SelectorStep
from tests.support.blocks import CONDITIONS, EFFECTS, Plain

SHOP = Application(id=1, account_id=1, name="shop")
KEYS = [
    "id",
    "tags",
    "type",
    "operator",
    "attribute",
    "value",
    "min",
    "max",
    "start",
    "end",
    "values",
    "count",
    "blocks",
    "onFailure",
    "onError",
    "expression",
    "name",
    "target",
    "partial",
    "sku",
    "quantity",
    "title",
    "body",
    "notificationType",
    "redeem",
    "eventType",
    "matchers",
    "action",
    "customEffect",
    "params",
    "steps",
    "source",
    "predicate",
    "fields",
    "from",
    "to",
    "index",
    "direction",
    "a/b",
]
WORDS = [
    *(each.__struct_config__.tag for each in (*get_args(PromotionBlock), *get_args(SelectorStep))),
    *get_args(Operator),
    *("all", "atLeastOne", "none", "cart", "selector", "asc", "start", "selectors", "default"),
    *("$Session.Total", "$Item.Price", "{{1 + }}", "{{$Session.Total}}", "[a.b]", "", "noop", "and", ".", "set", "kv"),
]
ATOMS: SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(WORDS)
)
ANYTHING = st.recursive(
    ATOMS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)),
    max_leaves=15,
)
BUILT = [block for block, _ in (*CONDITIONS, *EFFECTS)]


@st.composite
def nearly(draw: st.DrawFn) -> Plain:
    """A right block with one field made anything, or left out."""
    block = {"id": "0"} | draw(st.sampled_from(BUILT))
    name = draw(st.sampled_from(sorted(block)))
    change: Plain = draw(st.one_of(st.just({}), st.fixed_dictionaries({name: ANYTHING})))
    return {key: value for key, value in block.items() if key != name} | change


BLOCKS = st.lists(st.one_of(ANYTHING, nearly()), max_size=3)


@given(
    st.lists(st.fixed_dictionaries({"title": st.just("Rule"), "blocks": BLOCKS}), max_size=2),
    st.lists(ANYTHING, max_size=2),
    st.lists(st.dictionaries(st.sampled_from([*KEYS, "expression"]), ANYTHING, max_size=4), max_size=2),
)
def test_any_json_is_compiled_or_refused(rules: list[Any], selectors: list[Any], parameters: list[Any]) -> None:
    sent = {"promotionRules": rules, "strikethroughRules": rules, "selectors": selectors, "parameters": parameters}
    compiled, found = check_structured(sent, Definitions(), SHOP)
    if found is None:
        read = project(compiled.rules, compiled.strikethrough_rules, compiled.bindings, Definitions())
        assert len(read.promotion_rules) == len(rules)
    assert compile_structured(sent).rules == compiled.rules
    for mistake in found or ():
        assert mistake.pointer.startswith(("/promotionRules", "/strikethroughRules", "/selectors", "/parameters"))
