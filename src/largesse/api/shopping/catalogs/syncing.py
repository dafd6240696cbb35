"""From the actions of a synchronization to what is done with the catalog, with all that is wrong with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from largesse.api.integration_ids import too_long
from largesse.api.models.cart import Product
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.api.shopping.catalogs.actions import (
    Add,
    AddPriceAdjustmentCatalogAction,
    CatalogAction,
    CatalogActionFilter,
    NewPriceAdjustment,
    Patch,
    PatchMany,
    RemoveMany,
)
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge, show
from largesse.engine.refusals import INVALID_TYPE, INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_LONG, TOO_MANY, UNKNOWN
from largesse.engine.shopping.catalogs import ADJUSTMENTS_MAX, CATALOG_ATTRIBUTES_MAX
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.shopping.catalogs import Adjustment, SentItem

COMPARISONS = frozenset({"LT", "LE", "GT", "GE"})

Filter = Mapping[str, JSON]


class ManyItems(Struct, frozen=True):
    """What is done with all items of which every filter holds."""

    filters: tuple[Filter, ...]
    price: Decimal | None = None
    attributes: dict[str, JSON] = {}


class ActionReader:
    """Reads the actions of one request; `settle` tells what was wrong with them."""

    def __init__(self, definitions: AttributeDefinitions) -> None:
        self._definitions = definitions
        self._skus: set[str] = set()
        self._errors: list[FieldError] = []

    def settle(self) -> None:
        """Raises `Invalid` if anything was wrong."""
        refuse_if_any(self._errors)

    def check_types(self, actions: Sequence[CatalogAction]) -> None:
        """All actions must be of the type of the first."""
        for index, action in enumerate(actions):
            if type(action) is not type(actions[0]):
                self._add(INVALID_VALUE, "all actions of a request must be of one type", f"/actions/{index}/type")

    def item(self, index: int, action: Add | Patch) -> SentItem:
        """The item that an action adds or changes; null among its attributes clears one where it is changed."""
        payload, where = action.payload, f"/actions/{index}/payload"
        self.sku(index, payload.sku)
        attributes = self._attributes(given(payload.attributes), where)
        product: Product | None = given(payload.product)
        return SentItem(
            payload.sku,
            self._price(payload.price, where),
            None if product is None else product.name,
            merge({}, attributes) if isinstance(action, Add) else attributes,
        )

    def sku(self, index: int, sku: str) -> str:
        """A SKU, named once in the whole request."""
        where = f"/actions/{index}/payload/sku"
        if not sku:
            self._add(REQUIRED, "sku must not be empty", where)
        elif details := too_long(sku):
            self._add(TOO_LONG, details, where)
        elif sku in self._skus:
            self._add(INVALID_VALUE, f'the SKU "{sku}" is named twice', where)
        self._skus.add(sku)
        return sku

    def many(self, index: int, action: PatchMany | RemoveMany) -> ManyItems:
        """Which items an action is about, and what it does with them."""
        where = f"/actions/{index}/payload"
        filters = tuple(self._filters(given(action.payload.filters) or (), f"{where}/filters"))
        if isinstance(action, RemoveMany):
            return ManyItems(filters)
        price = self._price(action.payload.price, where)
        return ManyItems(filters, price, self._attributes(given(action.payload.attributes), where))

    def adjustments(
        self,
        index: int,
        payload: AddPriceAdjustmentCatalogAction,
        known: Collection[str],
        types: Collection[str],
        now: datetime,
    ) -> list[Adjustment]:
        """The prices that an action gives to an item, if the catalog knows it and their types."""
        where = f"/actions/{index}/payload"
        sku = self.sku(index, payload.sku)
        if sku and sku not in known:
            self._add(UNKNOWN, f'The catalog has no item "{show(sku)}"', f"{where}/sku")
        if not 1 <= len(payload.adjustments) <= ADJUSTMENTS_MAX:
            details = f"adjustments must hold from 1 to {ADJUSTMENTS_MAX}"
            self._add(OUT_OF_RANGE, details, f"{where}/adjustments")
            return []
        return [
            self._adjustment(sku, each, types, now, f"{where}/adjustments/{number}")
            for number, each in enumerate(payload.adjustments)
        ]

    def _adjustment(
        self, sku: str, sent: NewPriceAdjustment, types: Collection[str], now: datetime, where: str
    ) -> Adjustment:
        price: Decimal | None = given(sent.price)
        start: datetime | None = given(sent.effective_from)
        end: datetime | None = given(sent.effective_until)
        if sent.price_type not in types:
            self._add(UNKNOWN, f'The catalog has no price type "{show(sent.price_type)}"', f"{where}/priceType")
        if price is not None and price < 0:
            self._add(OUT_OF_RANGE, "price must not be negative", f"{where}/price")
        if start is not None and end is not None and end <= start:
            self._add(INVALID_VALUE, "effectiveUntil must be after effectiveFrom", f"{where}/effectiveUntil")
        context: str | None = given(sent.context_id)
        at: datetime | None = given(sent.calculated_at)
        return Adjustment(sku, sent.price_type, price, sent.reference_id, context or "", at or now, start, end)

    def _price(self, sent: Omittable[Decimal], where: str) -> Decimal | None:
        price: Decimal | None = given(sent)
        if price is not None and price < 0:
            self._add(OUT_OF_RANGE, "price must not be negative", f"{where}/price")
        return price

    def _attributes(self, sent: dict[str, JSON] | None, where: str) -> dict[str, JSON]:
        if not sent:
            return {}
        if len(sent) > CATALOG_ATTRIBUTES_MAX:
            details = f"attributes must not hold more than {CATALOG_ATTRIBUTES_MAX}"
            self._add(TOO_MANY, details, f"{where}/attributes")
        accepted, refusals = accept("CartItem", sent, self._definitions, f"{where}/attributes")
        self._errors += errors_of(refusals)
        return accepted

    def _filters(self, sent: Iterable[CatalogActionFilter], where: str) -> Iterable[Filter]:
        for index, each in enumerate(sent):
            definition = self._definitions.of("CartItem").get(each.attr)
            if definition is None:
                self._add(UNKNOWN, f'The catalog has no attribute "{each.attr}"', f"{where}/{index}/attr")
                continue
            is_number = definition.type == "number"
            value: JSON = each.value
            if each.op in COMPARISONS and not is_number:
                details = f"{each.op} compares numbers, and {each.attr} is none"
                self._add(INVALID_VALUE, details, f"{where}/{index}/op")
            elif each.op == "IN":
                value = self._listed(value, f"{where}/{index}/value", is_number=is_number)
            elif is_number and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
                self._add(INVALID_TYPE, "value must be a number", f"{where}/{index}/value")
            yield {"attr": each.attr, "op": each.op, "value": value}

    def _listed(self, value: JSON, where: str, *, is_number: bool) -> list[JSON]:
        """The values of IN: a list, or one text with commas between them."""
        parts: list[JSON] = value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
        if not is_number:
            return parts
        try:
            return [Decimal(str(part)) for part in parts]
        except InvalidOperation:
            self._add(INVALID_TYPE, "value must be numbers separated by commas", where)
            return []

    def _add(self, title: str, details: str, pointer: str) -> None:
        self._errors.append(at_pointer(title, details, pointer))
