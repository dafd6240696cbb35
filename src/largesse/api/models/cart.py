"""Carts on the wire, both as shops send them and as they see them again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.engine.attributes import JSON
from largesse.engine.money import ZERO
from largesse.engine.shopping import cart
from largesse.engine.shopping.additional_costs import AdditionalCost as Cost
from largesse.plumbing.http.codec import Omittable, given

# Clients send whole carts back: what only we can know is described as such, and ignored where it comes in.
READ_ONLY = {"readOnly": True}

ReadInt = Annotated[int, Meta(extra_json_schema=READ_ONLY)]
ReadText = Annotated[str, Meta(extra_json_schema=READ_ONLY)]
ReadTime = Annotated[datetime, Meta(extra_json_schema=READ_ONLY)]
ReadUuid = Annotated[UUID, Meta(extra_json_schema=READ_ONLY)]
# The contract calls positions numbers; they are whole.
ReadPosition = Annotated[int, Meta(extra_json_schema={**READ_ONLY, "type": "number"})]


class AdditionalCost(Struct, frozen=True, kw_only=True, rename="camel"):
    """What one additional cost comes to [IA AdditionalCost]."""

    price: Decimal


class Product(Struct, frozen=True, kw_only=True, rename="camel"):
    """The product an item belongs to [IA Product]."""

    name: str


class PriceDetail(Struct, frozen=True, kw_only=True, rename="camel"):
    """One of several prices of an item [IA PriceDetail]."""

    price: Annotated[Decimal, Meta(extra_json_schema={"format": "float"})] | UnsetType = UNSET
    adjustment_context_id: str | UnsetType = UNSET
    adjustment_reference_id: UUID | UnsetType = UNSET
    adjustment_effective_from: datetime | UnsetType = UNSET
    adjustment_effective_until: datetime | UnsetType = UNSET


ReadPrices = Annotated[dict[str, PriceDetail], Meta(extra_json_schema=READ_ONLY)]


class CartItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """One line of a cart [IA CartItem]; `price` may only be left out where a catalog knows it."""

    name: Omittable[str] = UNSET
    sku: Annotated[str, Meta(min_length=1)]
    quantity: Annotated[int, Meta(extra_json_schema={"minimum": 1})]
    returned_quantity: Omittable[ReadInt] = UNSET
    remaining_quantity: Omittable[ReadInt] = UNSET
    price: Omittable[Decimal] = UNSET
    category: Omittable[str] = UNSET
    product: Omittable[Product] = UNSET
    weight: Omittable[Decimal] = UNSET
    height: Omittable[Decimal] = UNSET
    width: Omittable[Decimal] = UNSET
    length: Omittable[Decimal] = UNSET
    position: Omittable[ReadPosition] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    additional_costs: Omittable[dict[str, AdditionalCost]] = UNSET
    catalog_item_id: Omittable[ReadInt] = field(default=UNSET, name="catalogItemID")
    selected_price_type: Omittable[ReadText] = UNSET
    adjustment_reference_id: Omittable[ReadUuid] = UNSET
    adjustment_effective_from: Omittable[ReadTime] = UNSET
    adjustment_effective_until: Omittable[ReadTime] = UNSET
    prices: Omittable[ReadPrices] = UNSET


def show_costs(costs: Mapping[str, Cost]) -> dict[str, AdditionalCost]:
    """Additional costs as callers see them."""
    return {name: AdditionalCost(price=cost.price) for name, cost in costs.items()}


def show_item(item: cart.CartItem, position: int) -> CartItem:
    """One line as callers see it; `position` counts from 0."""
    return CartItem(
        name=UNSET if item.name is None else item.name,
        sku=item.sku,
        quantity=item.quantity,
        returned_quantity=item.returned_quantity,
        remaining_quantity=item.remaining_quantity,
        price=item.price,
        category=UNSET if item.category is None else item.category,
        product=UNSET if item.product is None else Product(name=item.product.name),
        weight=UNSET if item.weight is None else item.weight,
        height=UNSET if item.height is None else item.height,
        width=UNSET if item.width is None else item.width,
        length=UNSET if item.length is None else item.length,
        position=position,
        attributes=item.attributes,
        additional_costs=show_costs(item.additional_costs),
        catalog_item_id=UNSET if item.catalog_item_id is None else item.catalog_item_id,
        **_show_prices(item),
    )


def _show_prices(item: cart.CartItem) -> dict[str, Any]:
    """The fields about the prices of an item that has several."""
    if item.selected_price_type is None:
        return {}
    prices = {name: _show_price(price) for name, price in item.prices.items()}
    selected = prices[item.selected_price_type]
    return {
        "selected_price_type": item.selected_price_type,
        "adjustment_reference_id": selected.adjustment_reference_id,
        "adjustment_effective_from": selected.adjustment_effective_from,
        "adjustment_effective_until": selected.adjustment_effective_until,
        "prices": prices,
    }


def _show_price(price: cart.Price) -> PriceDetail:
    return PriceDetail(
        price=price.price,
        adjustment_context_id=price.context_id or UNSET,
        adjustment_reference_id=show_reference(price.reference_id),
        adjustment_effective_from=UNSET if price.effective_from is None else price.effective_from,
        adjustment_effective_until=UNSET if price.effective_until is None else price.effective_until,
    )


def show_reference(text: str) -> UUID | UnsetType:
    """The reference of an adjustment: published as a UUID in answers, and as any text where it is sent."""
    try:
        return UUID(text)
    except ValueError:
        return UNSET


def read_costs(costs: Mapping[str, AdditionalCost]) -> dict[str, Cost]:
    """Additional costs as the engine wants them."""
    return {name: Cost(cost.price) for name, cost in costs.items()}


def read_item(item: CartItem) -> cart.CartItem:
    """A line as the engine wants it; a missing price becomes 0, so name it among the `unpriced` too."""
    product = given(item.product)
    return cart.CartItem(
        sku=item.sku,
        quantity=item.quantity,
        price=given(item.price) or ZERO,
        name=given(item.name),
        category=given(item.category),
        product=None if product is None else cart.Product(product.name),
        weight=given(item.weight),
        height=given(item.height),
        width=given(item.width),
        length=given(item.length),
        attributes=given(item.attributes) or {},
        additional_costs=read_costs(given(item.additional_costs) or {}),
    )


def unpriced(items: Iterable[CartItem]) -> tuple[int, ...]:
    """The positions of the items that leave their price to the catalog."""
    return tuple(position for position, item in enumerate(items) if given(item.price) is None)
