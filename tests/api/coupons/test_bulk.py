"""Coupons in bulk: createCouponsForMultipleRecipients, createCouponsAsync, createCouponsDeletionJob, and what became of
them (getCouponCreationJob, getCouponDeletionJob)."""

import re
from typing import Any

import httpx
import pytest

from tests.support.api import Shop, pointers
from tests.support.coupons import Coupons, define
from tests.support.jobs import work_off

pytestmark = pytest.mark.anyio

DIGITS = list("0123456789")
TERMS = {
    "usageLimit": 0,
    "discountLimit": 10.5,
    "reservationLimit": 45,
    "startDate": "2020-01-24T14:15:22Z",
    "expiryDate": "2033-08-24T14:15:22Z",
}


def settings(pattern: str, characters: list[str] = DIGITS) -> dict[str, Any]:
    """Settings of a generator."""
    return {"couponPattern": pattern, "validCharacters": characters}


async def ask(coupons: Coupons, count: int, **body: Any) -> httpx.Response:
    """createCouponsAsync."""
    given = {"usageLimit": 1, "attributes": {}, "numberOfCoupons": count} | body
    return await coupons.shop.manage("POST", coupons.path.replace("/coupons", "/coupons_async"), given)


async def creation(coupons: Coupons, batch_id: str) -> dict[str, Any]:
    """getCouponCreationJob."""
    path = coupons.path.replace("/coupons", f"/coupons_async/{batch_id}")
    answer = await coupons.shop.manage("GET", path)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def count(coupons: Coupons, **query: Any) -> int:
    """How many codes there are."""
    answer = await coupons.shop.manage(
        "GET", f"{coupons.shop.path}/export_coupons", query={"valuesOnly": "true", **query}
    )
    codes = answer.text.split()[1:]
    assert len(set(codes)) == len(codes)
    return len(codes)


async def test_coupons_are_created_while_nobody_waits(coupons: Coupons) -> None:
    await define(coupons.shop, "channel")
    answer = await ask(
        coupons,
        25_000,
        couponSettings=settings("async-########"),
        attributes={"channel": "mail"},
        isReservationMandatory=True,
        **TERMS,
    )
    batch_id = answer.json()["batchId"]
    assert (answer.status_code, re.fullmatch("[a-z]{8}", batch_id) is not None) == (200, True)
    waiting = await creation(coupons, batch_id)
    assert (waiting["status"], waiting["createdAmount"], waiting["numberOfCoupons"]) == ("pending", 0, 25_000)
    await work_off(coupons.database)
    done = await creation(coupons, batch_id)
    staff = coupons.shop.staff
    expected = {
        "campaignId": coupons.campaign_id,
        "applicationId": coupons.shop.application_id,
        "accountId": staff.account_id,
        "createdBy": staff.user_id,
        "batchId": batch_id,
        "status": "completed",
        "createdAmount": 25_000,
        "failCount": 0,
        "errors": [],
        "communicated": False,
        "couponSettings": settings("ASYNC-########"),
        "attributes": {"channel": "mail"},
    }
    assert done.items() >= (expected | TERMS).items()
    assert done["chunkExecutionCount"] >= 3
    assert await count(coupons, batchId=batch_id) == 25_000
    query = {"batchId": batch_id, "pageSize": 1}
    (coupon,) = (await coupons.shop.manage("GET", f"{coupons.path}/no_total", query=query)).json()["data"]
    shared = TERMS | {"attributes": {"channel": "mail"}, "isReservationMandatory": True, "batchId": batch_id}
    assert coupon.items() >= shared.items()
    assert (coupon["created"], re.fullmatch("ASYNC-[0-9]{8}", coupon["value"]) is not None) == (done["created"], True)


