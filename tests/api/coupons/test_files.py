"""importCoupons and exportCoupons: a file is stored whole or not at all, and written as it is read."""

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop, open_shop
from tests.support.coupons import Coupons, define

pytestmark = pytest.mark.anyio

EXPORTED = [
    "id",
    "created",
    "campaignid",
    "value",
    "expirydate",
    "startdate",
    "attributes",
    "applicationid",
    "deleted",
    "deleted_changelogid",
    "accountid",
    "referralid",
    "recipientintegrationid",
    "importid",
    "batchid",
    "reservation",
    "limits",
    "limitval",
    "counter",
    "discount_counter",
    "discount_limitval",
    "is_reservation_mandatory",
    "reservation_counter",
    "reservation_limitval",
]
WHOLE = (
    '"value","expirydate","startdate","recipientintegrationid","limitval","attributes","discountlimit"\n'
    'coup1,2018-07-01T04:00:00+02:00,2018-05-01T04:00:00Z,cust123,7,"{""Category"": ""10_off""}",2.40\n'
    "COUP2,,,,,,\n"
)


async def send(coupons: Coupons, content: str | bytes, *, shop: Shop | None = None, **query: str) -> httpx.Response:
    """The answer to importCoupons."""
    sender = shop or coupons.shop
    headers = {"Authorization": f"Bearer {sender.staff.token}"}
    path = coupons.path.replace("/coupons", "/import_coupons")
    files = {"upFile": ("coupons.csv", content if isinstance(content, bytes) else content.encode())}
    return await sender.client.post(path, files=files, params=query, headers=headers)


async def receive(coupons: Coupons, **query: Any) -> list[dict[str, str]]:
    """The rows of exportCoupons."""
    answer = await coupons.shop.manage("GET", f"{coupons.shop.path}/export_coupons", query=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/csv"), answer.text
    return list(csv.DictReader(StringIO(answer.text)))


def places(answer: httpx.Response) -> list[tuple[str, str]]:
    """(title, line) of every error."""
    return [(error["title"], error["source"]["line"]) for error in answer.json()["errors"]]


async def test_a_file_becomes_coupons(coupons: Coupons) -> None:
    await define(coupons.shop, "Category")
    answer = await send(coupons, WHOLE)
    imported = answer.json()
    assert (answer.status_code, imported["entity"], imported["amount"]) == (200, "Coupon", 2)
    staff = coupons.shop.staff
    assert (imported["accountId"], imported["userId"]) == (staff.account_id, staff.user_id)
    first, second = await coupons.read("COUP1"), await coupons.read("COUP2")
    expected = {
        "value": "COUP1",
        "usageLimit": 7,
        "discountLimit": 2.4,
        "startDate": "2018-05-01T04:00:00Z",
        "expiryDate": "2018-07-01T02:00:00Z",
        "recipientIntegrationId": "cust123",
        "reservation": False,
        "attributes": {"Category": "10_off"},
        "importId": imported["id"],
    }
    assert first.items() >= expected.items()
    assert second.items() >= {"value": "COUP2", "usageLimit": 1, "reservation": True, "attributes": {}}.items()
    assert first["batchId"] == second["batchId"] != ""
    assert {"discountLimit", "startDate", "expiryDate"}.isdisjoint(second)


async def test_a_code_that_exists_refuses_the_file_or_is_skipped(coupons: Coupons) -> None:
    await coupons.make("TAKEN")
    content = "value\nNEW1\ntaken\nNEW2\nnew1\n"
    refused = await send(coupons, content)
    assert (refused.status_code, places(refused)) == (400, [("Duplicate", "3"), ("Duplicate", "5")])
    assert await coupons.find() == ["TAKEN"]
    answer = await send(coupons, content, skipDuplicates="true")
    assert (answer.status_code, answer.json()["amount"]) == (200, 2)
    assert await coupons.find() == ["TAKEN", "NEW1", "NEW2"]


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ("limitval\n1\n", [("Required", "1")]),
        ("value,expiry\nABC,2030-01-01\n", [("Unknown", "1")]),
        ("value,limitval\n,1\n", [("Required", "2")]),
        ("value\nAB\nABC\n", [("Out of range", "2")]),
        ("value\n" + "A" * 501, [("Too long", "2")]),
        ("value\nA\u200bBC", [("Invalid value", "2")]),
        (
            "value,limitval\nABC,1000000\nABD,-1\nABE,x\n",
            [("Out of range", "2"), ("Invalid type", "3"), ("Invalid type", "4")],
        ),
        ("value,discountlimit\nABC,-0.01\nABD,1000000000000001\n", [("Out of range", "2"), ("Out of range", "3")]),
        ("value,startdate\nABC,soon\n", [("Invalid type", "2")]),
        ("value,startdate,expirydate\nABC,2030-01-02,2030-01-02\n", [("Invalid value", "2")]),
        ("value,recipientintegrationid\nABC," + "r" * 1001, [("Too long", "2")]),
        ('value,attributes\nABC,"{""unknown"": 1}"\nABD,[]\n', [("Unknown", "2"), ("Invalid type", "3")]),
    ],
)
async def test_a_wrong_file_is_refused_with_its_lines(
    coupons: Coupons, content: str, errors: list[tuple[str, str]]
) -> None:
    answer = await send(coupons, content)
    assert (answer.status_code, places(answer)) == (400, errors)
    assert await coupons.find() == []


