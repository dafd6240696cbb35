"""setDiscountPerItem, in bundles: an amount off items of each bundle, or one amount shared out over each bundle."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import UNSET

from largesse.engine.effects.literals import only
from largesse.engine.effects.set_discount_per_item import SCOPES, BundleMarks, set_discount_per_item
from largesse.engine.effects.set_discount_per_item_pro_rata import set_discount_per_item_pro_rata
from largesse.engine.frame import EvaluationFrame
from largesse.engine.views.bundle import BundleView, is_targeted
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import each_item, only_bundles, refuse_no_bundles
from largesse.language import Example, Function, Json, Kind, Known, Type, Value, each_element


def set_discount_per_bundle_item(
    frame: EvaluationFrame,
    bundles: Sequence[Value],
    name: str,
    amount_of: Callable[[Unit], Decimal],
    scope: str = "",
    partial: bool | None = None,
) -> None:
    """Take off each item of each bundle, or off the one that is meant, what `amount_of` gives for it."""
    for bundle in only_bundles(bundles):
        items = bundle.items if bundle.target is None else (bundle.target,)
        if _is_free(frame, items):
            set_discount_per_item(frame, items, name, amount_of, scope, partial, _marks(bundle))


def set_discount_per_bundle_pro_rata(
    frame: EvaluationFrame,
    bundles: Sequence[Value],
    name: str,
    amount_of: Callable[[BundleView | Unit], Decimal],
    partial: bool | None = None,
) -> None:
    """Share out over the items of each bundle what `amount_of` gives for the bundle, or for the item that is meant."""
    for bundle in only_bundles(bundles):
        if _is_free(frame, bundle.items):
            amount = amount_of(bundle if bundle.target is None else bundle.target)
            set_discount_per_item_pro_rata(frame, bundle.items, name, amount, partial, _marks(bundle))


def _is_free(frame: EvaluationFrame, items: Sequence[Unit]) -> bool:
    """Whether all of these items may be discounted: what is one bundle is discounted as a whole or not at all."""
    return len(frame.state.discountable(items)) == len(items)


def _marks(bundle: BundleView) -> BundleMarks:
    target = bundle.target
    return BundleMarks(
        int(bundle.index),
        bundle.name,
        UNSET if target is None else target.index,
        UNSET if target is None else target.sub_index,
    )


def _each_bundle(types: tuple[Type, ...]) -> tuple[Type, ...]:
    return each_item(types) if is_targeted(types[0]) else each_element(types)


def _refuse(arguments: tuple[Known, ...]) -> str | None:
    return refuse_no_bundles(arguments) or only(3, SCOPES, "a scope")(arguments)


_ITEM_DOC = (
    "Take an amount off each item of each bundle of a list or, after `targetItem`, off that one item of each: either a "
    "block that computes the amount for one item, or one amount for all."
)
_PRO_RATA_DOC = (
    "Take one amount off the items of each bundle of a list together, each by its share of their prices: either a "
    "block that computes the amount for a bundle or, after `targetItem`, for that item of it, or one amount for all."
)

_PAIRS: Json = ["bundle", "Pair", [".", "Session", "CartItems"], 2]
_OF_PAIR: dict[str, Json] = {"name": "Pair#0", "bundleIndex": 0, "bundleName": "Pair"}
_ITEM_EXAMPLE = Example(
    ["setDiscountPerBundleItem", _PAIRS, "Pair", [["Item"], ["/", [".", "Item", "Price"], 2]]],
    [_OF_PAIR | {"value": 5, "subPosition": 0}, _OF_PAIR | {"value": 5, "subPosition": 1}],
)
_PRO_RATA_EXAMPLE = Example(
    ["setDiscountPerBundleProRata", _PAIRS, "Pair", 4],
    [_OF_PAIR | {"value": 2, "subPosition": 0}, _OF_PAIR | {"value": 2, "subPosition": 1}],
)


def _functions() -> Iterator[Function]:
    for options in ("", ", String", ", String, Boolean"):
        yield Function(
            f"setDiscountPerBundleItem(List, String, Decimal|Token{options})Null",
            set_discount_per_bundle_item,
            _ITEM_DOC,
            (_ITEM_EXAMPLE,),
            needs_frame=True,
            binds=each_item,
            body=Kind.DECIMAL,
            refuses=_refuse,
        )
    for options in ("", ", Boolean"):
        yield Function(
            f"setDiscountPerBundleProRata(List, String, Decimal|Token{options})Null",
            set_discount_per_bundle_pro_rata,
            _PRO_RATA_DOC,
            (_PRO_RATA_EXAMPLE,),
            needs_frame=True,
            binds=_each_bundle,
            body=Kind.DECIMAL,
            refuses=refuse_no_bundles,
        )


DISCOUNT_BUNDLE_FUNCTIONS = tuple(_functions())
