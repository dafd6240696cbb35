"""importReferrals and exportReferrals: a file is stored whole or not at all, and written as it is read."""

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

WHOLE = (
    "code,startdate,expirydate,advocateprofileintegrationid,limitval,attributes\n"
    'code_1,2020-11-10T23:00:00Z,2021-11-11T23:00:00Z,ada,7,"{""tone"": ""warm""}"\n'
    "CODE_2,,,ben,,\n"
)


@pytest.fixture
async def campaign(shop: Shop) -> int:
    """A campaign of the shop, whose Application folds codes to upper case; referrals may have a tone."""
    definition = {"entity": "Referral", "name": "tone", "title": "tone", "type": "string", "description": ""}
    await shop.create("/v1/attributes", definition | {"suggestions": [], "editable": True})
    campaign_id: int = (await shop.campaign())["id"]
    return campaign_id


async def send(shop: Shop, campaign_id: int, content: str, sender: Shop | None = None) -> httpx.Response:
    """The answer to importReferrals."""
    path = f"{shop.path}/campaigns/{campaign_id}/import_referrals"
    headers = {"Authorization": f"Bearer {(sender or shop).staff.token}"}
    return await shop.client.post(path, files={"upFile": ("referrals.csv", content.encode())}, headers=headers)


async def receive(shop: Shop, **query: Any) -> list[dict[str, str]]:
    """The rows of exportReferrals."""
    answer = await shop.manage("GET", f"{shop.path}/export_referrals", query=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/csv"), answer.text
    return list(csv.DictReader(StringIO(answer.text)))


def places(answer: httpx.Response) -> list[tuple[str, str]]:
    """(title, line) of every error."""
    return [(error["title"], error["source"]["line"]) for error in answer.json()["errors"]]


async def test_a_file_becomes_referrals(shop: Shop, campaign: int) -> None:
    imported = (await send(shop, campaign, WHOLE)).json()
    assert (imported["entity"], imported["amount"]) == ("Referral", 2)
    first, second = await receive(shop)
    stored = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign}/referrals/no_total")).json()["data"]
    assert first == {
        "id": str(stored[0]["id"]),
        "created": stored[0]["created"],
        "campaignid": str(campaign),
        "advocateprofileintegrationid": "ada",
        "friendprofileintegrationid": "",
        "startdate": "2020-11-10T23:00:00Z",
        "expirydate": "2021-11-11T23:00:00Z",
        "code": "CODE_1",
        "importid": str(imported["id"]),
        "attributes": '{"tone": "warm"}',
        "batchid": stored[0]["batchId"],
        "counter": "0",
        "limitval": "7",
    }
    assert (second["code"], second["limitval"], second["startdate"], second["attributes"]) == ("CODE_2", "1", "", "{}")
    assert second["batchid"] == first["batchid"] != ""


async def test_an_export_can_be_sent_again(shop: Shop, other_shop: Shop, campaign: int) -> None:
    content = WHOLE.replace('"{""tone"": ""warm""}"', "")
    await send(shop, campaign, content)
    exported = (await shop.manage("GET", f"{shop.path}/export_referrals")).text
    elsewhere: int = (await other_shop.campaign())["id"]
    assert (await send(other_shop, elsewhere, exported)).json()["amount"] == 2


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ("code\nABC\n", [("Required", "1")]),
        ("code,advocateprofileintegrationid,friend\nABC,ada,x\n", [("Unknown", "1")]),
        ("code,advocateprofileintegrationid\nABC,\n,ada\n", [("Required", "2"), ("Required", "3")]),
        ("code,advocateprofileintegrationid\nAB,ada\n", [("Out of range", "2")]),
        ("code,advocateprofileintegrationid\nABC," + "a" * 1001, [("Too long", "2")]),
        ("code,advocateprofileintegrationid\nABC,ada\nabc,ben\n", [("Duplicate", "3")]),
        ("code,advocateprofileintegrationid,limitval\nABC,ada,1000000\n", [("Out of range", "2")]),
        ('code,advocateprofileintegrationid,attributes\nABC,ada,"{""unknown"": 1}"\n', [("Unknown", "2")]),
    ],
)
async def test_a_wrong_file_is_refused_with_its_lines(
    shop: Shop, campaign: int, content: str, errors: list[tuple[str, str]]
) -> None:
    answer = await send(shop, campaign, content)
    assert (answer.status_code, places(answer)) == (400, errors)
    assert await receive(shop) == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"valid": "expired"}, ["CODE_1"]),
        ({"valid": "validNow"}, ["CODE_2"]),
        ({"valid": "validFuture"}, []),
        ({"usable": "true"}, ["CODE_1", "CODE_2"]),
        ({"usable": "false"}, []),
        ({"createdBefore": "2020-01-01"}, []),
        ({"createdAfter": "2020-01-01"}, ["CODE_1", "CODE_2"]),
        ({"batchId": "nosuchon"}, []),
        ({"campaignId": 0}, []),
    ],
)
async def test_filters(shop: Shop, campaign: int, query: dict[str, Any], codes: list[str]) -> None:
    await send(shop, campaign, WHOLE)
    assert [row["code"] for row in await receive(shop, **query)] == codes


async def test_spreadsheets_get_moments_as_they_read_them(shop: Shop, campaign: int) -> None:
    await send(shop, campaign, WHOLE)
    assert (await receive(shop, dateFormat="excel"))[0]["startdate"] == "2020-11-10 23:00:00"


async def test_files_come_into_ones_own_campaigns_only(shop: Shop, other_shop: Shop, campaign: int) -> None:
    assert (await send(shop, campaign, WHOLE, sender=other_shop)).status_code == 404
    assert (await other_shop.manage("GET", f"{shop.path}/export_referrals")).status_code == 404
