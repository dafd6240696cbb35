"""Coupons through the official client: every operation, and its errors as it raises them."""

import pytest
from talon_one.exceptions import ApiException
from talon_one.models.new_coupons import NewCoupons
from talon_one.models.update_coupon import UpdateCoupon
from talon_one.models.update_coupon_batch import UpdateCouponBatch

from tests.support.api import management_sdk
from tests.support.coupons import Coupons

pytestmark = pytest.mark.anyio


async def test_the_official_client_works_with_coupons(coupons: Coupons, server_url: str) -> None:
    place = (coupons.shop.application_id, coupons.campaign_id)
    new = NewCoupons(usageLimit=2, numberOfCoupons=2, couponPattern="SDK-####", discountLimit=9.99)
    with management_sdk(server_url, f"Bearer {coupons.shop.staff.token}") as sdk:
        created = sdk.create_coupons(*place, new, silent="no").data
        assert [coupon.usage_limit for coupon in created] == [2, 2]
        listed = sdk.get_coupons_without_total_count(*place, batch_id=created[0].batch_id)
        assert (listed.data, listed.has_more) == (created, False)
        codes = sdk.get_coupons_without_total_count(*place, values_only=True).data
        assert [coupon.value for coupon in codes] == [coupon.value for coupon in created]
        assert sdk.search_coupons_advanced_without_total_count(*place, {}).data == created
        everywhere = sdk.search_coupons_advanced_application_wide_without_total_count(place[0], {}, page_size=1)
        assert (everywhere.data, everywhere.has_more) == (created[:1], True)
        changed = sdk.update_coupon(*place, str(created[0].id), UpdateCoupon(recipientIntegrationId="bob"))
        assert (changed.recipient_integration_id, changed.discount_limit) == ("bob", 9.99)
        sdk.update_coupon_batch(*place, UpdateCouponBatch(usageLimit=7, batchID=created[0].batch_id))
        assert {coupon.usage_limit for coupon in sdk.get_coupons_without_total_count(*place).data} == {7}
        sdk.delete_coupon(*place, str(created[0].id))
        sdk.delete_coupons(*place, value=created[1].value)
        assert sdk.get_coupons_without_total_count(*place).data == []
        for status, call in (
            (404, lambda: sdk.delete_coupon(*place, str(created[0].id))),
            (404, lambda: sdk.create_coupons(place[0], 0, new)),
            (400, lambda: sdk.get_coupons_without_total_count(*place, sort="nothing")),
        ):
            with pytest.raises(ApiException) as refused:
                call()
            assert refused.value.status == status
