"""Coupons as callers see them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.limit import LimitConfig, show_limits
from largesse.engine.attributes import JSON
from largesse.engine.codes import coupons
from largesse.engine.codes.coupons import DISCOUNT_MAX, USES_MAX
from largesse.engine.formats.codes import CODE_CHARACTERS_MIN

Uses = Annotated[int, Meta(ge=0, le=USES_MAX)]
# Decimals have no limits of their own in the codec; whoever accepts one checks it.
Discount = Annotated[Decimal, Meta(extra_json_schema={"minimum": 0, "maximum": DISCOUNT_MAX})]
Code = Annotated[str, Meta(min_length=CODE_CHARACTERS_MIN)]
Recipient = Annotated[str, Meta(max_length=1000)]
# The contract calls the number of reservations a number; it is whole.
Reservations = Annotated[int, Meta(extra_json_schema={"type": "number"})]


class Coupon(Struct, frozen=True, kw_only=True, rename="camel"):
    """One coupon with its limits and what has been used of them [MA Coupon]."""

    id: int
    created: datetime
    campaign_id: int
    value: Code
    usage_limit: Uses
    discount_limit: Discount | UnsetType = UNSET
    reservation_limit: Uses | UnsetType = UNSET
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    limits: list[LimitConfig] | UnsetType = UNSET
    usage_counter: int
    discount_counter: Decimal | UnsetType = UNSET
    discount_remainder: Decimal | UnsetType = UNSET
    reservation_counter: Reservations | UnsetType = UNSET
    attributes: dict[str, JSON] | UnsetType = UNSET
    referral_id: int | UnsetType = UNSET
    recipient_integration_id: Recipient | UnsetType = UNSET
    import_id: int | UnsetType = UNSET
    reservation: bool | UnsetType = UNSET
    batch_id: str | UnsetType = UNSET
    is_reservation_mandatory: bool | UnsetType = UNSET
    implicitly_reserved: bool | UnsetType = UNSET


def show_coupon(coupon: coupons.Coupon) -> Coupon:
    """A stored coupon as callers see it; what it does not have is left out."""
    remainder = coupon.discount_remainder
    return Coupon(
        id=coupon.id,
        created=coupon.created,
        campaign_id=coupon.campaign_id,
        value=coupon.value,
        usage_limit=coupon.usage_limit,
        discount_limit=UNSET if coupon.discount_limit is None else coupon.discount_limit,
        reservation_limit=UNSET if coupon.reservation_limit is None else coupon.reservation_limit,
        start_date=coupon.start_date or UNSET,
        expiry_date=coupon.expiry_date or UNSET,
        limits=show_limits(coupon.limits),
        usage_counter=coupon.usage_counter,
        discount_counter=coupon.discount_counter,
        discount_remainder=UNSET if remainder is None else remainder,
        reservation_counter=coupon.reservation_counter,
        attributes=coupon.attributes,
        referral_id=UNSET if coupon.referral_id is None else coupon.referral_id,
        recipient_integration_id=coupon.recipient_integration_id or UNSET,
        import_id=UNSET if coupon.import_id is None else coupon.import_id,
        reservation=coupon.reservation,
        batch_id=coupon.batch_id or UNSET,
        is_reservation_mandatory=coupon.is_reservation_mandatory,
        implicitly_reserved=coupon.implicitly_reserved,
    )


def show_code(coupon: coupons.Coupon) -> Coupon:
    """Only a coupon's code, and what no coupon may lack in an answer."""
    return Coupon(
        id=coupon.id,
        created=coupon.created,
        campaign_id=coupon.campaign_id,
        value=coupon.value,
        usage_limit=coupon.usage_limit,
        usage_counter=coupon.usage_counter,
    )
