"""What is in collections, from files and into files: importAccountCollection, importCollection,
exportAccountCollectionItems, exportCollectionItems.
"""

import pytest

from largesse.api.shopping.collections import files
from tests.support.api import Shop
from tests.support.files import download, lines, places, upload

pytestmark = pytest.mark.anyio


async def made(shop: Shop) -> list[str]:
    """The paths of a collection of the account and of one of a campaign."""
    own = await shop.create("/v1/collections", {"name": "Boots"})
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/collections"
    return [f"/v1/collections/{own['id']}", f"{path}/{(await shop.create(path, {'name': 'Boots'}))['id']}"]


async def test_a_file_replaces_what_was_there(shop: Shop) -> None:
    for path in await made(shop):
        first = await upload(shop, f"{path}/import", 'item\nb\n"a, c"\nb\n ä \n')
        imported = first.json()
        assert (first.status_code, imported["entity"], imported["amount"]) == (200, "Collection", 3)
        assert imported["accountId"] == shop.staff.account_id and imported["userId"] == shop.staff.user_id
        assert await download(shop, f"{path}/export") == [["item"], ["a, c"], ["b"], ["ä"]]
        second = await upload(shop, f"{path}/import", "Item\nz\n")
        assert second.json()["amount"] == 1
        assert await download(shop, f"{path}/export") == [["item"], ["z"]]
        read = (await shop.manage("GET", path)).json()
        assert (read["payload"], read["modifiedBy"]) == (["z"], shop.staff.user_id)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("item\n", [("Required", "1")]),
        ("sku\na\n", [("Required", "1"), ("Unknown", "1")]),
        ('item\na\n""\nb\n', [("Required", "3")]),
        (f"item\n{'x' * (files.ITEM_CHARACTERS_MAX + 1)}\n", [("Too long", "2")]),
        ("item\na,b\n", [("Invalid value", "2")]),
    ],
)
async def test_a_file_with_a_mistake_changes_nothing(shop: Shop, content: str, wrong: list[tuple[str, str]]) -> None:
    path, _ = await made(shop)
    await upload(shop, f"{path}/import", "item\nkept\n")
    refused = await upload(shop, f"{path}/import", content)
    assert (refused.status_code, places(refused)) == (400, wrong)
    assert await download(shop, f"{path}/export") == [["item"], ["kept"]]


async def test_a_collection_holds_half_a_million_items_and_not_one_more(shop: Shop) -> None:
    path, _ = await made(shop)
    many = lines("item", ([f"SKU-{number}"] for number in range(files.ITEMS_MAX + 1)))
    refused = await upload(shop, f"{path}/import", many)
    assert places(refused) == [("Too many", str(files.ITEMS_MAX + 2))]
    most = many[: many.rindex("SKU")]
    assert (await upload(shop, f"{path}/import", most)).json()["amount"] == files.ITEMS_MAX


async def test_collections_that_are_not_there_are_neither_filled_nor_read(shop: Shop) -> None:
    own, of_campaign = await made(shop)
    for path in (own, of_campaign):
        gone = path[: path.rindex("/")] + "/987654"
        assert (await upload(shop, f"{gone}/import", "item\na\n")).status_code == 404
        assert (await shop.manage("GET", f"{gone}/export")).status_code == 404
