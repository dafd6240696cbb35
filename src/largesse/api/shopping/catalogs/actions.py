"""The actions of a synchronization as shops send them; all of one request are of one type."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.cart import Product
from largesse.engine.attributes import JSON
from largesse.engine.shopping.catalogs import SYNC_ACTIONS_MAX
from largesse.plumbing.http.codec import Omittable

Operator = Literal["EQ", "LT", "LE", "GT", "GE", "IN"]


class AddItemCatalogAction(Struct, frozen=True, kw_only=True, rename="camel"):
    """An item to add, or to put in the place of the one with its SKU [IA AddItemCatalogAction]."""

    sku: str
    price: Omittable[Decimal] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    product: Omittable[Product] = UNSET
    replace_if_exists: bool = False


class PatchItemCatalogAction(Struct, frozen=True, kw_only=True, rename="camel"):
    """What changes about an item; without a price its price stays, without a product it has none afterwards [IA
    PatchItemCatalogAction]."""

    sku: str
    price: Omittable[Decimal] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    product: Omittable[Product] = UNSET
    create_if_not_exists: bool = False


class CatalogActionFilter(Struct, frozen=True, kw_only=True, rename="camel"):
    """What an attribute of an item must be [IA CatalogActionFilter]."""

    attr: str
    op: Operator
    value: JSON


class PatchManyItemsCatalogAction(Struct, frozen=True, kw_only=True, rename="camel"):
    """What changes about all items of which every filter holds [IA PatchManyItemsCatalogAction]."""

    price: Omittable[Decimal] = UNSET
    filters: Omittable[list[CatalogActionFilter]] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET


class RemoveItemCatalogAction(Struct, frozen=True, kw_only=True, rename="camel"):
    """An item to remove [IA RemoveItemCatalogAction]."""

    sku: str


class RemoveManyItemsCatalogAction(Struct, frozen=True, kw_only=True, rename="camel"):
    """All items of which every filter holds are to be removed [IA RemoveManyItemsCatalogAction]."""

    filters: Omittable[list[CatalogActionFilter]] = UNSET


class NewPriceAdjustment(Struct, frozen=True, kw_only=True, rename="camel"):
    """Another price of an item for some customers or some time, null for none any more [IA NewPriceAdjustment]."""

    price_type: str
    price: Annotated[Decimal | None, Meta(extra_json_schema={"type": ["number", "null"]})] | UnsetType = UNSET
    reference_id: Annotated[str, Meta(min_length=1)]
    calculated_at: Omittable[datetime] = UNSET
    effective_from: Omittable[datetime] = UNSET
    effective_until: Omittable[datetime] = UNSET
    context_id: Omittable[str] = UNSET


class AddPriceAdjustmentCatalogAction(Struct, frozen=True, kw_only=True, rename="camel"):
    """Other prices of an item [IA AddPriceAdjustmentCatalogAction]."""

    sku: str
    adjustments: list[NewPriceAdjustment]


class Add(Struct, frozen=True, kw_only=True, tag="ADD", tag_field="type"):
    """Add an item."""

    payload: AddItemCatalogAction


class Patch(Struct, frozen=True, kw_only=True, tag="PATCH", tag_field="type"):
    """Change an item."""

    payload: PatchItemCatalogAction


class PatchMany(Struct, frozen=True, kw_only=True, tag="PATCH_MANY", tag_field="type"):
    """Change many items."""

    payload: PatchManyItemsCatalogAction


class Remove(Struct, frozen=True, kw_only=True, tag="REMOVE", tag_field="type"):
    """Remove an item."""

    payload: RemoveItemCatalogAction


class RemoveMany(Struct, frozen=True, kw_only=True, tag="REMOVE_MANY", tag_field="type"):
    """Remove many items."""

    payload: RemoveManyItemsCatalogAction


class AddPriceAdjustment(Struct, frozen=True, kw_only=True, tag="ADD_PRICE_ADJUSTMENT", tag_field="type"):
    """Give an item other prices."""

    payload: AddPriceAdjustmentCatalogAction


CatalogAction = Add | Patch | PatchMany | Remove | RemoveMany | AddPriceAdjustment


class CatalogSyncRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """Actions for one catalog, if it is at the version named [IA CatalogSyncRequest]."""

    actions: Annotated[list[CatalogAction], Meta(min_length=1, max_length=SYNC_ACTIONS_MAX)]
    version: Omittable[Annotated[int, Meta(ge=1)]] = UNSET
