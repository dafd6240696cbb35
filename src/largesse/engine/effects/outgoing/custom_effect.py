"""customEffect: whatever the shop has agreed with itself to do, with a payload of its own."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.evaluation.spending import ONE, use
from largesse.engine.frame import EvaluationFrame
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import each_item, only_bundles, only_items, refuse_no_bundles, refuse_no_items
from largesse.engine.views.values import as_json
from largesse.language import Example, ExpressionError, Function, Json, Kind, Value, each_element


class CustomEffectProps(Props, frozen=True):
    """The custom effect's id and name, its payload, and the item or bundle it is for."""

    effect_id: int
    name: str
    payload: dict[str, JSON]
    cart_item_position: int | UnsetType = UNSET
    cart_item_sub_position: int | UnsetType = UNSET
    bundle_index: int | UnsetType = UNSET
    bundle_name: str | UnsetType = UNSET


def custom_effect(
    frame: EvaluationFrame, effect_id: Decimal, name: str, payload: Mapping[str, JSON] | None = None
) -> None:
    """Tell the shop to do something of its own."""
    number = _id(effect_id)
    title, sent = _filled(frame, number, name, payload or {})
    use(frame.state, "customEffect", ONE)
    frame.state.emit("customEffect", CustomEffectProps(number, title, sent))


def custom_effect_per_item(
    frame: EvaluationFrame,
    items: Sequence[Value],
    effect_id: Decimal,
    name: str,
    payload_of: Callable[[Unit], Mapping[str, JSON]],
) -> None:
    """Tell the shop to do something of its own with each item."""
    number = _id(effect_id)
    for unit in only_items(items):
        title, payload = _filled(frame, number, name, payload_of(unit))
        use(frame.state, "customEffect", ONE)
        props = CustomEffectProps(
            number,
            title,
            payload,
            unit.index,
            unit.sub_index,
        )
        frame.state.emit("customEffect", props)


def custom_effect_per_bundle_item(
    frame: EvaluationFrame,
    bundles: Sequence[Value],
    effect_id: Decimal,
    name: str,
    payload_of: Callable[[Unit], Mapping[str, JSON]],
) -> None:
    """Tell the shop to do something of its own with each item of each bundle."""
    number = _id(effect_id)
    for bundle in only_bundles(bundles):
        for unit in bundle.items:
            title, payload = _filled(frame, number, name, payload_of(unit))
            use(frame.state, "customEffect", ONE)
            props = CustomEffectProps(
                number,
                title,
                payload,
                unit.index,
                unit.sub_index,
                int(bundle.index),
                bundle.name,
            )
            frame.state.emit("customEffect", props)


def _filled(
    frame: EvaluationFrame, effect_id: int, name: str, given: Mapping[str, JSON]
) -> tuple[str, dict[str, JSON]]:
    """The name and the payload: as the account has defined them or, where it has not, as the rule says."""
    defined = frame.definitions.custom_effects.get(effect_id)
    if defined is None:
        return name, as_json(dict(given))
    return defined.definition.name, defined.payload(given)


def _id(effect_id: Decimal) -> int:
    if effect_id != effect_id.to_integral_value():
        raise ExpressionError(f"{effect_id} is not the id of a custom effect")
    return int(effect_id)


_PER_ITEM_DOC = (
    "Tell the shop to do something of its own with each item of a list: the effect's id and name, and a block that "
    "gives, for one item and as a map, the parameters of a custom effect of the account, or the payload."
)
_DOC = (
    "Tell the shop to do something of its own: the effect's id and name and, as a map, the parameters of a custom "
    "effect of the account. Where the account has defined none with this id, the map is the payload."
)
_PER_BUNDLE_ITEM_DOC = (
    "Tell the shop to do something of its own with each item of each bundle of a list: the effect's id and name, and a "
    "block that gives, for one item and as a map, the parameters of a custom effect of the account, or the payload."
)

_EXAMPLES = (
    Example(["customEffect", 9, "wrap"], [{"effectId": 9, "name": "wrap", "payload": {}}]),
    Example(
        ["customEffect", 9, "wrap", ["kv", ["paper", "red"]]],
        [{"effectId": 9, "name": "wrap", "payload": {"paper": "red"}}],
    ),
)
_CART: Json = [".", "Session", "CartItems"]
_SKU: Json = [["Item"], ["kv", ["sku", [".", "Item", "SKU"]]]]
_HATS: tuple[dict[str, Json], ...] = (
    {"payload": {"sku": "hat"}, "cartItemPosition": 0, "cartItemSubPosition": 0},
    {"payload": {"sku": "hat"}, "cartItemPosition": 0, "cartItemSubPosition": 1},
)

CUSTOM_EFFECT = Effect(
    name="customEffect",
    props=CustomEffectProps,
    doc="Something that only this shop knows how to do, with its payload.",
    functions=(
        Function("customEffect(Decimal, String)Null", custom_effect, _DOC, _EXAMPLES, needs_frame=True),
        Function("customEffect(Decimal, String, Map)Null", custom_effect, _DOC, _EXAMPLES, needs_frame=True),
        Function(
            "customEffectPerItem(List, Decimal, String, Token)Null",
            custom_effect_per_item,
            _PER_ITEM_DOC,
            (Example(["customEffectPerItem", _CART, 9, "wrap", _SKU], [*_HATS]),),
            needs_frame=True,
            binds=each_element,
            body=Kind.MAP,
            refuses=refuse_no_items,
        ),
        Function(
            "customEffectPerBundleItem(List, Decimal, String, Token)Null",
            custom_effect_per_bundle_item,
            _PER_BUNDLE_ITEM_DOC,
            (
                Example(
                    ["customEffectPerBundleItem", ["bundle", "Pair", _CART, 2], 9, "wrap", _SKU],
                    [hat | {"bundleIndex": 0, "bundleName": "Pair"} for hat in _HATS],
                ),
            ),
            needs_frame=True,
            binds=each_item,
            body=Kind.MAP,
            refuses=refuse_no_bundles,
        ),
    ),
)
