"""Carts on the wire, both as shops send them and as they see them again."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON

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


class CartItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """One line of a cart [IA CartItem]; `price` may only be left out where a catalog knows it."""

    name: str | None | UnsetType = UNSET
    sku: Annotated[str, Meta(min_length=1)]
    quantity: Annotated[int, Meta(extra_json_schema={"minimum": 1})]
    returned_quantity: ReadInt | None | UnsetType = UNSET
    remaining_quantity: ReadInt | None | UnsetType = UNSET
    price: Decimal | None | UnsetType = UNSET
    category: str | None | UnsetType = UNSET
    product: Product | None | UnsetType = UNSET
    weight: Decimal | None | UnsetType = UNSET
    height: Decimal | None | UnsetType = UNSET
    width: Decimal | None | UnsetType = UNSET
    length: Decimal | None | UnsetType = UNSET
    position: ReadPosition | None | UnsetType = UNSET
    attributes: dict[str, JSON] | None | UnsetType = UNSET
    additional_costs: dict[str, AdditionalCost] | None | UnsetType = UNSET
    catalog_item_id: ReadInt | None | UnsetType = UNSET
    selected_price_type: ReadText | None | UnsetType = UNSET
    adjustment_reference_id: ReadUuid | None | UnsetType = UNSET
    adjustment_effective_from: ReadTime | None | UnsetType = UNSET
    adjustment_effective_until: ReadTime | None | UnsetType = UNSET
    prices: Annotated[dict[str, PriceDetail], Meta(extra_json_schema=READ_ONLY)] | None | UnsetType = UNSET
