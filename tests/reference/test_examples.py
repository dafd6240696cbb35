"""What conditions and effects show of themselves is true in the example shop."""

from typing import Any

import pytest

from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.functions import PROMOTION_FUNCTIONS
from largesse.language import Example
from tests.reference.scene import effects_of, given_by_the_engine, value_of

ASKING = [(each.name, example) for each in PROMOTION_FUNCTIONS for example in each.examples]
GIVING = [(effect.name, example) for effect in CATALOGUE for each in effect.functions for example in each.examples]


def titles(shown: list[tuple[str, Example]]) -> list[str]:
    """A title for each example."""
    return [f"{name}: {str(example.expression)[:60]}" for name, example in shown]


def test_every_function_has_examples() -> None:
    given = [function for effect in CATALOGUE for function in effect.functions]
    assert [each.signature for each in (*PROMOTION_FUNCTIONS, *given) if not each.examples] == []


@pytest.mark.parametrize(("name", "example"), ASKING, ids=titles(ASKING))
def test_what_is_asked(name: str, example: Example) -> None:
    value = value_of(example.expression)
    assert (type(value) is bool, value) == (type(example.result) is bool, example.result)


@pytest.mark.parametrize(("effect", "example"), GIVING, ids=titles(GIVING))
def test_what_is_given(effect: str, example: Example) -> None:
    """The props that the example names are these; others, such as ids, are left out there."""
    wanted: Any = example.result
    given = [each["props"] for each in effects_of(example.expression) if each["effectType"] == effect]
    shown = [{name: props.get(name) for name in named} for props, named in zip(given, wanted, strict=True)]
    assert shown == wanted


def test_what_the_engine_gives_by_itself() -> None:
    given = given_by_the_engine()
    shown = {each.name: each.example for each in CATALOGUE if not each.functions}
    for name, example in shown.items():
        assert example, name
        found = [each["props"] for each in given if each["effectType"] == name]
        assert example in [{key: props.get(key) for key in example} for props in found], (name, found)
