"""`Session.CartItems`: the items of a cart, one for each unit where cart items are flattened."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.money import ZERO, total
from largesse.engine.shopping.cart import CartItem, Price, Product
from largesse.engine.views.values import COSTS, custom_attributes, rule_values
from largesse.language import DECIMAL, STRING, TIME, Field, MapType, RecordType, record

PRODUCT = record("Product", Field("Name", STRING, "name", doc="Item product"))
PRICES = MapType(record("Price", Field("Price", DECIMAL, "price", doc="Price of this type")))


class Unit:
    """One item as rules see it: a single unit of a line where cart items are flattened, else the whole line.

    `index` is its line in the cart and `sub_index` the unit of that line, both from 0, as effects name them. `price`
    and `cost_total` (its additional costs) are what is left of them after cascading discounts, `mapped_value` is what
    the value map of the campaign at work has for it, where its rules ask. What few rules read is looked up in its line
    when they do: carts have a thousand of these.
    """

    __slots__ = (
        "additional_costs",
        "attributes",
        "category",
        "cost_total",
        "index",
        "line",
        "mapped_value",
        "price",
        "quantity",
        "sku",
        "sub_index",
    )

    def __init__(
        self, line: CartItem, attributes: dict[str, JSON], index: int, sub_index: int | UnsetType, quantity: int
    ) -> None:
        self.line = line
        self.index = index
        self.sub_index = sub_index
        self.quantity = Decimal(quantity)
        self.sku = line.sku
        self.category = line.category
        self.price = line.price
        self.attributes = attributes
        self.mapped_value: Decimal | None = None
        self.additional_costs = line.additional_costs
        self.cost_total = (
            total([cost.price for cost in line.additional_costs.values()]) if line.additional_costs else ZERO
        )

    @property
    def position(self) -> Decimal:
        """Its line in the cart, from 0."""
        return Decimal(self.index)

    @property
    def sub_position(self) -> Decimal | None:
        """The unit of its line, from 0."""
        return None if self.sub_index is UNSET else Decimal(self.sub_index)

    @property
    def returned_quantity(self) -> Decimal:
        """Units of its line that were returned."""
        return Decimal(self.line.returned_quantity)

    @property
    def remaining_quantity(self) -> Decimal:
        """Units of its line that were not returned."""
        return Decimal(self.line.remaining_quantity)

    @property
    def name(self) -> str | None:
        """Its name."""
        return self.line.name

    @property
    def product(self) -> Product | None:
        """The product it belongs to."""
        return self.line.product

    @property
    def weight(self) -> Decimal | None:
        """In grams."""
        return self.line.weight

    @property
    def height(self) -> Decimal | None:
        """In millimetres."""
        return self.line.height

    @property
    def width(self) -> Decimal | None:
        """In millimetres."""
        return self.line.width

    @property
    def length(self) -> Decimal | None:
        """In millimetres."""
        return self.line.length

    @property
    def catalog_item_id(self) -> Decimal | None:
        """Its id in the catalog."""
        return None if self.line.catalog_item_id is None else Decimal(self.line.catalog_item_id)

    @property
    def selected_price_type(self) -> str | None:
        """The type of the price that it has."""
        return self.line.selected_price_type

    @property
    def prices(self) -> Mapping[str, Price]:
        """Prices that the customer may have, by type."""
        return self.line.prices

    @property
    def adjustment_reference_id(self) -> str | None:
        """What its price was adjusted for."""
        return None if self._selected is None else self._selected.reference_id or None

    @property
    def adjustment_effective_from(self) -> datetime | None:
        """When its price was adjusted."""
        return None if self._selected is None else self._selected.effective_from

    @property
    def adjustment_effective_until(self) -> datetime | None:
        """Until when its price stays adjusted."""
        return None if self._selected is None else self._selected.effective_until

    @property
    def _selected(self) -> Price | None:
        chosen = self.line.selected_price_type
        return None if chosen is None else self.line.prices[chosen]

    @property
    def place(self) -> tuple[int, int | None]:
        """Which item it is: its line and, where cart items are flattened, its unit."""
        return self.index, None if self.sub_index is UNSET else self.sub_index


def units_of(items: tuple[CartItem, ...], flattened: bool, definitions: AttributeDefinitions) -> list[Unit]:
    """The items of a cart as rules see them, without the units already returned (those of the lowest sub-positions)."""
    units: list[Unit] = []
    for index, line in enumerate(items):
        attributes = rule_values("CartItem", line.attributes, definitions)
        if flattened:
            units += [
                Unit(line, attributes, index, sub_index, 1)
                for sub_index in range(line.returned_quantity, line.quantity)
            ]
        elif line.remaining_quantity:
            units.append(Unit(line, attributes, index, UNSET, line.remaining_quantity))
    return units


def item_record(definitions: AttributeDefinitions, cascading: bool, updating: bool) -> RecordType:
    """The fields of an item; with `cascading` discounts its price varies while rules run, with rules `updating` items
    its attributes do."""
    return record(
        "Item",
        Field("Price", DECIMAL, "price", doc="Price of item", varies=cascading),
        Field("SKU", STRING, "sku", doc="SKU of item"),
        Field("Quantity", DECIMAL, "quantity", doc="Quantity of item, 1 where cart items are flattened"),
        Field("ReturnedQuantity", DECIMAL, "returned_quantity", doc="Units of its line that were returned"),
        Field("RemainingQuantity", DECIMAL, "remaining_quantity", doc="Units of its line that were not returned"),
        Field("Name", STRING, "name", optional=True, doc="Name of item"),
        Field("Category", STRING, "category", optional=True, doc="Item category"),
        Field("Product", PRODUCT, "product", optional=True, doc="Item product"),
        Field("Weight", DECIMAL, "weight", optional=True, doc="Weight in grams"),
        Field("Height", DECIMAL, "height", optional=True, doc="Height in millimetres"),
        Field("Width", DECIMAL, "width", optional=True, doc="Width in millimetres"),
        Field("Length", DECIMAL, "length", optional=True, doc="Length in millimetres"),
        Field("Position", DECIMAL, "position", doc="Index of the line in the cart, from 0"),
        Field("SubPosition", DECIMAL, "sub_position", optional=True, doc="Index of the unit in its line, from 0"),
        Field("CatalogItemID", DECIMAL, "catalog_item_id", optional=True, doc="Id of the item in the catalog"),
        Field("SelectedPriceType", STRING, "selected_price_type", optional=True, doc="Price Type"),
        Field("Prices", PRICES, "prices", doc="Prices the customer may have, by price type"),
        Field("AdjustmentReferenceId", STRING, "adjustment_reference_id", optional=True, doc="Price Adjustment ID"),
        Field("AdjustmentEffectiveFrom", TIME, "adjustment_effective_from", optional=True, doc="Its start date"),
        Field("AdjustmentEffectiveUntil", TIME, "adjustment_effective_until", optional=True, doc="Its end date"),
        Field(
            "MappedValue",
            DECIMAL,
            "mapped_value",
            optional=True,
            doc="Mapped Value: what the campaign's value map has for the SKU",
            varies=True,
        ),
        Field("AdditionalCosts", COSTS, "additional_costs", doc="Additional costs of one unit by name"),
        custom_attributes("CartItem", definitions, varies=updating),
    )
