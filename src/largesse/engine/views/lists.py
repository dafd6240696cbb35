"""Lists of items and of bundles, told from all other lists: when a rule is saved where types tell, else when it
runs."""

from collections.abc import Sequence

from largesse.engine.views.bundle import BundleView, item_of
from largesse.engine.views.items import Unit
from largesse.language import ANY, ExpressionError, Known, ListType, RecordType, Type, Value

NO_ITEMS = "this takes a list of cart items"
NO_BUNDLES = "this takes a list of bundles, as `bundle` gives it"


def only_items(values: Sequence[Value]) -> Sequence[Unit]:
    """A list of items; raises ExpressionError for a list of anything else."""
    for each in values:
        if not isinstance(each, Unit):
            raise ExpressionError(NO_ITEMS)
    return values  # type: ignore[return-value]  # looked at just above


def only_bundles(values: Sequence[Value]) -> Sequence[BundleView]:
    """A list of bundles; raises ExpressionError for a list of anything else."""
    for each in values:
        if not isinstance(each, BundleView):
            raise ExpressionError(NO_BUNDLES)
    return values  # type: ignore[return-value]  # looked at just above


def may_hold_items(type_: Type) -> bool:
    """Whether a value of this type may be a list of items."""
    if not isinstance(type_, ListType):
        return type_ == ANY
    return type_.element == ANY or (isinstance(type_.element, RecordType) and type_.element.name == "Item")


def refuse_no_items(arguments: tuple[Known, ...]) -> str | None:
    """Refuse a first argument that surely is no list of items."""
    return None if may_hold_items(arguments[0].type) else NO_ITEMS


def refuse_no_bundles(arguments: tuple[Known, ...]) -> str | None:
    """Refuse a first argument that surely is no list of bundles."""
    listed = arguments[0].type
    surely_not = isinstance(listed, ListType) and listed.element != ANY and item_of(listed) is None
    return NO_BUNDLES if surely_not else None


def each_item(types: tuple[Type, ...]) -> tuple[Type, ...]:
    """The BindRule of blocks that receive an item of a bundle."""
    return (item_of(types[0]) or ANY,)
