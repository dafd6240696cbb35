"""From the filters of a query to those of the storage."""

from msgspec import structs

from largesse.api.codes.coupons.wire import (
    ApplicationSearchQuery,
    CouponSearchQuery,
    CouponsQuery,
    DeleteCouponsQuery,
    ExportQuery,
)
from largesse.storage.codes.coupons import CouponFilter

FilterQuery = CouponsQuery | CouponSearchQuery | ApplicationSearchQuery | DeleteCouponsQuery | ExportQuery

# What a query calls by the same name and with the same type as the filter.
SAME = frozenset(field.name for field in structs.fields(CouponFilter)) - {"value", "usable", "redeemed"}


def filter_of(query: FilterQuery) -> CouponFilter:
    """The filters a query asks for. An empty text filters nothing."""
    given = {name: value for name, value in structs.asdict(query).items() if value not in (None, "")}
    value = given.get("value")
    return CouponFilter(
        value=None if query.exact_match else value,
        exact_value=value if query.exact_match else None,
        usable=_truth(given.get("usable")),
        redeemed=_truth(given.get("redeemed")),
        **{name: given[name] for name in SAME & given.keys()},
    )


def _truth(text: str | None) -> bool | None:
    return None if text is None else text == "true"