@pytest.mark.parametrize(
    ("pattern", "wanted", "there", "fewest", "most"),
    [
        ("TEN-#", 8, 5, 5, 5),
        # Too large to be listed: given up when hardly a draw finds a free code, with 5 of 100 thousand left.
        ("LOTS-#####", 60_000, 60_000, 33_000, 37_000),
    ],
)
async def test_a_pattern_that_is_used_up_ends_the_job(
    coupons: Coupons, pattern: str, wanted: int, there: int, fewest: int, most: int
) -> None:
    first = (await ask(coupons, there, couponSettings=settings(pattern))).json()["batchId"]
    await work_off(coupons.database)
    assert (await creation(coupons, first))["status"] == "completed"
    second = (await ask(coupons, wanted, couponSettings=settings(pattern))).json()["batchId"]
    await work_off(coupons.database)
    told = await creation(coupons, second)
    assert (told["status"], told["errors"]) == ("coupon pattern full", ["coupon pattern full"])
    assert told["createdAmount"] == await count(coupons, batchId=second)
    assert fewest <= told["createdAmount"] <= most


async def test_two_jobs_share_a_pattern(coupons: Coupons) -> None:
    batches = [(await ask(coupons, 15_000, couponSettings=settings("BOTH-#####"))).json()["batchId"] for _ in "12"]
    await work_off(coupons.database)
    assert [(await creation(coupons, batch))["status"] for batch in batches] == ["completed"] * 2
    assert await count(coupons) == 30_000


async def test_the_pattern_of_the_campaign_is_the_default(coupons: Coupons) -> None:
    campaign = await coupons.shop.campaign(features=["coupons"], couponSettings=settings("OURS-####"))
    own = Coupons(coupons.shop, coupons.database, campaign["id"])
    batch = (await ask(own, 3)).json()["batchId"]
    assert (await creation(own, batch))["couponSettings"] == settings("OURS-####")
    assert (await ask(coupons, 3)).status_code == 200


async def test_a_campaign_that_is_gone_gets_no_coupons(coupons: Coupons) -> None:
    batch = (await ask(coupons, 3)).json()["batchId"]
    campaign = f"{coupons.shop.path}/campaigns/{coupons.campaign_id}"
    assert (await coupons.shop.manage("DELETE", campaign)).status_code == 204
    await work_off(coupons.database)
    told = await creation(coupons, batch)
    assert (told["status"], told["errors"]) == ("failed", ["The campaign was deleted"])


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({"numberOfCoupons": 0}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": 5_000_001}, ["/numberOfCoupons"]),
        ({"numberOfCoupons": None}, ["/numberOfCoupons"]),
        ({"usageLimit": None}, ["/usageLimit"]),
        ({"attributes": None}, ["/attributes"]),
        ({"attributes": {"unknown": 1}}, ["/attributes/unknown"]),
        ({"discountLimit": -1}, ["/discountLimit"]),
        ({"startDate": "2030-01-02T00:00:00Z", "expiryDate": "2030-01-01T00:00:00Z"}, ["/expiryDate"]),
        ({"numberOfCoupons": 11, "couponSettings": settings("TEN-#")}, ["/couponSettings/couponPattern"]),
        ({"numberOfCoupons": 2, "couponSettings": settings("FIXED")}, ["/couponSettings/couponPattern"]),
        ({"couponSettings": settings("A B C")}, ["/couponSettings/couponPattern"]),
        ({"couponSettings": settings("A-###", ["AB"])}, ["/couponSettings/validCharacters/0"]),
        ({"couponSettings": {"couponPattern": "A-###"}}, ["/couponSettings/validCharacters"]),
    ],
)
async def test_a_wrong_job_is_refused_at_once(coupons: Coupons, body: dict[str, Any], places: list[str]) -> None:
    answer = await ask(coupons, 1, **body)
    assert (answer.status_code, pointers(answer)) == (400, places)


