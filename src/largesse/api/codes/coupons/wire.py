"""What callers send and receive about coupons, beside the coupon itself."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, field

from largesse.api.models.coupon import Discount, Recipient, Uses
from largesse.api.models.limit import LimitConfig
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.files.downloads import DateFormat
from largesse.plumbing.http.paging import Paging
from largesse.storage.codes.coupons import StateFilter, Validity

YesNo = Literal["true", "false"]
Pattern = Annotated[str, Meta(min_length=3, max_length=100)]

# A set of attributes to look for.
AttributeQuery = dict[str, JSON]


class ApplicationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """All coupons of an Application."""

    application_id: int


class CampaignPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The coupons of one campaign."""

    application_id: int
    campaign_id: int


class CouponPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One coupon; the contract calls its id a string."""

    application_id: int
    campaign_id: int
    coupon_id: str


class SilentQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether to answer without what was created: `yes` or `no`."""

    silent: str = "yes"


class CouponsQuery(Paging, frozen=True, kw_only=True):
    """Filters of a campaign's list of coupons [MA getCouponsWithoutTotalCount]."""

    value: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: YesNo | None = None
    redeemed: YesNo | None = None
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    batch_id: str | None = None
    exact_match: bool = False
    expires_before: datetime | None = None
    expires_after: datetime | None = None
    starts_before: datetime | None = None
    starts_after: datetime | None = None
    values_only: bool = False


class CouponSearchQuery(Paging, frozen=True, kw_only=True):
    """Filters beside the attributes to search for [MA searchCouponsAdvancedWithoutTotalCount]."""

    value: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: YesNo | None = None
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    exact_match: bool = False
    batch_id: str | None = None


class ApplicationSearchQuery(Paging, frozen=True, kw_only=True):
    """The same across campaigns [MA searchCouponsAdvancedApplicationWideWithoutTotalCount]."""

    value: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: YesNo | None = None
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    batch_id: str | None = None
    exact_match: bool = False
    campaign_state: StateFilter | None = None


class DeleteCouponsQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which coupons of a campaign to delete; without any filter all of them [MA deleteCoupons]."""

    value: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    starts_after: datetime | None = None
    starts_before: datetime | None = None
    expires_after: datetime | None = None
    expires_before: datetime | None = None
    valid: Validity | None = None
    batch_id: str | None = None
    usable: YesNo | None = None
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    exact_match: bool = False


class ImportQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether codes that exist already are passed over, instead of refusing the file."""

    skip_duplicates: bool | None = None


class ExportQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which coupons of an Application to export, in which order and form [MA exportCoupons]."""

    campaign_id: Annotated[int, Meta(extra_json_schema={"type": "number"})] | None = None
    sort: str | None = None
    value: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: YesNo | None = None
    referral_id: int | None = None
    recipient_integration_id: str | None = None
    batch_id: str | None = None
    exact_match: bool = False
    date_format: DateFormat | None = None
    campaign_state: StateFilter | None = None
    values_only: bool = False
    deleted_before: datetime | None = None
    deleted_after: datetime | None = None


class NewCoupons(Struct, frozen=True, kw_only=True, rename="camel"):
    """Coupons to create from a pattern; the terms hold for each of them [MA NewCoupons]."""

    usage_limit: Uses
    discount_limit: Omittable[Discount] = UNSET
    reservation_limit: Omittable[Uses] = UNSET
    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    limits: Omittable[list[LimitConfig]] = UNSET
    number_of_coupons: int
    unique_prefix: Omittable[str] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    recipient_integration_id: Omittable[Recipient] = UNSET
    valid_characters: Omittable[list[str]] = UNSET
    coupon_pattern: Omittable[Pattern] = UNSET
    is_reservation_mandatory: Omittable[bool] = False
    implicitly_reserved: Omittable[bool] = UNSET
    support_request_id: Omittable[int] = UNSET
    support_request_note: Omittable[str] = UNSET


class UpdateCoupon(Struct, frozen=True, kw_only=True, rename="camel"):
    """New terms of one coupon. What is left out stays, but dates and recipient are then removed [MA UpdateCoupon]."""

    usage_limit: Omittable[Uses] = UNSET
    discount_limit: Omittable[Discount] = UNSET
    reservation_limit: Omittable[Uses] = UNSET
    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    limits: Omittable[list[LimitConfig]] = UNSET
    recipient_integration_id: Omittable[Recipient] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    is_reservation_mandatory: Omittable[bool] = UNSET
    implicitly_reserved: Omittable[bool] = UNSET


class UpdateCouponBatch(Struct, frozen=True, kw_only=True, rename="camel"):
    """New terms of many coupons. What is left out stays, but dates are then removed [MA UpdateCouponBatch]."""

    usage_limit: Omittable[Uses] = UNSET
    discount_limit: Omittable[Discount] = UNSET
    reservation_limit: Omittable[Uses] = UNSET
    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    batch_id: Omittable[str] = field(default=UNSET, name="batchID")
