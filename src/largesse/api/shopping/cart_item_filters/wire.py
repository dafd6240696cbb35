"""Cart item filters as callers write and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import Skipping
from largesse.storage.shopping.cart_item_filters import StoredExpression, StoredFilter

PAGE_SIZE_MAX = 50
"""Published [MA listApplicationCartItemFilters]."""

FilterExpression = Annotated[JSON, Meta(extra_json_schema={"type": "array", "items": {}})]
"""Published as an array, with an object that holds one under `expr` as the example; both are taken."""


class FilterQuery(Skipping, frozen=True, kw_only=True):
    """A page of filters, perhaps only the one of this name."""

    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE_MAX
    name: str | None = None


class NewCartItemFilter(Struct, frozen=True, kw_only=True, rename="camel"):
    """A filter to make, without an expression yet [MA NewApplicationCIF]."""

    name: str
    description: Omittable[str] = UNSET


class UpdateCartItemFilter(Struct, frozen=True, kw_only=True, rename="camel"):
    """What can be changed about a filter [SDK UpdateApplicationCIF]."""

    description: Omittable[str] = UNSET
    active_expression_id: Omittable[int] = UNSET


class ApplicationCIF(Struct, frozen=True, kw_only=True, rename="camel"):
    """A filter [MA ApplicationCIF]."""

    id: int
    created: datetime
    application_id: int
    name: str
    description: str | UnsetType = UNSET
    active_expression_id: int | UnsetType = UNSET
    created_by: int | UnsetType = UNSET
    modified: datetime | UnsetType = UNSET
    modified_by: int | UnsetType = UNSET


class FiltersPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """One page of filters, and whether another follows."""

    has_more: bool | UnsetType = UNSET
    data: list[ApplicationCIF]


class NewFilterExpression(Struct, frozen=True, kw_only=True, rename="camel"):
    """An expression to give to a filter [MA NewApplicationCIFExpression]."""

    expression: FilterExpression


class ApplicationCIFExpression(Struct, frozen=True, kw_only=True, rename="camel"):
    """An expression that a filter has or had [MA ApplicationCIFExpression]."""

    id: int
    created: datetime
    application_id: int
    cart_item_filter_id: int | UnsetType = UNSET
    created_by: int | UnsetType = UNSET
    expression: FilterExpression | UnsetType = UNSET


def show_filter(stored: StoredFilter) -> ApplicationCIF:
    """A stored filter as callers see it."""
    return ApplicationCIF(
        id=stored.id,
        created=stored.created,
        application_id=stored.application_id,
        name=stored.name,
        description=stored.description,
        active_expression_id=UNSET if stored.active_expression_id is None else stored.active_expression_id,
        created_by=stored.created_by,
        modified=UNSET if stored.modified is None else stored.modified,
        modified_by=UNSET if stored.modified_by is None else stored.modified_by,
    )


def show_expression(stored: StoredExpression) -> ApplicationCIFExpression:
    """A stored expression as callers see it."""
    return ApplicationCIFExpression(
        id=stored.id,
        created=stored.created,
        application_id=stored.application_id,
        cart_item_filter_id=stored.filter_id,
        created_by=stored.created_by,
        expression=stored.expression,
    )
