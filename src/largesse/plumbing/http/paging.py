"""Lists in pages: what is asked for, in which order, and how a page is written.

class CouponQuery(Paging, frozen=True, kw_only=True):
    batch_id: str | None = None

column, is_descending = ordering(request.query, {"id": "id", "createdAt": "created"}, default="id")
return ok(page(coupons, total))
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Generic, NamedTuple, TypeVar

import msgspec

from largesse.plumbing.problems import Invalid, at_parameter

T = TypeVar("T")

PAGE_SIZE_MAX = 1000
"""Published [MA pageSize]: larger answers cost more than a second request."""


class Paging(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The three query parameters of a list. Inherit from it and add the filters."""

    page_size: Annotated[int, msgspec.Meta(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE_MAX
    skip: int = 0
    sort: str | None = None

    def __post_init__(self) -> None:
        _refuse_negative(self.skip)


class Skipping(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a page begins, of a list in one order only or with pages of another size. Inherit from it likewise."""

    skip: int = 0

    def __post_init__(self) -> None:
        _refuse_negative(self.skip)


def _refuse_negative(skip: int) -> None:
    # Checked here and not declared, because the contract publishes no lower limit.
    if skip < 0:
        raise Invalid(errors=(at_parameter("Out of range", "skip must be 0 or more", "skip"),))


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """One page of a list whose whole length is known."""

    total_result_size: int
    data: Sequence[T]


class OpenPage(msgspec.Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """One page of a list that was not counted; `has_more` says whether another follows."""

    has_more: bool
    data: Sequence[T]


class Ordering(NamedTuple):
    """What to sort by: whatever the allow-list maps the field to (usually a column), and the direction."""

    by: str
    is_descending: bool


def page(data: Sequence[T], total: int) -> Page[T]:
    """A page with the number of all results."""
    return Page(total_result_size=total, data=data)


def open_page(found: Sequence[T], page_size: int) -> OpenPage[T]:
    """A page without a total, from at most `page_size + 1` results: the extra one only tells that there are more."""
    return OpenPage(has_more=len(found) > page_size, data=found[:page_size])


def ordering(query: Paging, allowed: Mapping[str, str], *, default: str) -> Ordering:
    """The order asked for by `sort`: a field of `allowed`, descending with a "-" before it; `default` when not given.

    Raises `Invalid` for any other field.
    """
    return order_of(query.sort, allowed, default=default)


def order_of(sort: str | None, allowed: Mapping[str, str], *, default: str) -> Ordering:
    """The same for what has no pages."""
    asked = sort or default
    field = asked.removeprefix("-")
    if field not in allowed:
        names = ", ".join(sorted(allowed))
        raise Invalid(errors=(at_parameter("Invalid value", f"sort must be one of the following: {names}", "sort"),))
    return Ordering(allowed[field], asked.startswith("-"))