async def test_attributes_are_mandatory_for_files_too(shop: Shop, database: Database) -> None:
    mandatory = {"attributesSettings": {"mandatory": {"coupons": ["Category"]}}}
    strict = await open_shop(shop.client, database, **mandatory)
    await define(strict, "Category")
    coupons = Coupons(strict, database, (await strict.campaign())["id"])
    refused = await send(coupons, "value\nABC\n")
    assert (refused.status_code, places(refused)) == (400, [("Required", "2")])
    assert (await send(coupons, 'value,attributes\nABC,"{""Category"": ""a""}"\n')).status_code == 200


async def test_files_come_into_ones_own_campaigns_only(coupons: Coupons, other_shop: Shop) -> None:
    assert (await send(coupons, "value\nABC\n", shop=other_shop)).status_code == 404
    path = f"{coupons.shop.path}/export_coupons"
    assert (await other_shop.manage("GET", path)).status_code == 404


async def test_many_lines_are_stored_in_more_than_one_statement(coupons: Coupons) -> None:
    content = "value\n" + "".join(f"LINE{number}\n" for number in range(12_000))
    assert (await send(coupons, content)).json()["amount"] == 12_000
    last = await send(coupons, "value\n" + "".join(f"MORE{number}\n" for number in range(5_000)) + "LINE11999\n")
    assert (last.status_code, places(last)) == (400, [("Duplicate", "5002")])
    rows = await receive(coupons, valuesOnly="true")
    assert rows[0] == {"value": "LINE0"} and len(rows) == 12_000


async def test_an_export_can_be_sent_again(coupons: Coupons) -> None:
    await define(coupons.shop, "Category")
    await send(coupons, WHOLE)
    exported = (await coupons.shop.manage("GET", f"{coupons.shop.path}/export_coupons")).text
    await coupons.shop.manage("DELETE", coupons.path)
    before = list(csv.DictReader(StringIO(exported)))
    assert (await send(coupons, exported)).json()["amount"] == 2
    kept = ("value", "startdate", "expirydate", "attributes", "recipientintegrationid", "limitval")
    assert [[row[name] for name in kept] for row in await receive(coupons)] == [
        [row[name] for name in kept] for row in before
    ]


