"""Catalogs and their items as callers write and see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.cart import Product
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import PAGE_SIZE_MAX, Skipping
from largesse.storage.shopping.catalogs import StoredCatalog, StoredItem


class CatalogPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one catalog."""

    catalog_id: int


class NewCatalog(Struct, frozen=True, kw_only=True, rename="camel"):
    """A catalog to create, or all that may change about one: Applications can only be added [MA NewCatalog]."""

    name: str
    description: str
    subscribed_applications_ids: Omittable[list[int]] = UNSET


class Catalog(Struct, frozen=True, kw_only=True, rename="camel"):
    """A catalog [IA Catalog]; `version` counts synchronizations."""

    id: int
    created: datetime
    account_id: int
    modified: datetime
    name: str
    description: str
    subscribed_applications_ids: list[int] | UnsetType = UNSET
    version: int
    created_by: int


class ItemQuery(Skipping, frozen=True, kw_only=True):
    """Which items of a catalog are wanted: those with one of the SKUs and one of the product names."""

    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE_MAX
    with_total_result_size: bool = False
    sku: list[str] | None = None
    product_names: list[str] | None = None


class ItemAttribute(Struct, frozen=True, kw_only=True):
    """The value of one attribute of an item [MA ItemAttribute]."""

    attributeid: int
    name: str
    value: JSON


class CatalogItem(Struct, frozen=True, kw_only=True):
    """An item of a catalog [MA CatalogItem]."""

    id: int
    created: datetime
    sku: str
    price: Decimal | UnsetType = UNSET
    catalogid: int
    version: Annotated[int, Meta(extra_json_schema={"minimum": 1})]
    attributes: list[ItemAttribute] | UnsetType = UNSET
    product: Product | UnsetType = UNSET


class ItemPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of items: counted if that was asked for, else it says whether another follows."""

    has_more: bool | UnsetType = UNSET
    total_result_size: int | UnsetType = UNSET
    data: Sequence[CatalogItem]


def show_catalog(catalog: StoredCatalog) -> Catalog:
    """A stored catalog as callers see it."""
    return Catalog(
        id=catalog.id,
        created=catalog.created,
        account_id=catalog.account_id,
        modified=catalog.modified,
        name=catalog.name,
        description=catalog.description,
        subscribed_applications_ids=list(catalog.application_ids),
        version=catalog.version,
        created_by=catalog.created_by,
    )


def show_item(stored: StoredItem, attribute_ids: Mapping[str, int]) -> CatalogItem:
    """An item as callers see it; attributes that are no longer defined are left out."""
    item = stored.item
    return CatalogItem(
        id=stored.id,
        created=stored.created,
        sku=item.sku,
        price=UNSET if item.price is None else item.price,
        catalogid=stored.catalog_id,
        version=stored.version,
        attributes=[
            ItemAttribute(attributeid=attribute_ids[name], name=name, value=value)
            for name, value in item.attributes.items()
            if name in attribute_ids
        ],
        product=UNSET if item.product is None else Product(name=item.product.name),
    )
