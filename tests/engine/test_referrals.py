"""Who may redeem a referral, and the order in which somebody who may not learns why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from largesse.engine.codes.referrals import Referral, UseReferral, rejection_of, rejection_of_people
from largesse.engine.customers.profiles import Profile
from tests.support.memory_shop import MemoryShop

NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
REFERRAL = Referral(1, 1, "CODE", NOW, "ann", advocate=Profile(1, "ann", NOW))


@pytest.mark.parametrize(
    ("profile_id", "changes", "reason"),
    [
        ("bob", {}, None),
        ("", {}, None),
        ("bob", {"advocate": None}, "AdvocateNotFound"),
        ("ann", {"advocate": None, "referred_in": "s0"}, "AdvocateNotFound"),
        ("ann", {"referred_in": "s0"}, "ReferralRecipientIdSameAsAdvocate"),
        ("bob", {"referred_in": "s0"}, "ReferralCustomerAlreadyReferred"),
        ("bob", {"referred_in": "s1"}, None),
    ],
)
def test_people_who_have_no_use_for_it(profile_id: str, changes: dict[str, Any], reason: str | None) -> None:
    assert rejection_of_people(structs.replace(REFERRAL, **changes), "s1", profile_id) == reason


# Each row has every fault of the rows below it as well.
FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("ReferralExpired", {"expiry_date": NOW}),
    ("ReferralStartDateInFuture", {"start_date": NOW + DAY}),
    ("ReferralRecipientDoesNotMatch", {"friend_profile_integration_id": "cleo"}),
    ("ReferralLimitReached", {"usage_counter": 1}),
]


@pytest.mark.parametrize("row", range(len(FAULTS)))
def test_the_order_of_reasons(row: int) -> None:
    faults = {name: value for _, changes in FAULTS[row:] for name, value in changes.items()}
    assert rejection_of(structs.replace(REFERRAL, **faults), "bob", NOW) == FAULTS[row][0]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"usage_limit": 0, "usage_counter": 99},
        {"start_date": NOW, "expiry_date": NOW + DAY},
        {"friend_profile_integration_id": "bob"},
    ],
)
def test_a_referral_that_is_good(changes: dict[str, Any]) -> None:
    assert rejection_of(structs.replace(REFERRAL, **changes), "bob", NOW) is None


def test_giving_back_is_the_inverse() -> None:
    use = UseReferral(1, "bob", "s1", 1)
    assert use.inverse() == UseReferral(1, "bob", "s1", -1)
    assert use.inverse().inverse() == use


RULE = {
    "title": "friend",
    "condition": ["and", ["referralValid"], [">=", [".", "Session", "CartItemTotal"], 20]],
    "effects": [["setDiscount", "friend", 5]],
}
SHOES = [{"sku": "shoe", "price": 10, "quantity": 2}]


@pytest.mark.parametrize(("quantity", "redeemed"), [(0, 1), (1, 0)], ids=["still deserved", "no longer deserved"])
def test_a_return_decides_anew_about_a_referral(quantity: int, redeemed: int) -> None:
    items = [*SHOES, {"sku": "hat", "price": 1, "quantity": 1}]
    campaign = {
        "name": "friends",
        "reevaluateOnReturn": True,
        "referrals": [{"code": "CODE1", "advocateProfileIntegrationId": "ann"}],
        "limits": [{"action": "redeemReferral", "limit": 1, "entities": []}],
        "ruleset": {"rules": [RULE], "bindings": []},
    }
    shop = MemoryShop({"campaigns": [campaign]})
    shop.update("s1", {"state": "closed", "profileId": "bob", "referralCode": "CODE1", "cartItems": items})
    assert (shop.referrals["CODE1"].usage_counter, shop.friends) == (1, {"bob": "s1"})
    returned: list[dict[str, Any]] = [{"sku": "shoe", "quantity": 1}] if quantity else [{"sku": "hat", "quantity": 1}]
    shop.return_items("s1", returned, again=True)
    assert shop.referrals["CODE1"].usage_counter == redeemed
    assert shop.friends == ({"bob": "s1"} if redeemed else {})
    shop.update("s1", {"state": "cancelled"})
    assert (shop.referrals["CODE1"].usage_counter, shop.friends) == (0, {})
    assert not any(shop.used.values())


def test_a_session_opened_again_refers_its_customer_again() -> None:
    campaign = {
        "name": "friends",
        "referrals": [{"code": "CODE1", "advocateProfileIntegrationId": "ann"}],
        "ruleset": {"rules": [RULE], "bindings": []},
    }
    shop = MemoryShop({"campaigns": [campaign]})
    closed = {"state": "closed", "profileId": "bob", "referralCode": "CODE1", "cartItems": SHOES}
    for _ in range(2):
        shop.update("s1", closed)
        assert (shop.referrals["CODE1"].usage_counter, shop.friends) == (1, {"bob": "s1"})
        shop.reopen("s1")
        assert (shop.referrals["CODE1"].usage_counter, shop.friends) == (0, {})
