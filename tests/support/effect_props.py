"""Whether what an effect says is what is published for its type."""

from typing import Any

import msgspec

from largesse.api.models.effect_props.published import PUBLISHED_PROPS

PROPS_BY_NAME = {props.__name__: props for props in PUBLISHED_PROPS}


def published_name(effect_type: str) -> str:
    """acceptCoupon -> AcceptCouponEffectProps; a type that ends in "Effect" already does not say it twice."""
    return effect_type[0].upper() + effect_type[1:].removesuffix("Effect") + "EffectProps"


def check_props(effect: dict[str, Any]) -> None:
    """Fails where props of a reply are not as published: of other types, too few, or not known."""
    shape = PROPS_BY_NAME[published_name(effect["effectType"])]
    msgspec.convert(effect["props"], shape)
    unknown = effect["props"].keys() - {field.encode_name for field in msgspec.structs.fields(shape)}
    assert not unknown, f"{effect['effectType']} has {unknown}"
