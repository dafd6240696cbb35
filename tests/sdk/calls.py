"""CALLS: every published operation there is, called once through the SDK, with what must come back.

The first thing a call does is the operation it stands for; `test_operations` sees to that.
"""

from collections.abc import Callable, Mapping

from tests.sdk import (
    audience_calls,
    catalog_calls,
    coupon_calls,
    customer_calls,
    definition_calls,
    loyalty_calls,
    outgoing_calls,
    referral_calls,
    reward_calls,
    set_calls,
    shop_calls,
    staff_calls,
    store_calls,
)
from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk

Call = Callable[[Sdk, Furnished], None]

CALLS: Mapping[str, Call] = {
    **audience_calls.CALLS,
    **catalog_calls.CALLS,
    **coupon_calls.CALLS,
    **customer_calls.CALLS,
    **definition_calls.CALLS,
    **loyalty_calls.CALLS,
    **outgoing_calls.CALLS,
    **referral_calls.CALLS,
    **reward_calls.CALLS,
    **set_calls.CALLS,
    **shop_calls.CALLS,
    **staff_calls.CALLS,
    **store_calls.CALLS,
}
