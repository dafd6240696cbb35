"""Putting items of the cart together, and choosing one of each bundle."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import structs

from largesse.engine.shopping.bundles import SLOTS_MAX, assemble
from largesse.engine.views.bundle import TARGETED, BundleView, bundle_record, item_of
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import each_item, may_hold_items, only_bundles, only_items, refuse_no_bundles
from largesse.language import (
    ANY,
    Example,
    ExpressionError,
    Function,
    Json,
    Known,
    ListType,
    RecordType,
    Type,
    Value,
)
from largesse.language.functions.selections import in_order


def bundles_of(name: str, *slots: Value) -> list[BundleView]:
    """All bundles that the cart allows; `slots` are a list of items and a number, again and again."""
    lists = [_items(each) for each in slots[::2]]
    numbers = [_number(each) for each in slots[1::2]]
    if len(lists) != len(numbers) or len(lists) > SLOTS_MAX:
        raise ExpressionError(_SHAPE)
    made = assemble(list(zip(lists, numbers, strict=True)))
    return [BundleView(name, Decimal(index), items) for index, items in enumerate(made)]


def target_at(bundles: Sequence[Value], index: Decimal) -> list[BundleView]:
    """The bundles, each with the item at this place as the one that is meant."""
    return [structs.replace(each, target=_at(each, index)) for each in only_bundles(bundles)]


def target_by(bundles: Sequence[Value], key_of: Callable[[Unit], Value], highest: bool) -> list[BundleView]:
    """The bundles, each with the item that is first by what the block gives as the one that is meant."""
    return [
        structs.replace(each, target=in_order([*each.items], key_of, highest)[0])  # type: ignore[arg-type]  # items in, items out
        for each in only_bundles(bundles)
    ]


def _items(value: Value) -> Sequence[Unit]:
    if not isinstance(value, list | tuple):
        raise ExpressionError(_SHAPE)
    return only_items(value)


def _number(value: Value) -> int:
    if not isinstance(value, Decimal | int) or value < 1 or value != int(value):
        raise ExpressionError(f"a bundle takes a whole number of items from each list, not {value}")
    return int(value)


def _at(bundle: BundleView, index: Decimal) -> Unit:
    if index < 0 or index >= len(bundle.items) or index != int(index):
        raise ExpressionError(f'the bundle "{bundle.name}" has no item at {index}')
    return bundle.items[int(index)]


def _refuse_other_slots(arguments: tuple[Known, ...]) -> str | None:
    lists, numbers = arguments[1::2], arguments[2::2]
    if len(lists) != len(numbers) or not all(may_hold_items(each.type) for each in lists):
        return _SHAPE
    if len(lists) > SLOTS_MAX:
        return f"a bundle may be made of {SLOTS_MAX} lists"
    for number in numbers:
        if isinstance(number.value, Decimal) and (number.value < 1 or number.value != int(number.value)):
            return f"a bundle takes a whole number of items from each list, not {number.value}"
    return _SHAPE if any(isinstance(each.type, ListType) for each in numbers) else None


def _bundles_type(types: tuple[Type, ...]) -> Type:
    lists = [type_ for type_ in types if isinstance(type_, ListType) and isinstance(type_.element, RecordType)]
    return ListType(bundle_record(lists[0].element if lists else ANY))


def _targeted_type(types: tuple[Type, ...]) -> Type:
    return ListType(bundle_record(item_of(types[0]) or ANY, TARGETED))


_SHAPE = "a bundle is a name and then, again and again, a list of cart items and how many of them it takes"

_TARGET_DOC = (
    "The bundles, each with one of its items as the one that a discount is on, or is computed from: the item at an "
    "index from 0, or the one for which the block gives the highest (true) or lowest value, the first of equal ones."
)

_PAIRS: Json = ["bundle", "Pair", [".", "Session", "CartItems"], 2]

BUNDLE_FUNCTIONS = (
    Function(
        "bundle(String, List, Decimal, List|Decimal...)List",
        bundles_of,
        "All bundles that can be put together from lists of cart items, each list with the number of items a bundle "
        "takes of it. Filled one after the other in list order; no item is in two of them. A binding with this "
        "expression also brings the variable `Count (<its name>)`.",
        (Example(["count", ["bundle", "Pair", [".", "Session", "CartItems"], 2]], 1),),
        result=_bundles_type,
        refuses=_refuse_other_slots,
    ),
    Function(
        "targetItem(List, Decimal)List",
        target_at,
        _TARGET_DOC,
        (Example(["count", ["targetItem", _PAIRS, 0]], 1),),
        result=_targeted_type,
        refuses=refuse_no_bundles,
    ),
    Function(
        "targetItem(List, Token, Boolean)List",
        target_by,
        _TARGET_DOC,
        (Example(["count", ["targetItem", _PAIRS, [["Item"], [".", "Item", "Price"]], True]], 1),),
        result=_targeted_type,
        binds=each_item,
        refuses=refuse_no_bundles,
    ),
)
