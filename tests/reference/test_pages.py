"""The committed reference pages say what the code says."""

from collections.abc import Callable

import pytest

from largesse.engine.definitions import Definitions
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.functions import PROMOTION_FUNCTIONS
from largesse.language import BindingSource, Diagnostics, Function, Json, RulesetSource, RuleSource, compile_ruleset
from tests.reference.pages import FOLDER, PAGES
from tests.reference.uses import expressions

GIVEN = [function for effect in CATALOGUE for function in effect.functions]


@pytest.mark.parametrize(("name", "written"), PAGES.items(), ids=PAGES.keys())
def test_the_page_is_up_to_date(name: str, written: Callable[[], str]) -> None:
    committed = FOLDER / name
    assert committed.exists() and committed.read_text(encoding="utf-8") == written(), (
        "Run make docs and commit the pages."
    )


def test_no_page_is_left_behind() -> None:
    assert sorted(file.name for file in FOLDER.glob("*")) == sorted(PAGES)


def test_every_function_shows_how_it_is_used() -> None:
    by_name: dict[str, list[Function]] = {}
    for function in (*GIVEN, *PROMOTION_FUNCTIONS):
        by_name.setdefault(function.name, []).append(function)
    assert [name for name, overloads in by_name.items() if not expressions(tuple(overloads))] == []


def test_what_functions_show_of_themselves_is_well_made() -> None:
    shown: list[Json] = [one.expression for each in (*GIVEN, *PROMOTION_FUNCTIONS) for one in each.examples]
    pairs = BindingSource("Pairs", ["bundle", "A pair", [".", "Session", "CartItems"], 2])
    rules = tuple(RuleSource("r", ["and"], [expression]) for expression in shown)
    compiled = compile_ruleset(RulesetSource(rules, (pairs,)), rule_environment(Definitions(), cascading=False))
    assert not isinstance(compiled, Diagnostics), str(compiled)
