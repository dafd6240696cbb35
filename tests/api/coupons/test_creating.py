"""createCoupons: codes from a pattern, unique in the Application, on terms that are checked as a whole."""

import asyncio
import re
from typing import Any

import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_shop, pointers
from tests.support.coupons import Coupons

pytestmark = pytest.mark.anyio

DIGITS = list("0123456789")


async def test_coupons_follow_their_pattern_and_share_their_terms(coupons: Coupons) -> None:
    terms = {
        "usageLimit": 0,
        "discountLimit": 10.5,
        "reservationLimit": 45,
        "startDate": "2020-01-24T14:15:22Z",
        "expiryDate": "2033-08-24T14:15:22Z",
        "isReservationMandatory": True,
        "implicitlyReserved": True,
    }
    answer = await coupons.post({"couponPattern": "Summer-####", "numberOfCoupons": 300} | terms)
    assert answer.status_code == 200
    made = answer.json()["data"]
    assert answer.json()["totalResultSize"] == len(made) == 300
    assert len({coupon["value"] for coupon in made}) == len({coupon["id"] for coupon in made}) == 300
    assert all(re.fullmatch("SUMMER-[A-Z0-9]{4}", coupon["value"]) for coupon in made)
    assert len({coupon["batchId"] for coupon in made}) == 1
    assert re.fullmatch("[a-z]{8}", made[0]["batchId"])
    expected = terms | {
        "campaignId": coupons.campaign_id,
        "usageCounter": 0,
        "discountCounter": 0,
        "discountRemainder": 10.5,
        "reservationCounter": 0,
        "reservation": True,
        "limits": [],
        "attributes": {},
    }
    assert made[7].items() >= expected.items()
    assert {"recipientIntegrationId", "referralId", "importId"}.isdisjoint(made[7])


async def test_a_silent_request_is_answered_without_a_body(coupons: Coupons) -> None:
    body = {"usageLimit": 1, "numberOfCoupons": 2, "couponPattern": "SILENT-###"}
    answer = await coupons.shop.manage("POST", coupons.path, body)
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(await coupons.find()) == 2


@pytest.mark.parametrize(
    ("case_sensitivity", "stored"),
    [("sensitive", "aBc1"), ("insensitive-uppercase", "ABC1"), ("insensitive-lowercase", "abc1")],
)
async def test_a_code_without_placeholders_is_taken_as_it_is_in_the_case_of_the_application(
    shop: Shop, database: Database, case_sensitivity: str, stored: str
) -> None:
    spelling = await open_shop(shop.client, database, caseSensitivity=case_sensitivity)
    path = f"{spelling.path}/campaigns/{(await spelling.campaign())['id']}/coupons?silent=no"
    new = {"usageLimit": 1, "numberOfCoupons": 1, "couponPattern": "aBc1"}
    assert [coupon["value"] for coupon in (await spelling.create(path, new))["data"]] == [stored]


async def test_a_code_exists_once_in_an_application(coupons: Coupons, other_shop: Shop) -> None:
    await coupons.make("WELCOME")
    again = await coupons.post({"couponPattern": "welcome", "numberOfCoupons": 1})
    assert (again.status_code, pointers(again)) == (409, ["/couponPattern"])
    second = (await coupons.shop.campaign(name="Second"))["id"]
    path = f"{coupons.shop.path}/campaigns/{second}/coupons"
    elsewhere = await coupons.shop.manage(
        "POST", path, {"usageLimit": 1, "numberOfCoupons": 1, "couponPattern": "Welcome"}
    )
    assert elsewhere.status_code == 409
    stranger = f"{other_shop.path}/campaigns/{(await other_shop.campaign())['id']}/coupons?silent=no"
    await other_shop.create(stranger, {"usageLimit": 1, "numberOfCoupons": 1, "couponPattern": "WELCOME"})
    assert await coupons.find() == ["WELCOME"]


async def test_a_pattern_is_refilled_to_its_last_code_and_then_used_up(coupons: Coupons) -> None:
    await coupons.make("TEN-#", 9, validCharacters=DIGITS)
    refused = await coupons.post({"couponPattern": "TEN-#", "numberOfCoupons": 2, "validCharacters": DIGITS})
    assert (refused.status_code, pointers(refused)) == (400, ["/couponPattern"])
    assert len(await coupons.find()) == 9
    await coupons.make("TEN-#", 1, validCharacters=DIGITS)
    assert sorted(await coupons.find()) == [f"TEN-{digit}" for digit in DIGITS]
    assert (
        await coupons.post({"couponPattern": "TEN-#", "numberOfCoupons": 1, "validCharacters": DIGITS})
    ).status_code == 400


async def test_a_half_full_pattern_too_long_to_list_is_searched_for_free_codes(coupons: Coupons) -> None:
    await coupons.make("WIDE-#####", 20_000, validCharacters=DIGITS)
    await coupons.make("WIDE-#####", 20_000, validCharacters=DIGITS)
    await coupons.make("WIDE-#####", 20_000, validCharacters=DIGITS)
    assert [len(await coupons.find(skip=skip)) for skip in (59_000, 60_000)] == [1000, 0]


async def test_two_who_take_the_last_codes_at_once_share_them(coupons: Coupons) -> None:
    new = {"couponPattern": "TEN-#", "numberOfCoupons": 6, "validCharacters": DIGITS}
    answers = await asyncio.gather(coupons.post(new), coupons.post(new))
    assert sorted(answer.status_code for answer in answers) == [200, 400]
    assert len(await coupons.find()) == 6


