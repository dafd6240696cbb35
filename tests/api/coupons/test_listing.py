"""getCouponsWithoutTotalCount, searchCouponsAdvancedWithoutTotalCount and
searchCouponsAdvancedApplicationWideWithoutTotalCount: which coupons a filter finds, and in which order.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.coupons import Coupons, define

pytestmark = pytest.mark.anyio

PAST, FUTURE = "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"


async def stock(coupons: Coupons) -> dict[str, str]:
    """One coupon of every kind; the batches' ids by code."""
    made = [
        *await coupons.make("PLAIN-1", usageLimit=2),
        *await coupons.make("ENDLESS", usageLimit=0),
        *await coupons.make("EXPIRED", startDate=PAST, expiryDate="2021-01-01T00:00:00Z"),
        *await coupons.make("LATER", startDate=FUTURE),
        *await coupons.make("TODAY", startDate=PAST, expiryDate=FUTURE, recipientIntegrationId="bob"),
    ]
    await coupons.use("PLAIN-1", 2)
    await coupons.use("ENDLESS", 9)
    return {coupon["value"]: coupon["batchId"] for coupon in made}


ALL = ["PLAIN-1", "ENDLESS", "EXPIRED", "LATER", "TODAY"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, ALL),
        ({"value": "plain1"}, ["PLAIN-1"]),
        ({"value": "pl.ai.n1"}, ["PLAIN-1"]),
        ({"value": "plain"}, []),
        ({"value": "plain-1", "exactMatch": "true"}, ["PLAIN-1"]),
        ({"value": "plain1", "exactMatch": "true"}, []),
        ({"value": ""}, ALL),
        ({"valid": "expired"}, ["EXPIRED"]),
        ({"valid": "validNow"}, ["PLAIN-1", "ENDLESS", "TODAY"]),
        ({"valid": "validFuture"}, ["LATER"]),
        ({"usable": "true"}, ["ENDLESS", "EXPIRED", "LATER", "TODAY"]),
        ({"usable": "false"}, ["PLAIN-1"]),
        ({"redeemed": "true"}, ["PLAIN-1", "ENDLESS"]),
        ({"redeemed": "false"}, ["EXPIRED", "LATER", "TODAY"]),
        ({"recipientIntegrationId": "bob"}, ["TODAY"]),
        ({"referralId": "1"}, []),
        ({"createdBefore": PAST}, []),
        ({"createdAfter": "2020-01-01"}, ALL),
        ({"startsBefore": PAST}, ["EXPIRED", "TODAY"]),
        ({"startsAfter": FUTURE}, ["LATER"]),
        ({"expiresBefore": "2021-01-01T01:00:00+01:00"}, ["EXPIRED"]),
        ({"expiresAfter": FUTURE}, ["TODAY"]),
        ({"startsBefore": FUTURE, "usable": "true", "valid": "validNow"}, ["TODAY"]),
        ({"sort": "-value"}, ["TODAY", "PLAIN-1", "LATER", "EXPIRED", "ENDLESS"]),
        ({"sort": "-usageCounter", "pageSize": "2"}, ["ENDLESS", "PLAIN-1"]),
        ({"sort": "expiryDate", "pageSize": "2"}, ["EXPIRED", "TODAY"]),
        ({"skip": "3"}, ["LATER", "TODAY"]),
    ],
)
async def test_filters_of_a_campaigns_list(coupons: Coupons, query: dict[str, str], codes: list[str]) -> None:
    await stock(coupons)
    assert await coupons.find(**query) == codes


async def test_a_batch_is_found_by_its_id(coupons: Coupons) -> None:
    batches = await stock(coupons)
    assert await coupons.find(batchId=batches["LATER"]) == ["LATER"]
    assert await coupons.find(batchId="aaaaaaaa") == []


async def test_pages_tell_whether_there_are_more(coupons: Coupons) -> None:
    await stock(coupons)
    path = f"{coupons.path}/no_total"
    pages = [(await coupons.shop.manage("GET", path, query={"pageSize": size})).json() for size in (4, 5)]
    assert [(page["hasMore"], len(page["data"])) for page in pages] == [(True, 4), (False, 5)]
    assert set(pages[0]) == {"hasMore", "data"}


async def test_only_codes_are_listed_with_what_no_coupon_may_lack(coupons: Coupons) -> None:
    await stock(coupons)
    answer = await coupons.shop.manage(
        "GET", f"{coupons.path}/no_total", query={"valuesOnly": "true", "value": "today"}
    )
    (coupon,) = answer.json()["data"]
    assert set(coupon) == {"id", "created", "campaignId", "value", "usageLimit", "usageCounter"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"usable": "true", "redeemed": "false"}, "redeemed"),
        ({"usable": "1"}, "usable"),
        ({"valid": "always"}, "valid"),
        ({"sort": "attributes"}, "sort"),
        ({"pageSize": "1001"}, "pageSize"),
        ({"createdBefore": "yesterday"}, "createdBefore"),
        ({"exactMatch": "yes"}, "exactMatch"),
        ({"referralId": "abc"}, "referralId"),
    ],
)
async def test_a_wrong_filter_is_refused_by_name(coupons: Coupons, query: dict[str, str], parameter: str) -> None:
    answer = await coupons.shop.manage("GET", f"{coupons.path}/no_total", query=query)
    assert (answer.status_code, pointers(answer)) == (400, [parameter])