async def test_every_column_is_written(coupons: Coupons) -> None:
    await define(coupons.shop, "Category")
    imported = (await send(coupons, WHOLE)).json()
    await coupons.use("COUP1", 3)
    first, second = await receive(coupons, dateFormat="ISO8601")
    assert list(first) == EXPORTED
    stored = await coupons.read("COUP1")
    assert first == {
        "id": str(stored["id"]),
        "created": stored["created"],
        "campaignid": str(coupons.campaign_id),
        "value": "COUP1",
        "expirydate": "2018-07-01T02:00:00Z",
        "startdate": "2018-05-01T04:00:00Z",
        "attributes": '{"Category": "10_off"}',
        "applicationid": str(coupons.shop.application_id),
        "deleted": "",
        "deleted_changelogid": "0",
        "accountid": str(coupons.shop.staff.account_id),
        "referralid": "",
        "recipientintegrationid": "cust123",
        "importid": str(imported["id"]),
        "batchid": stored["batchId"],
        "reservation": "false",
        "limits": "[]",
        "limitval": "7",
        "counter": "3",
        "discount_counter": "0",
        "discount_limitval": "2.4",
        "is_reservation_mandatory": "false",
        "reservation_counter": "0",
        "reservation_limitval": "",
    }
    assert (second["startdate"], second["discount_limitval"], second["reservation"]) == ("", "", "true")
    (row,) = await receive(coupons, value="COUP-1", dateFormat="excel")
    assert (row["startdate"], row["expirydate"]) == ("2018-05-01 04:00:00", "2018-07-01 02:00:00")


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, ["OLD1", "USED", "MINE"]),
        ({"sort": "-value"}, ["USED", "OLD1", "MINE"]),
        ({"value": "us-ed"}, ["USED"]),
        ({"value": "us-ed", "exactMatch": "true"}, []),
        ({"valid": "expired"}, ["OLD1"]),
        ({"valid": "validNow"}, ["USED", "MINE"]),
        ({"usable": "false"}, ["USED"]),
        ({"recipientIntegrationId": "me"}, ["MINE"]),
        ({"referralId": 1}, []),
        ({"createdBefore": "2020-01-01"}, []),
        ({"createdAfter": "2020-01-01"}, ["OLD1", "USED", "MINE"]),
        ({"campaignState": "disabled"}, ["MINE"]),
        ({"batchId": "nosuchon"}, []),
        ({"valuesOnly": "true", "valid": "expired"}, ["OLD1"]),
    ],
)
async def test_filters(coupons: Coupons, query: dict[str, Any], codes: list[str]) -> None:
    await coupons.make("OLD1", expiryDate="2020-01-01T00:00:00Z")
    await coupons.make("USED")
    await coupons.use("USED", 1)
    sleeping = (await coupons.shop.campaign(name="Sleeping", state="disabled"))["id"]
    await Coupons(coupons.shop, coupons.database, sleeping).make("MINE", recipientIntegrationId="me")
    assert [row["value"] for row in await receive(coupons, **query)] == codes
    only = {"OLD1", "USED"}.intersection(codes)
    assert {row["value"] for row in await receive(coupons, campaignId=coupons.campaign_id, **query)} == only


async def test_coupons_deleted_lately_are_exported_when_asked_for(coupons: Coupons) -> None:
    await coupons.make("GONE-##", 2, discountLimit=10.5)
    first, second = await coupons.find()
    stored = await coupons.read(first)
    await coupons.shop.manage("DELETE", f"{coupons.path}/{stored['id']}")
    await coupons.shop.manage("DELETE", coupons.path, query={"value": second})
    await coupons.make("STAYS")
    rows = await receive(coupons, deletedAfter="2020-01-01")
    assert [(row["value"], row["deleted"], row["discount_limitval"]) for row in rows] == [
        (first, "true", "10.5"),
        (second, "true", "10.5"),
    ]
    assert rows[0]["created"] == stored["created"]
    assert await receive(coupons, deletedBefore="2020-01-01") == []
    assert [row["value"] for row in await receive(coupons, deletedBefore="2100-01-01", value=second)] == [second]
    forget = Query("age", "UPDATE deleted_coupons SET deleted = deleted - interval '8 days' WHERE account_id = $1")
    async with coupons.database.transaction() as db:
        await db.run(forget, coupons.shop.staff.account_id)
    assert await receive(coupons, deletedAfter="2020-01-01") == []


@pytest.mark.parametrize(
    ("query", "place"),
    [({"sort": "attributes"}, "sort"), ({"dateFormat": "unix"}, "dateFormat"), ({"valid": "no"}, "valid")],
)
async def test_a_wrong_filter_is_refused(coupons: Coupons, query: dict[str, str], place: str) -> None:
    answer = await coupons.shop.manage("GET", f"{coupons.shop.path}/export_coupons", query=query)
    assert (answer.status_code, answer.json()["errors"][0]["source"]) == (400, {"parameter": place})
