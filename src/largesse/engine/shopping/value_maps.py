"""Value maps: a campaign's own number for each of many SKUs, such as a price or a percentage.

A map may hold half a million SKUs, so that rules are only told of those in the cart. Source: rule language, section 12.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from largesse.language import Reads

MAPPED_ITEMS = "Value_map_items"
"""The list that a campaign with a value map can read without defining it: the items of the cart that are in the map."""

VALUE_MAP_FILTER = "valueMapFilter"

_MAPPED_VALUE = "Item.MappedValue"

Mapped: TypeAlias = Mapping[str, Decimal]
"""Values by SKU."""


def maps_values(reads: Reads) -> bool:
    """Whether rules want to know which value an item has in the campaign's map."""
    return _MAPPED_VALUE in reads.fields or VALUE_MAP_FILTER.lower() in reads.functions
