"""A crowd of staff replaces what is in one collection, or in one value map, at two workers: the result is one of their
files, whole, whenever somebody looks."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from tests.support.api import Shop
from tests.support.crowd import BUSY
from tests.support.files import download, lines, upload
from tests.support.program import PATIENCE_SECONDS
from tests.support.server import Server

pytestmark = pytest.mark.anyio

# More than an import stores with one statement.
ROWS = 5_500
FILES = ("x", "y", "z")
CROWD = 12


def file_of(header: str, name: str) -> str:
    """A file of ROWS lines that tell its name."""
    return lines(header, [[f"{name}{number:05}", number][: header.count(",") + 1] for number in range(ROWS)])


async def insist_on_upload(shop: Shop, path: str, content: str) -> httpx.Response:
    """An import, sent again for as long as others are in the way."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (answer := await upload(shop, path, content)).status_code == BUSY:
            await asyncio.sleep(0)
        return answer


def name_of(rows: Sequence[Sequence[str]]) -> str:
    """Which file an export is, whole and nothing else; "" for nothing at all."""
    names = {row[0][0] for row in rows[1:]}
    assert (len(names), len(rows) - 1) in ((0, 0), (1, ROWS)), (names, len(rows))
    return names.pop() if names else ""


async def replace_and_look(shop: Shop, path: str, header: str) -> str:
    """Everybody replaces and looks at once; which file it is in the end."""

    async def replace(number: int) -> str:
        answer = await insist_on_upload(shop, f"{path}/import", file_of(header, FILES[number % len(FILES)]))
        assert (answer.status_code, answer.json()["amount"]) == (200, ROWS), answer.text
        return name_of(await download(shop, f"{path}/export"))

    seen = await asyncio.gather(*(replace(number) for number in range(CROWD)))
    assert "" not in seen
    return name_of(await download(shop, f"{path}/export"))


async def test_a_collection_is_one_file_whole(server: Server, shop: Shop) -> None:
    body = {"name": "skus", "subscribedApplicationsIds": [shop.application_id]}
    path = f"/v1/collections/{(await shop.create('/v1/collections', body))['id']}"

    async def rename(number: int) -> None:
        answer = await shop.manage("PUT", path, {"description": f"number {number}"})
        assert answer.status_code in (200, BUSY), answer.text

    last, *_ = await asyncio.gather(replace_and_look(shop, path, "item"), *(rename(number) for number in range(CROWD)))
    assert last in FILES
    assert (await shop.manage("GET", path)).json()["description"].startswith("number")


async def test_a_value_map_is_one_file_whole(server: Server, shop: Shop) -> None:
    campaign = await shop.campaign()
    maps = f"{shop.path}/campaigns/{campaign['id']}/value_maps"
    path = f"{maps}/{(await shop.create(maps, {}))['id']}"
    assert await replace_and_look(shop, path, "identifier,value") in FILES


@pytest.mark.parametrize("header", ["item", "identifier,value"])
async def test_what_is_deleted_meanwhile_is_not_found(server: Server, shop: Shop, header: str) -> None:
    place, body = "/v1/collections", {"name": "skus"}
    if header != "item":
        place, body = f"{shop.path}/campaigns/{(await shop.campaign())['id']}/value_maps", {}
    path = f"{place}/{(await shop.create(place, body))['id']}"

    async def delete() -> Any:
        while (answer := await shop.manage("DELETE", path)).status_code == BUSY:
            await asyncio.sleep(0)
        return answer

    imports = [insist_on_upload(shop, f"{path}/import", file_of(header, name)) for name in FILES * 2]
    answers = await asyncio.gather(*imports[:3], delete(), *imports[3:])
    assert answers.pop(3).status_code == 204
    assert {answer.status_code for answer in answers} <= {200, 404}, [answer.text for answer in answers]
    assert (await upload(shop, f"{path}/import", file_of(header, "x"))).status_code == 404