async def test_jobs_are_for_ones_own_campaigns(coupons: Coupons, other_shop: Shop) -> None:
    batch = (await ask(coupons, 3)).json()["batchId"]
    deletions = coupons.path.replace("/coupons", "/coupons_deletion_jobs")
    deletion = (await coupons.shop.manage("POST", deletions, {"filters": {}})).json()
    for method, tail, body in (
        ("POST", "coupons_async", {"usageLimit": 1, "attributes": {}, "numberOfCoupons": 1}),
        ("GET", f"coupons_async/{batch}", None),
        ("POST", "coupons_deletion_jobs", {"filters": {}}),
        ("GET", f"coupons_deletion_jobs/{deletion['id']}", None),
        ("POST", "coupons_with_recipients", {"usageLimit": 1, "recipientsIntegrationIds": ["a"]}),
    ):
        path = coupons.path.replace("/coupons", f"/{tail}")
        assert (await other_shop.manage(method, path, body)).status_code == 404
    sibling = Coupons(coupons.shop, coupons.database, (await coupons.shop.campaign(name="Sibling"))["id"])
    for tail in (f"coupons_async/{batch}", f"coupons_deletion_jobs/{deletion['id']}", "coupons_async/nosuchon"):
        assert (await coupons.shop.manage("GET", sibling.path.replace("/coupons", f"/{tail}"))).status_code == 404


async def delete(coupons: Coupons, **filters: Any) -> dict[str, Any]:
    """createCouponsDeletionJob, then everything that is due; what became of it."""
    path = coupons.path.replace("/coupons", "/coupons_deletion_jobs")
    answer = await coupons.shop.manage("POST", path, {"filters": filters})
    assert answer.status_code == 202, answer.text
    waiting = (await coupons.shop.manage("GET", f"{path}/{answer.json()['id']}")).json()
    assert (waiting["status"], waiting["deletedAmount"]) == ("pending", 0)
    await work_off(coupons.database)
    told: dict[str, Any] = (await coupons.shop.manage("GET", f"{path}/{answer.json()['id']}")).json()
    return told


async def test_coupons_are_deleted_while_nobody_waits(coupons: Coupons) -> None:
    await coupons.make("STAYS")
    batch = (await ask(coupons, 25_000, couponSettings=settings("GONE-########"))).json()["batchId"]
    await work_off(coupons.database)
    told = await delete(coupons, batchId=batch, usable=True)
    expected = {
        "applicationId": coupons.shop.application_id,
        "accountId": coupons.shop.staff.account_id,
        "createdBy": coupons.shop.staff.user_id,
        "filters": {"batchId": batch, "usable": True, "exactMatch": False},
        "status": "completed",
        "deletedAmount": 25_000,
        "failCount": 0,
        "errors": [],
        "communicated": False,
        "campaignIDs": [coupons.campaign_id],
    }
    assert told.items() >= expected.items()
    assert await coupons.find() == ["STAYS"]
    assert await count(coupons, deletedAfter="2020-01-01") == 25_000


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, []),
        ({"value": "f-irst"}, ["SECOND", "USED"]),
        ({"value": "f-irst", "exactMatch": True}, ["FIRST", "SECOND", "USED"]),
        ({"usable": True}, ["USED"]),
        ({"redeemed": True}, ["FIRST", "SECOND"]),
        ({"recipientIntegrationId": "me"}, ["FIRST", "USED"]),
        ({"valid": "expired"}, ["FIRST", "SECOND"]),
        ({"expiresBefore": "2021-01-01T00:00:00Z"}, ["FIRST", "SECOND"]),
        ({"expiresAfter": "2021-01-01T00:00:00Z"}, ["FIRST", "SECOND", "USED"]),
        ({"startsBefore": "2021-01-01T00:00:00Z"}, ["SECOND", "USED"]),
        ({"startsAfter": "2021-01-01T00:00:00Z"}, ["FIRST", "SECOND", "USED"]),
        ({"createdBefore": "2021-01-01T00:00:00Z"}, ["FIRST", "SECOND", "USED"]),
        ({"createdAfter": "2021-01-01T00:00:00Z"}, []),
        ({"batchId": "", "value": ""}, []),
        ({"referralId": 7}, ["FIRST", "SECOND", "USED"]),
    ],
)
async def test_what_a_deletion_deletes(coupons: Coupons, filters: dict[str, Any], left: list[str]) -> None:
    await coupons.make("FIRST", startDate="2020-06-01T00:00:00Z")
    await coupons.make("SECOND", recipientIntegrationId="me")
    await coupons.make("USED", expiryDate="2020-06-01T00:00:00Z")
    await coupons.use("USED", 1)
    assert (await delete(coupons, **filters))["deletedAmount"] == 3 - len(left)
    assert await coupons.find() == left


