"""`Coupon`: the coupon of the pass."""

from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.codes.coupons import Coupon
from largesse.engine.views.values import custom_attributes
from largesse.language import BOOLEAN, DECIMAL, STRING, TIME, Field, Root, record


class CouponView:
    """The coupon of the pass as rules see it."""

    __slots__ = (
        "attributes",
        "batch_id",
        "campaign_id",
        "discount_counter",
        "discount_limit",
        "discount_remainder",
        "expiry_date",
        "id",
        "implicitly_reserved",
        "import_id",
        "is_reservation_mandatory",
        "recipient_integration_id",
        "referral_id",
        "reservation",
        "reservation_counter",
        "reservation_limit",
        "start_date",
        "usage_counter",
        "usage_limit",
        "value",
    )

    def __init__(self, coupon: Coupon, attributes: dict[str, JSON], spent: Decimal) -> None:
        self.id = coupon.id
        self.value = coupon.value
        self.campaign_id = Decimal(coupon.campaign_id)
        self.usage_limit = Decimal(coupon.usage_limit)
        self.usage_counter = Decimal(coupon.usage_counter)
        self.discount_limit = coupon.discount_limit
        self.discount_counter = coupon.discount_counter
        remainder = coupon.discount_remainder
        self.discount_remainder = None if remainder is None else remainder - spent
        self.reservation_counter = Decimal(coupon.reservation_counter)
        self.reservation_limit = _number(coupon.reservation_limit)
        self.reservation = coupon.reservation
        self.implicitly_reserved = coupon.implicitly_reserved
        self.referral_id = _number(coupon.referral_id)
        self.import_id = _number(coupon.import_id)
        self.start_date = coupon.start_date
        self.expiry_date = coupon.expiry_date
        self.recipient_integration_id = coupon.recipient_integration_id
        self.batch_id = coupon.batch_id
        self.is_reservation_mandatory = coupon.is_reservation_mandatory
        self.attributes = attributes


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def coupon_root(definitions: AttributeDefinitions) -> Root:
    """The root `Coupon`."""
    fields = record(
        "Coupon",
        Field("Value", STRING, "value", doc="Coupon code"),
        Field("CampaignId", DECIMAL, "campaign_id", doc="Id of the coupon's campaign"),
        Field("UsageCounter", DECIMAL, "usage_counter", doc="Total coupon redemptions"),
        Field("UsageLimit", DECIMAL, "usage_limit", doc="Redemptions allowed, 0 without limit"),
        Field("DiscountCounter", DECIMAL, "discount_counter", doc="Discounts given"),
        Field("DiscountLimit", DECIMAL, "discount_limit", optional=True, doc="Money on the coupon"),
        Field("DiscountRemainder", DECIMAL, "discount_remainder", optional=True, doc="Money left on the coupon"),
        Field("ReservationCounter", DECIMAL, "reservation_counter", doc="Customers who hold it"),
        Field("ReservationLimit", DECIMAL, "reservation_limit", optional=True, doc="Customers who may hold it"),
        Field("Reservation", BOOLEAN, "reservation", doc="Reservation Type: whether many customers may hold it"),
        Field("ImplicitlyReserved", BOOLEAN, "implicitly_reserved", doc="Whether every customer holds it"),
        Field("StartDate", TIME, "start_date", optional=True, doc="Valid from"),
        Field("ExpiryDate", TIME, "expiry_date", optional=True, doc="Valid until"),
        Field("RecipientIntegrationId", STRING, "recipient_integration_id", optional=True, doc="Recipient ID"),
        Field("ReferralId", DECIMAL, "referral_id", optional=True, doc="Advocate ID: the referral it was made for"),
        Field("ImportId", DECIMAL, "import_id", optional=True, doc="Id of the import it came with"),
        Field("BatchId", STRING, "batch_id", optional=True, doc="Id of the batch it was created in"),
        Field("IsReservationMandatory", BOOLEAN, "is_reservation_mandatory", doc="Only for who reserved it"),
        custom_attributes("Coupon", definitions, varies=True),
    )
    return Root("Coupon", fields, "coupon", optional=True, doc="Coupon of this pass")
