"""Rows of coupons as the engine's: what lists, reservations and evaluations read alike."""

from largesse.engine.codes.coupons import Coupon
from largesse.plumbing.database import Record
from largesse.storage.values import attributes_of, limits_of


def coupon_of(row: Record) -> Coupon:
    """The coupon in a row with the columns of its table, and what a profile did with it."""
    return Coupon(
        id=row["id"],
        campaign_id=row["campaign_id"],
        value=row["value"],
        created=row["created"],
        usage_limit=row["usage_limit"],
        usage_counter=row["usage_counter"],
        discount_limit=row["discount_limit"],
        discount_counter=row["discount_counter"],
        reservation_limit=row["reservation_limit"],
        reservation_counter=row["reservation_counter"],
        start_date=row["start_date"],
        expiry_date=row["expiry_date"],
        limits=limits_of(row["limits"]),
        attributes=attributes_of(row["attributes"]),
        referral_id=row["referral_id"],
        recipient_integration_id=row["recipient_integration_id"],
        import_id=row["import_id"],
        reservation=row["reservation"],
        batch_id=row["batch_id"],
        is_reservation_mandatory=row["is_reservation_mandatory"],
        implicitly_reserved=row["implicitly_reserved"],
        reserved_for_profile=row["reserved_for_profile"],
        profile_redemptions=row["profile_redemptions"],
    )
