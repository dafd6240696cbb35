"""Compiling again: what has not changed is kept, what has changed is not, and nobody can tell the difference."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from largesse.engine.applications import Application
from largesse.engine.campaigns import Campaign
from largesse.engine.codes.creations import CodeSource, CodeSources
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.groups import BASE, EvaluationGroup
from largesse.engine.evaluation.programs import CampaignSource, Programs, compile_programs
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition
from largesse.engine.shopping.collections import CollectionDefinition

SHOP = Application(1, 1, "shop")
COST = AdditionalCostDefinition(1, "shipping", "session")
INNER = EvaluationGroup(2, "inner", BASE.id, evaluation_mode="listOrder")


def source(campaign_id: int, *effects: Any, fingerprint: bytes = b"as written", **settings: Any) -> CampaignSource:
    rules = [{"title": f"rule of {campaign_id}", "condition": ["and", True], "effects": [*effects]}]
    return CampaignSource(Campaign(campaign_id, f"campaign {campaign_id}", **settings), 7, rules, [], fingerprint)


ONE = source(1, ["setDiscount", "one", Decimal(1)])
TWO = source(2, ["setDiscount", "two", Decimal(2)])
UPDATING = source(2, ["updateItemAttribute", [".", "Session", "CartItems"], "colour", [["Item"], "red"]])


@pytest.fixture(scope="module")
def before() -> Programs:
    return compile_programs(SHOP, Definitions(), [ONE, TWO])


def test_one_changed_campaign_leaves_the_others(before: Programs) -> None:
    changed = source(2, ["setDiscount", "three", Decimal(3)], fingerprint=b"otherwise")
    after = compile_programs(SHOP, Definitions(), [ONE, changed, source(3)], before=before)
    assert after.by_id[1].ruleset is before.by_id[1].ruleset
    assert after.by_id[2].ruleset is not before.by_id[2].ruleset
    assert [program.campaign.id for program in after.campaigns] == [1, 2, 3]
    assert compile_programs(SHOP, Definitions(), [TWO], before=after).by_id.keys() == {2}


def test_what_other_campaigns_define_does_not_matter(before: Programs) -> None:
    coupons = CodeSources({2: CodeSource()})
    letters = CollectionDefinition(1, "letters", campaign_id=2)
    definitions = Definitions(codes=coupons, value_maps={2: 5}, collections={1: letters})
    after = compile_programs(SHOP, definitions, [ONE, TWO], before=before)
    assert after.by_id[1].ruleset is before.by_id[1].ruleset
    assert after.definitions is definitions


def test_a_campaign_is_as_it_is_now(before: Programs) -> None:
    moved = structs.replace(ONE.campaign, name="moved", state="disabled", evaluation_group_id=INNER.id, position=5)
    after = compile_programs(
        SHOP, Definitions(), [structs.replace(ONE, campaign=moved), TWO], (BASE, INNER), before=before
    )
    assert after.by_id[1].ruleset is before.by_id[1].ruleset
    assert (after.by_id[1].campaign, after.by_id[1].group) == (moved, INNER)


@pytest.mark.parametrize(
    ("application", "definitions", "sources"),
    [
        (SHOP, Definitions(), [structs.replace(ONE, fingerprint=b"otherwise"), TWO]),
        (SHOP, Definitions(), [structs.replace(ONE, ruleset_id=8), TWO]),
        (SHOP, Definitions(), [structs.replace(ONE, campaign=structs.replace(ONE.campaign, for_stores=True)), TWO]),
        (SHOP, Definitions(additional_costs={COST.name: COST}), [ONE, TWO]),
        (SHOP, Definitions(value_maps={1: 5}), [ONE, TWO]),
        (structs.replace(SHOP, enable_cascading_discounts=True), Definitions(), [ONE, TWO]),
        (SHOP, Definitions(), [ONE, UPDATING]),
    ],
    ids=[
        "its rules",
        "its ruleset",
        "its stores",
        "what is defined",
        "its value map",
        "cascading discounts",
        "that items are updated",
    ],
)
def test_what_its_rules_depend_on_has_changed(
    before: Programs, application: Application, definitions: Definitions, sources: list[CampaignSource]
) -> None:
    after = compile_programs(application, definitions, sources, before=before)
    assert after.by_id[1].ruleset is not before.by_id[1].ruleset


def test_what_is_compiled_once_has_no_fingerprint() -> None:
    bare = structs.replace(ONE, fingerprint=b"")
    before = compile_programs(SHOP, Definitions(), [bare])
    after = compile_programs(SHOP, Definitions(), [bare], before=before)
    assert after.by_id[1].ruleset is not before.by_id[1].ruleset
