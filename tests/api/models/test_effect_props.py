"""The engine's effects fit the published props: same properties, and what is required is required."""

import pytest
from msgspec import structs

from largesse.api.models.effect_props.published import PUBLISHED_PROPS
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.effects.effect import Effect
from tests.support.effect_props import PROPS_BY_NAME, published_name

PUBLISHED_TYPES = 36


def test_every_published_type_is_listed_once() -> None:
    assert len(PROPS_BY_NAME) == len(PUBLISHED_PROPS) == PUBLISHED_TYPES


def test_every_published_effect_can_be_given() -> None:
    assert {published_name(effect.name) for effect in CATALOGUE} == set(PROPS_BY_NAME)


@pytest.mark.parametrize("effect", CATALOGUE, ids=lambda effect: effect.name)
def test_an_effect_of_ours_is_a_published_one(effect: Effect) -> None:
    published = structs.fields(PROPS_BY_NAME[published_name(effect.name)])
    ours = structs.fields(effect.props)
    assert {field.encode_name for field in ours} <= {field.encode_name for field in published}
    assert {field.encode_name for field in published if field.required} <= {
        field.encode_name for field in ours if field.required
    }
