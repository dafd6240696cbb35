"""From the lines of a file to coupons: every line checked, every mistake with its line."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from largesse.api.codes.coupons.terms import missing_attributes
from largesse.api.imports import READINGS_KEPT, code_cell, id_cell, times_cells, uses_cell
from largesse.engine.applications import fold_code
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge
from largesse.engine.codes.coupons import DISCOUNT_MAX
from largesse.engine.refusals import OUT_OF_RANGE
from largesse.plumbing.http.files.csv_rows import (
    CsvRow,
    WrongCell,
    WrongLines,
    decimal_cell,
    object_cell,
    read_rows,
)
from largesse.plumbing.http.files.uploads import Upload
from largesse.storage.codes.coupon_files import ImportedCoupon
from largesse.storage.codes.coupons import CouponCampaign

COLUMNS = ("value", "limitval", "discountlimit", "startdate", "expirydate", "attributes", "recipientintegrationid")

# What an export has beyond them, so that its file can be sent again.
EXPORTED = frozenset(
    {
        "id", "created", "campaignid", "applicationid", "deleted", "deleted_changelogid", "accountid", "referralid",
        "importid", "batchid", "reservation", "limits", "counter", "discount_counter", "discount_limitval",
        "is_reservation_mandatory", "reservation_counter", "reservation_limitval",
    }
)  # fmt: skip


class CouponLines:
    """The coupons of one file, for one campaign."""

    def __init__(
        self, upload: Upload, campaign: CouponCampaign, definitions: AttributeDefinitions, wrong: WrongLines
    ) -> None:
        self._upload = upload
        self._campaign = campaign
        self._definitions = definitions
        self._wrong = wrong
        self._attributes = lru_cache(READINGS_KEPT)(self._read_attributes)
        self._times = lru_cache(READINGS_KEPT)(times_cells)

    def read(self) -> Iterator[tuple[int, ImportedCoupon]]:
        """Every coupon of the file with its line; what is wrong with a line is noted and the line left out."""
        rows = read_rows(self._upload, COLUMNS, required=("value",), wrong=self._wrong, ignored=EXPORTED)
        for row in rows:
            try:
                coupon = self._coupon(row)
            except WrongCell as cell:
                self._wrong.add(row.line, cell.title, cell.details)
            else:
                yield row.line, coupon

    def _coupon(self, row: CsvRow) -> ImportedCoupon:
        value, uses, discount, start, expiry, attributes, recipient = row.cells
        start_date, expiry_date = self._times(start, expiry)
        return ImportedCoupon(
            code=fold_code(code_cell("value", value), self._campaign.case_sensitivity),
            usage_limit=uses_cell(uses),
            discount_limit=_discount(discount),
            start_date=start_date,
            expiry_date=expiry_date,
            attributes=self._attributes(attributes),
            recipient_integration_id=id_cell("recipientintegrationid", recipient),
        )

    def _read_attributes(self, text: str) -> dict[str, JSON]:
        accepted, refused = accept("Coupon", object_cell("attributes", text), self._definitions, "")
        if refused:
            raise WrongCell(refused[0].title, refused[0].details)
        attributes = merge(self._campaign.coupon_attributes, accepted)
        if missing := missing_attributes(self._campaign.mandatory_attributes, attributes):
            raise WrongCell(missing[0].title, missing[0].details)
        return attributes


def _discount(text: str) -> Decimal | None:
    discount = decimal_cell("discountlimit", text)
    if discount is not None and not 0 <= discount <= DISCOUNT_MAX:
        raise WrongCell(OUT_OF_RANGE, f"discountlimit must be a number from 0 to {DISCOUNT_MAX}")
    return discount