async def test_usable_and_redeemed_exclude_each_other(coupons: Coupons) -> None:
    path = coupons.path.replace("/coupons", "/coupons_deletion_jobs")
    answer = await coupons.shop.manage("POST", path, {"filters": {"usable": True, "redeemed": False}})
    assert (answer.status_code, pointers(answer)) == (400, ["/filters/redeemed"])
    assert pointers(await coupons.shop.manage("POST", path, {})) == ["/filters"]


async def for_recipients(coupons: Coupons, recipients: list[str], **body: Any) -> httpx.Response:
    """createCouponsForMultipleRecipients, answered with the coupons unless the body says otherwise."""
    path = coupons.path.replace("/coupons", "/coupons_with_recipients")
    silent = body.pop("silent", "no")
    given = {"usageLimit": 1, "recipientsIntegrationIds": recipients} | body
    return await coupons.shop.manage("POST", path, given, query={"silent": silent})


async def test_each_of_many_customers_gets_a_coupon(coupons: Coupons) -> None:
    names = [f"customer {number}" for number in range(1_000)]
    answer = await for_recipients(coupons, [*names[:-1], "customer 0"], couponPattern="mine-####", **TERMS)
    made = answer.json()["data"]
    assert (answer.status_code, answer.json()["totalResultSize"]) == (200, 999)
    assert sorted(coupon["recipientIntegrationId"] for coupon in made) == sorted(names[:-1])
    assert len({coupon["value"] for coupon in made}) == 999
    assert {(coupon["batchId"], coupon["reservation"]) for coupon in made} == {(made[0]["batchId"], False)}
    assert made[0].items() >= TERMS.items()


async def test_recipients_are_served_in_silence_too(coupons: Coupons) -> None:
    answer = await for_recipients(coupons, ["a", "b"], silent="yes")
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(await coupons.find(recipientIntegrationId="a")) == 1


@pytest.mark.parametrize(
    ("recipients", "body", "places"),
    [
        ([], {}, ["/recipientsIntegrationIds"]),
        (["x"] * 1_001, {}, ["/recipientsIntegrationIds"]),
        (["a", "", "r" * 1_001], {}, ["/recipientsIntegrationIds/1", "/recipientsIntegrationIds/2"]),
        (["a", "b"], {"couponPattern": "FIXED"}, ["/couponPattern"]),
        (["a"], {"couponPattern": "AB"}, ["/couponPattern"]),
        (["a"], {"usageLimit": None}, ["/usageLimit"]),
        (["a"], {"attributes": {"unknown": 1}}, ["/attributes/unknown"]),
        (["a"], {"silent": "maybe"}, ["silent"]),
    ],
)
async def test_a_wrong_list_of_recipients_is_refused(
    coupons: Coupons, recipients: list[str], body: dict[str, Any], places: list[str]
) -> None:
    answer = await for_recipients(coupons, recipients, **body)
    assert (answer.status_code, pointers(answer)) == (400, places)
    assert await coupons.find() == []


async def test_too_few_codes_serve_nobody(coupons: Coupons) -> None:
    pattern = {"couponPattern": "TEN-#", "validCharacters": DIGITS}
    assert (await for_recipients(coupons, list("abcdef"), **pattern)).status_code == 200
    answer = await for_recipients(coupons, list("ghijkl"), **pattern)
    assert (answer.status_code, pointers(answer)) == (400, ["/couponPattern"])
    assert len(await coupons.find()) == 6
