"""The engine's effects fit the published props: same properties, and what is required is required."""

import pytest
from msgspec import structs

from largesse.api.models.effect_props.published import PUBLISHED_PROPS
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.effects.effect import Effect

BY_NAME = {props.__name__: props for props in PUBLISHED_PROPS}
PUBLISHED_TYPES = 36


def published_name(effect_type: str) -> str:
    """acceptCoupon -> AcceptCouponEffectProps; a type that ends in "Effect" already does not say it twice."""
    return effect_type[0].upper() + effect_type[1:].removesuffix("Effect") + "EffectProps"


def test_every_published_type_is_listed_once() -> None:
    assert len(BY_NAME) == len(PUBLISHED_PROPS) == PUBLISHED_TYPES


@pytest.mark.parametrize("effect", CATALOGUE, ids=lambda effect: effect.name)
def test_an_effect_of_ours_is_a_published_one(effect: Effect) -> None:
    published = structs.fields(BY_NAME[published_name(effect.name)])
    ours = structs.fields(effect.props)
    assert {field.encode_name for field in ours} <= {field.encode_name for field in published}
    assert {field.encode_name for field in published if field.required} <= {
        field.encode_name for field in ours if field.required
    }