async def with_attributes(coupons: Coupons) -> None:
    await define(coupons.shop, "venue")
    await define(coupons.shop, "seats", "number")
    await define(coupons.shop, "days", "(list string)")
    await coupons.make("NONE")
    await coupons.make("BAR5", attributes={"venue": "Bar", "seats": 5})
    await coupons.make("BAR6", attributes={"venue": "Bar", "seats": 6.0, "days": ["mon", "tue"]})


ATTRIBUTE_QUERIES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, ["NONE", "BAR5", "BAR6"]),
    ({"venue": "Bar"}, ["BAR5", "BAR6"]),
    ({"venue": "bar"}, []),
    ({"venue": "Bar", "seats": 5.0}, ["BAR5"]),
    ({"seats": 6}, ["BAR6"]),
    ({"days": ["mon", "tue"]}, ["BAR6"]),
    ({"days": ["mon"]}, []),
    ({"venue": None}, ["NONE"]),
    ({"unheard": "of"}, []),
)


async def test_coupons_are_found_by_all_of_the_attributes_asked_for(coupons: Coupons) -> None:
    await with_attributes(coupons)
    campaign = coupons.path.replace("/coupons", "/coupons_search_advanced/no_total")
    for path in (campaign, f"{coupons.shop.path}/coupons_search_advanced/no_total"):
        for wanted, codes in ATTRIBUTE_QUERIES:
            found = (await coupons.shop.manage("POST", path, wanted)).json()
            assert ([coupon["value"] for coupon in found["data"]], found["hasMore"]) == (codes, False), wanted


async def test_attributes_and_filters_hold_together(coupons: Coupons) -> None:
    await with_attributes(coupons)
    path = coupons.path.replace("/coupons", "/coupons_search_advanced/no_total")
    query = {"value": "bar-6", "usable": "true", "valid": "validNow", "sort": "-id", "pageSize": 1}
    found = (await coupons.shop.manage("POST", path, {"venue": "Bar"}, query=query)).json()
    assert [coupon["value"] for coupon in found["data"]] == ["BAR6"]
    refused = await coupons.shop.manage("POST", path, ["venue"])
    assert (refused.status_code, refused.json()["errors"][0]["source"]) == (400, {"pointer": ""})


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("running", ["IN-RUNNING"]),
        ("scheduled", ["IN-SCHEDULED"]),
        ("expired", ["IN-EXPIRED"]),
        ("enabled", ["IN-EXPIRED", "IN-RUNNING", "IN-SCHEDULED"]),
        ("disabled", ["IN-DISABLED"]),
        ("archived", []),
        ("staged", []),
    ],
)
async def test_an_application_is_searched_by_the_state_of_campaigns(shop: Shop, state: str, codes: list[str]) -> None:
    campaigns: dict[str, dict[str, Any]] = {
        "RUNNING": {},
        "SCHEDULED": {"startTime": FUTURE},
        "EXPIRED": {"startTime": PAST, "endTime": "2021-01-01T00:00:00Z"},
        "DISABLED": {"state": "disabled"},
    }
    for name, settings in campaigns.items():
        campaign = await shop.campaign(name=name, **settings)
        new = {"usageLimit": 1, "numberOfCoupons": 1, "couponPattern": f"IN-{name}"}
        await shop.create(f"{shop.path}/campaigns/{campaign['id']}/coupons?silent=no", new)
    query = {"campaignState": state, "sort": "value"}
    found = await shop.manage("POST", f"{shop.path}/coupons_search_advanced/no_total", {}, query=query)
    assert [coupon["value"] for coupon in found.json()["data"]] == codes


async def test_another_accounts_coupons_are_not_found(coupons: Coupons, other_shop: Shop) -> None:
    await coupons.make("SECRET")
    crossed = coupons.path.replace(coupons.shop.path, other_shop.path)
    for path in (coupons.path, crossed):
        assert (await other_shop.manage("GET", f"{path}/no_total")).status_code == 404
        search = path.replace("/coupons", "/coupons_search_advanced/no_total")
        assert (await other_shop.manage("POST", search, {})).status_code == 404
    wide = "/coupons_search_advanced/no_total"
    assert (await other_shop.manage("POST", f"{coupons.shop.path}{wide}", {})).status_code == 404
    assert (await other_shop.manage("POST", f"{other_shop.path}{wide}", {})).json()["data"] == []
