"""importAudiencesMemberships and exportAudiencesMemberships: a file is the whole list, stored whole or not at all."""

import httpx
import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

HEADER = "profileintegrationid"


@pytest.fixture
async def audience(shop: Shop) -> int:
    """The id of an audience with one member."""
    made: int = (await shop.integrate("POST", "/v2/audiences", {"name": "vip"})).json()["id"]
    action = {"action": "add", "profileIntegrationId": "old", "audienceId": made}
    await shop.integrate("POST", "/v2/customer_audiences", {"data": [action]})
    return made


async def send(shop: Shop, audience: int, content: str) -> httpx.Response:
    """The answer to an import."""
    headers = {"Authorization": f"Bearer {shop.staff.token}"}
    files = {"upFile": ("members.csv", content.encode())}
    return await shop.client.post(f"/v1/audiences/{audience}/memberships/import", files=files, headers=headers)


async def members(shop: Shop, audience: int) -> list[str]:
    """The lines of an export."""
    answer = await shop.manage("GET", f"/v1/audiences/{audience}/memberships/export")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "application/csv")
    header, *names = answer.text.splitlines()
    assert header == HEADER
    return names


async def test_a_file_replaces_the_members(shop: Shop, audience: int) -> None:
    made = await send(shop, audience, f"{HEADER}\ncharles\nalexa\nalexa\n")
    assert made.status_code == 200, made.text
    assert (made.json()["amount"], made.json()["accountId"]) == (2, shop.staff.account_id)
    assert await members(shop, audience) == ["alexa", "charles"]


async def test_more_members_than_are_read_at_once(shop: Shop, audience: int) -> None:
    names = [f"customer {number:05}" for number in range(4_321)]
    assert (await send(shop, audience, "\n".join([HEADER, *names]))).json()["amount"] == 4_321
    assert await members(shop, audience) == names


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("name\nann\n", ["1", "1"]),
        (f"{HEADER}\nann\n{'x' * 1001}\n", ["3"]),
        (f'{HEADER}\nann\n""\n', ["3"]),
    ],
    ids=["another column", "a long id", "no id"],
)
async def test_one_bad_line_leaves_everything_as_it_was(
    shop: Shop, audience: int, content: str, lines: list[str]
) -> None:
    answer = await send(shop, audience, content)
    assert answer.status_code == 400, answer.text
    assert [error["source"]["line"] for error in answer.json()["errors"]] == lines
    assert await members(shop, audience) == ["old"]


async def test_there_must_be_such_an_audience(shop: Shop, other_shop: Shop, audience: int) -> None:
    assert (await send(other_shop, audience, f"{HEADER}\nann\n")).status_code == 404
    assert (await other_shop.manage("GET", f"/v1/audiences/{audience}/memberships/export")).status_code == 404
