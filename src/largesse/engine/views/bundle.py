"""A bundle as rules see it: the items that were put together, and perhaps the one of them that is meant."""

from decimal import Decimal

from msgspec import Struct

from largesse.engine.money import total
from largesse.engine.views.items import Unit
from largesse.language import DECIMAL, STRING, Field, ListType, RecordType, Type, record

BUNDLE, TARGETED = "Bundle", "TargetedBundle"
"""Names of the record types: with a targeted item, what is computed for a bundle is computed from that item."""


class BundleView(Struct, frozen=True):
    """One bundle of a definition; `index` counts from 0 among the bundles of that definition."""

    name: str
    index: Decimal
    items: tuple[Unit, ...]
    target: Unit | None = None

    @property
    def total(self) -> Decimal:
        """What its items cost."""
        return total([item.price * item.quantity for item in self.items])


def bundle_record(item: Type, name: str = BUNDLE) -> RecordType:
    """The fields of a bundle of such items."""
    return record(
        name,
        Field("Items", ListType(item), "items", doc="Items of the bundle, in the order of its definition"),
        Field("Index", DECIMAL, "index", doc="Index among the bundles of one definition, from 0"),
        Field("Name", STRING, "name", doc="Name of the definition"),
        Field("Total", DECIMAL, "total", doc="What the items cost together", varies=True),
    )


def item_of(bundles: Type) -> Type | None:
    """The type of the items in a list of bundles, None where it is no such list."""
    element = bundles.element if isinstance(bundles, ListType) else None
    if not isinstance(element, RecordType) or element.name not in (BUNDLE, TARGETED):
        return None
    items = element.fields["items"].type
    return items.element if isinstance(items, ListType) else None


def is_targeted(bundles: Type) -> bool:
    """Whether each bundle of a list has a targeted item."""
    return (
        isinstance(bundles, ListType) and isinstance(bundles.element, RecordType) and bundles.element.name == TARGETED
    )
