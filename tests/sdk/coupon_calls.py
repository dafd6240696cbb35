"""What staff call about coupons. Each call leaves those of the others alone."""

from datetime import UTC, datetime

from talon_one import (
    CodeGeneratorSettings,
    CouponDeletionFilters,
    NewCouponCreationJob,
    NewCouponDeletionJob,
    NewCoupons,
    NewCouponsForMultipleRecipients,
    UpdateCoupon,
    UpdateCouponBatch,
)

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk, exported


def create_coupons(sdk: Sdk, shop: Furnished) -> None:
    """Ten codes of a pattern, shown."""
    sent = NewCoupons(usageLimit=3, numberOfCoupons=10, couponPattern="CALL-####", validCharacters=list("AB01"))
    made = sdk.management.create_coupons(shop.application_id, shop.plain_campaign_id, sent, silent="no")
    assert (made.total_result_size, len({coupon.value for coupon in made.data})) == (10, 10)
    assert {(coupon.usage_limit, coupon.usage_counter) for coupon in made.data} == {(3, 0)}
    place = (shop.application_id, shop.plain_campaign_id)
    assert sdk.management.create_coupons(*place, NewCoupons(usageLimit=1, numberOfCoupons=1)) is None


def get_coupons(sdk: Sdk, shop: Furnished) -> None:
    """The coupon with a certain code."""
    place = (shop.application_id, shop.campaign_id)
    listed = sdk.management.get_coupons_without_total_count(*place, value=shop.code, exact_match=True)
    assert ([coupon.value for coupon in listed.data], listed.has_more) == ([shop.code], False)


def search_coupons(sdk: Sdk, shop: Furnished) -> None:
    """The coupons with a certain attribute."""
    place = (shop.application_id, shop.campaign_id)
    found = sdk.management.search_coupons_advanced_without_total_count(*place, {"partner": "nobody"})
    assert (found.data, found.has_more) == ([], False)


def search_coupons_of_application(sdk: Sdk, shop: Furnished) -> None:
    """The same in all campaigns; no attributes are those of every coupon."""
    search = sdk.management.search_coupons_advanced_application_wide_without_total_count
    found = search(shop.application_id, {}, value=shop.code, campaign_state="enabled")
    assert [coupon.value for coupon in found.data] == [shop.code]


def update_coupon(sdk: Sdk, shop: Furnished) -> None:
    """One coupon gets another limit and an end."""
    expiry = datetime(2099, 1, 1, tzinfo=UTC)
    sent = UpdateCoupon(usageLimit=9, expiryDate=expiry)
    place = (shop.application_id, shop.campaign_id, str(shop.coupon_id))
    changed = sdk.management.update_coupon(*place, sent)
    assert (changed.id, changed.usage_limit, changed.expiry_date) == (shop.coupon_id, 9, expiry)


def delete_coupon(sdk: Sdk, shop: Furnished) -> None:
    """One coupon goes."""
    place = (shop.application_id, shop.campaign_id, str(shop.doomed_coupon_id))
    assert sdk.management.delete_coupon(*place) is None


def update_coupon_batch(sdk: Sdk, shop: Furnished) -> None:
    """A whole batch gets another limit."""
    place = (shop.application_id, shop.batch_campaign_id)
    sent = UpdateCouponBatch(usageLimit=7, batchID=shop.batch_id)
    assert sdk.management.update_coupon_batch(*place, sent) is None
    listed = sdk.management.get_coupons_without_total_count(*place, batch_id=shop.batch_id)
    assert [coupon.usage_limit for coupon in listed.data] == [7, 7]


def delete_coupons(sdk: Sdk, shop: Furnished) -> None:
    """A whole batch goes."""
    place = (shop.application_id, shop.batch_campaign_id)
    assert sdk.management.delete_coupons(*place, batch_id=shop.doomed_batch_id) is None
    listed = sdk.management.get_coupons_without_total_count(*place)
    assert [coupon.batch_id for coupon in listed.data] == [shop.batch_id] * 2


def import_coupons(sdk: Sdk, shop: Furnished) -> None:
    """A file, which the SDK sends as a field without a name of a file."""
    place = (shop.application_id, shop.plain_campaign_id)
    made = sdk.management.import_coupons(*place, up_file="value,limitval\nFILED-1,3\nFILED-2,0\n")
    assert (made.entity, made.amount, made.account_id) == ("Coupon", 2, shop.account_id)
    again = sdk.management.import_coupons(*place, skip_duplicates=True, up_file="value\nFILED-1\n")
    assert again.amount == 0


def export_coupons(sdk: Sdk, shop: Furnished) -> None:
    """The codes of a campaign, as a text."""
    wanted = {"campaign_id": shop.campaign_id, "value": shop.code, "exact_match": True, "values_only": True}
    assert exported(sdk.management, "export_coupons", shop.application_id, **wanted) == f"value\n{shop.code}\n"


def create_coupons_for_recipients(sdk: Sdk, shop: Furnished) -> None:
    """A coupon for each of two customers, shown."""
    sent = NewCouponsForMultipleRecipients(usageLimit=1, recipientsIntegrationIds=["ida", "jon"])
    made = sdk.management.create_coupons_for_multiple_recipients(
        shop.application_id, shop.plain_campaign_id, sent, silent="no"
    )
    assert [coupon.recipient_integration_id for coupon in made.data] == ["ida", "jon"]


def create_coupons_async(sdk: Sdk, shop: Furnished) -> None:
    """A batch that will be there."""
    settings = CodeGeneratorSettings(couponPattern="LATER-####", validCharacters=["A", "B"])
    sent = NewCouponCreationJob(usageLimit=1, numberOfCoupons=2, attributes={}, couponSettings=settings)
    made = sdk.management.create_coupons_async(shop.application_id, shop.plain_campaign_id, sent)
    assert len(made.batch_id) == 8


def create_deletion_job(sdk: Sdk, shop: Furnished) -> None:
    """A deletion of nothing."""
    sent = NewCouponDeletionJob(filters=CouponDeletionFilters(batchId="nosuchon"))
    made = sdk.management.create_coupons_deletion_job(shop.application_id, shop.plain_campaign_id, sent)
    assert made.id > 0


CALLS = {
    "createCoupons": create_coupons,
    "getCouponsWithoutTotalCount": get_coupons,
    "searchCouponsAdvancedWithoutTotalCount": search_coupons,
    "searchCouponsAdvancedApplicationWideWithoutTotalCount": search_coupons_of_application,
    "updateCoupon": update_coupon,
    "deleteCoupon": delete_coupon,
    "updateCouponBatch": update_coupon_batch,
    "deleteCoupons": delete_coupons,
    "createCouponsForMultipleRecipients": create_coupons_for_recipients,
    "createCouponsAsync": create_coupons_async,
    "createCouponsDeletionJob": create_deletion_job,
    "importCoupons": import_coupons,
    "exportCoupons": export_coupons,
}
