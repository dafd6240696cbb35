"""What callers send and receive about coupons in bulk, and about the jobs that make and delete them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.codes.coupons.wire import Pattern
from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.coupon import Discount, Uses
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable
from largesse.storage.codes.coupons import Validity

# Published: how many customers one request may name, and how many coupons a job may make.
RECIPIENTS_MAX = 1_000
CREATED_BY_JOB_MAX = 5_000_000


class NewCouponsForMultipleRecipients(Struct, frozen=True, kw_only=True, rename="camel"):
    """Personal coupons to create, one for each customer, on the same terms [MA NewCouponsForMultipleRecipients]."""

    usage_limit: Uses
    discount_limit: Omittable[Discount] = UNSET
    reservation_limit: Omittable[Uses] = UNSET
    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    recipients_integration_ids: Annotated[list[str], Meta(min_length=1, max_length=RECIPIENTS_MAX)]
    valid_characters: Omittable[list[str]] = UNSET
    coupon_pattern: Omittable[Pattern] = UNSET


class NewCouponCreationJob(Struct, frozen=True, kw_only=True, rename="camel"):
    """Coupons to create while nobody waits for them [MA NewCouponCreationJob]."""

    usage_limit: Uses
    discount_limit: Omittable[Discount] = UNSET
    reservation_limit: Omittable[Uses] = UNSET
    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    number_of_coupons: Annotated[int, Meta(ge=1, le=CREATED_BY_JOB_MAX)]
    coupon_settings: Omittable[CodeGeneratorSettings] = UNSET
    attributes: dict[str, JSON]
    is_reservation_mandatory: Omittable[bool] = False


class AsyncCouponCreationResponse(Struct, frozen=True, kw_only=True, rename="camel"):
    """By what the coupons can be found, those that there are so far too."""

    batch_id: str


class CouponDeletionFilters(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which coupons to delete; without any filter all of the campaign [MA CouponDeletionFilters]."""

    created_before: Omittable[datetime] = UNSET
    created_after: Omittable[datetime] = UNSET
    starts_after: Omittable[datetime] = UNSET
    starts_before: Omittable[datetime] = UNSET
    valid: Omittable[Validity] = UNSET
    usable: Omittable[bool] = UNSET
    redeemed: Omittable[bool] = UNSET
    recipient_integration_id: Omittable[str] = UNSET
    exact_match: Omittable[bool] = False
    value: Omittable[str] = UNSET
    batch_id: Omittable[str] = UNSET
    referral_id: Omittable[int] = UNSET
    expires_after: Omittable[datetime] = UNSET
    expires_before: Omittable[datetime] = UNSET


class NewCouponDeletionJob(Struct, frozen=True, kw_only=True, rename="camel"):
    """Coupons to delete while nobody waits for it [MA NewCouponDeletionJob]."""

    filters: CouponDeletionFilters


class AsyncCouponDeletionJobResponse(Struct, frozen=True, kw_only=True, rename="camel"):
    """The number of a job."""

    id: int


class BatchPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The coupons that are created together."""

    application_id: int
    campaign_id: int
    batch_id: str


class DeletionPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One deletion."""

    application_id: int
    campaign_id: int
    job_id: int


class CouponCreationJob(Struct, frozen=True, kw_only=True, rename="camel"):
    """How far a creation has come [SDK CouponCreationJob].

    `status` is pending, completed, failed or coupon pattern full.
    """

    id: int
    created: datetime
    campaign_id: int
    application_id: int
    account_id: int
    usage_limit: int
    discount_limit: Discount | UnsetType = UNSET
    reservation_limit: int | UnsetType = UNSET
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    number_of_coupons: int
    coupon_settings: CodeGeneratorSettings
    attributes: dict[str, JSON]
    batch_id: str
    status: str
    created_amount: int
    fail_count: int
    errors: list[str]
    created_by: int
    communicated: bool
    chunk_execution_count: int
    chunk_size: int


class CouponDeletionJob(Struct, frozen=True, kw_only=True, rename="camel"):
    """How far a deletion has come [SDK CouponDeletionJob]. `status` is pending, completed or failed."""

    id: int
    created: datetime
    application_id: int
    account_id: int
    filters: CouponDeletionFilters
    status: str
    deleted_amount: int
    fail_count: int
    errors: list[str]
    created_by: int
    communicated: bool
    campaign_ids: list[int] = field(name="campaignIDs")
