"""Items that have a value in the campaign's value map."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from largesse.engine.frame import EvaluationFrame
from largesse.engine.shopping.value_maps import VALUE_MAP_FILTER
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import only_items, refuse_no_items
from largesse.language import UNSET, Example, ExpressionError, Function, Known, Type, Value


def value_map_filter(frame: EvaluationFrame, items: Sequence[Value], map_id: Decimal) -> list[Unit]:
    """Those of the items that the map has a value for; which value, their `MappedValue` says."""
    if frame.definitions.value_maps.get(frame.campaign.id) != map_id:
        raise ExpressionError(_unknown(map_id))
    return [unit for unit in only_items(items) if unit.mapped_value is not None]


def refuse_unknown_map(arguments: tuple[Known, ...], known: Collection[int]) -> str | None:
    """Refuse a value map that no campaign of the Application has."""
    map_id = arguments[1].value
    return None if map_id is UNSET or map_id in known else _unknown(map_id)


def _unknown(map_id: object) -> str:
    return f"the campaign has no value map {map_id}"


def _same_list(types: tuple[Type, ...]) -> Type:
    return types[0]


VALUE_MAP_FUNCTIONS = (
    Function(
        f"{VALUE_MAP_FILTER}(List, Decimal)List",
        value_map_filter,
        "Those of the items whose SKU is in the campaign's value map, given by its id. The value itself is "
        "`Item.MappedValue`. A campaign with a value map can also read the items of the cart that are in it as "
        "`Value_map_items`.",
        (Example(["count", [VALUE_MAP_FILTER, [".", "Session", "CartItems"], 1]], 2),),
        needs_frame=True,
        result=_same_list,
        refuses=refuse_no_items,
    ),
)