async def test_the_pattern_comes_from_the_campaign_or_is_ours(coupons: Coupons) -> None:
    without = await coupons.post({"numberOfCoupons": 1})
    assert re.fullmatch("[A-Z0-9]{8}", without.json()["data"][0]["value"])
    settings = {"couponPattern": "CAMP-##", "validCharacters": ["7"]}
    campaign = await coupons.shop.campaign(features=["coupons"], couponSettings=settings)
    path = f"{coupons.shop.path}/campaigns/{campaign['id']}/coupons?silent=no"
    made = await coupons.shop.create(path, {"usageLimit": 1, "numberOfCoupons": 1, "uniquePrefix": "x-"})
    assert made["data"][0]["value"] == "X-CAMP-77"


async def test_a_coupon_for_somebody_is_personal(coupons: Coupons) -> None:
    coupon = (await coupons.make("BOBS", recipientIntegrationId="bob"))[0]
    assert (coupon["recipientIntegrationId"], coupon["reservation"]) == ("bob", False)


async def test_a_single_coupon_may_have_limits_of_profiles(coupons: Coupons) -> None:
    limits = [{"action": "redeemCoupon", "limit": 3, "period": "weekly", "entities": ["Profile"]}]
    assert (await coupons.make("LIMITED", limits=limits))[0]["limits"] == limits


PROFILE_LIMIT = {"action": "redeemCoupon", "limit": 1, "entities": ["Profile"]}


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({"numberOfCoupons": 0}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": 20_001}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": 200_001, "uniquePrefix": "A"}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": "1"}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": None}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": 2, "couponPattern": "FIXED"}, ["/couponPattern"]),
        ({"numberOfCoupons": 11, "couponPattern": "TEN-#", "validCharacters": DIGITS}, ["/couponPattern"]),
        ({"couponPattern": "AB"}, ["/couponPattern"]),
        ({"couponPattern": "AB#"}, ["/couponPattern"]),
        ({"couponPattern": "A B C"}, ["/couponPattern"]),
        ({"couponPattern": "A" * 101}, ["/couponPattern"]),
        ({"uniquePrefix": "A" * 93}, ["/couponPattern"]),
        ({"validCharacters": ["A", "BC", ""]}, ["/validCharacters/1", "/validCharacters/2"]),
        ({"validCharacters": []}, ["/validCharacters"]),
        ({"usageLimit": None}, ["/usageLimit"]),
        ({"usageLimit": 1_000_000}, ["/usageLimit"]),
        ({"usageLimit": -1}, ["/usageLimit"]),
        ({"reservationLimit": 1.5}, ["/reservationLimit"]),
        ({"discountLimit": -0.01}, ["/discountLimit"]),
        ({"discountLimit": "10"}, ["/discountLimit"]),
        ({"startDate": "tomorrow"}, ["/startDate"]),
        ({"startDate": "2030-01-02T00:00:00Z", "expiryDate": "2030-01-02T00:00:00Z"}, ["/expiryDate"]),
        ({"recipientIntegrationId": "r" * 1001}, ["/recipientIntegrationId"]),
        ({"attributes": {"unknown": 1}}, ["/attributes/unknown"]),
        ({"limits": [PROFILE_LIMIT | {"action": "dance"}]}, ["/limits/0/action"]),
        ({"limits": [PROFILE_LIMIT | {"entities": []}]}, ["/limits/0/entities"]),
        ({"limits": [PROFILE_LIMIT], "recipientIntegrationId": "bob"}, ["/limits"]),
        ({"limits": [PROFILE_LIMIT], "numberOfCoupons": 2}, ["/limits"]),
        ({"supportRequestId": 42}, ["/supportRequestId"]),
    ],
)
async def test_a_wrong_request_is_refused_with_its_places(
    coupons: Coupons, body: dict[str, Any], places: list[str]
) -> None:
    answer = await coupons.post({"numberOfCoupons": 1, "couponPattern": "CODE-####"} | body)
    assert (answer.status_code, pointers(answer)) == (400, places)
    assert await coupons.find() == []


async def test_all_that_is_wrong_is_said_at_once(coupons: Coupons) -> None:
    answer = await coupons.post({"numberOfCoupons": 0, "attributes": {"a": 1}, "discountLimit": -1})
    assert sorted(pointers(answer)) == ["/attributes/a", "/discountLimit", "/numberOfCoupons"]


async def test_what_the_contract_requires_is_missed_by_name(coupons: Coupons) -> None:
    for body, place in (({"numberOfCoupons": 1}, "/usageLimit"), ({"usageLimit": 1}, "/numberOfCoupons")):
        answer = await coupons.shop.manage("POST", coupons.path, body)
        assert answer.json()["errors"][0] | {"details": ""} == {
            "title": "Required",
            "details": "",
            "source": {"pointer": place},
        }


async def test_silent_is_yes_or_no(coupons: Coupons) -> None:
    answer = await coupons.post({"numberOfCoupons": 1}, silent="maybe")
    assert (answer.status_code, pointers(answer)) == (400, ["silent"])


async def test_coupons_are_created_in_ones_own_campaigns_only(coupons: Coupons, other_shop: Shop) -> None:
    new = {"usageLimit": 1, "numberOfCoupons": 1}
    assert (await other_shop.manage("POST", coupons.path, new)).status_code == 404
    crossed = coupons.path.replace(coupons.shop.path, other_shop.path)
    assert (await other_shop.manage("POST", crossed, new)).status_code == 404
    assert (await coupons.shop.manage("POST", crossed, new)).status_code == 404
    assert await coupons.find() == []
