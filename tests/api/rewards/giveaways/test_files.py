"""importPoolGiveaways and exportPoolGiveaways: a file is stored whole or not at all, and written as it is read."""

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

POOLS = "/v1/giveaways/pools"
HEADER = [
    "id",
    "poolid",
    "code",
    "startdate",
    "enddate",
    "attributes",
    "used",
    "importid",
    "created",
    "profileintegrationid",
    "profileid",
]
WHOLE = (
    "code,startdate,enddate,attributes\n"
    'GIFT1,2020-11-11T00:00:00+01:00,2122-11-11T23:00:00Z,"{""brand"": ""Shoes""}"\n'
    "GIFT1,,,\n"
)


@pytest.fixture
async def pool(shop: Shop) -> int:
    """The id of an empty pool, whose giveaways may have a brand."""
    attribute = {"entity": "Giveaway", "name": "brand", "title": "Brand", "type": "string"}
    await shop.create("/v1/attributes", attribute | {"description": "", "suggestions": [], "editable": True})
    pool_id: int = (await shop.create(POOLS, {"name": "Cards", "sandbox": False}))["id"]
    return pool_id


async def send(shop: Shop, pool: int, content: str) -> httpx.Response:
    """The answer to importPoolGiveaways."""
    headers = {"Authorization": f"Bearer {shop.staff.token}"}
    files = {"upFile": ("giveaways.csv", content.encode())}
    return await shop.client.post(f"{POOLS}/{pool}/import", files=files, headers=headers)


async def receive(shop: Shop, pool: int, **query: Any) -> list[dict[str, str]]:
    """The rows of exportPoolGiveaways."""
    answer = await shop.manage("GET", f"{POOLS}/{pool}/export", query=query)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "application/csv")
    return list(csv.DictReader(StringIO(answer.text)))


async def test_every_line_is_a_giveaway_of_its_own(shop: Shop, pool: int) -> None:
    answer = await send(shop, pool, WHOLE)
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert made.items() >= {"accountId": shop.staff.account_id, "entity": "Giveaway", "amount": 2}.items()
    first, second = await receive(shop, pool)
    assert list(first) == HEADER
    assert first["attributes"] == '{"brand": "Shoes"}'
    assert (first["code"], first["startdate"], first["used"]) == ("GIFT1", "2020-11-10T23:00:00Z", "false")
    assert (second["code"], second["startdate"], second["profileid"]) == ("GIFT1", "", "")
    assert {first["importid"], second["importid"]} == {str(made["id"])}


async def test_what_was_exported_can_be_imported(shop: Shop, pool: int) -> None:
    await send(shop, pool, WHOLE)
    exported = (await shop.manage("GET", f"{POOLS}/{pool}/export")).text
    assert (await send(shop, pool, exported)).json()["amount"] == 2
    assert [row["code"] for row in await receive(shop, pool)] == ["GIFT1"] * 4


async def test_an_awarded_giveaway_says_whose_it_is(shop: Shop, pool: int) -> None:
    await send(shop, pool, "code\nONE\n")
    campaign = await shop.campaign()
    rule = {"title": "a card", "condition": ["and"], "effects": [["awardGiveaway", pool]]}
    await shop.rules(campaign["id"], rule, activate=True)
    body = {"customerSession": {"profileId": "ann", "state": "closed"}}
    assert (await shop.integrate("PUT", "/v2/customer_sessions/s", body)).is_success
    (row,) = await receive(shop, pool)
    assert (row["used"], row["profileintegrationid"]) == ("true", "ann") and int(row["profileid"])


async def test_the_span_of_an_export(shop: Shop, pool: int) -> None:
    await send(shop, pool, "code\nONE\n")
    assert await receive(shop, pool, createdBefore="2020-01-01T00:00:00Z") == []
    assert len(await receive(shop, pool, createdAfter="2020-01-01T00:00:00Z")) == 1


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("startdate\n2020-01-01T00:00:00Z\n", ["1"]),
        ("code,color\nONE,red\n", ["1"]),
        ('code,startdate\n"",\nONE,soon\n', ["2", "3"]),
        ("code,startdate,enddate\nONE,2020-01-01T00:00:00Z,2020-01-01T00:00:00Z\n", ["2"]),
        ('code,attributes\nONE,"{""color"": 1}"\nTWO,{}\n', ["2"]),
        (f"code\n{'x' * 1001}\n", ["2"]),
    ],
)
async def test_one_mistake_refuses_the_whole_file(shop: Shop, pool: int, content: str, lines: list[str]) -> None:
    answer = await send(shop, pool, content)
    assert answer.status_code == 400
    assert [error["source"]["line"] for error in answer.json()["errors"]] == lines
    assert await receive(shop, pool) == []


async def test_no_pool_no_file(shop: Shop, other_shop: Shop, pool: int) -> None:
    assert (await send(other_shop, pool, WHOLE)).status_code == 404
    assert (await other_shop.manage("GET", f"{POOLS}/{pool}/export")).status_code == 404
