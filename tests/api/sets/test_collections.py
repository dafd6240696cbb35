"""Collections over HTTP: createAccountCollection, listAccountCollections, getAccountCollection,
updateAccountCollection, deleteAccountCollection, getCollectionItems, and the same of campaigns: createCollection,
listCollections, listCollectionsInApplication, getCollection, updateCollection, deleteCollection.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.files import lines, upload

pytestmark = pytest.mark.anyio

PATH = "/v1/collections"


async def collection(shop: Shop, name: str = "Boots", **settings: Any) -> dict[str, Any]:
    """A collection of the account that the Application can use."""
    body = {"name": name, "description": "Winter", "subscribedApplicationsIds": [shop.application_id]}
    return await shop.create(PATH, body | settings)


async def of_campaign(shop: Shop, name: str = "Boots") -> tuple[str, dict[str, Any]]:
    """The path of the collections of a new campaign, and one of them."""
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/collections"
    return path, await shop.create(path, {"name": name})


async def test_a_collection_of_the_account_is_made_read_changed_and_deleted(shop: Shop) -> None:
    made = await collection(shop)
    assert made["payload"] == [] and not {"campaignId", "applicationId", "modifiedBy"} & made.keys()
    assert (made["accountId"], made["createdBy"]) == (shop.staff.account_id, shop.staff.user_id)
    one = f"{PATH}/{made['id']}"
    changed = (await shop.manage("PUT", one, {"description": "Summer"})).json()
    assert (changed["description"], changed["subscribedApplicationsIds"]) == ("Summer", [shop.application_id])
    moved = (await shop.manage("PUT", one, {"subscribedApplicationsIds": []})).json()
    assert (moved["description"], moved["subscribedApplicationsIds"]) == ("Summer", [])
    assert (await shop.manage("GET", one)).json() == moved
    assert (await shop.manage("DELETE", one)).status_code == 204
    for method, path, body in (("GET", "", None), ("PUT", "", {}), ("DELETE", "", None), ("GET", "/items", None)):
        assert (await shop.manage(method, one + path, body)).status_code == 404


async def test_a_collection_of_a_campaign_is_made_read_changed_and_deleted(shop: Shop) -> None:
    path, made = await of_campaign(shop)
    assert (made["applicationId"], made["payload"]) == (shop.application_id, [])
    assert "subscribedApplicationsIds" not in made
    one = f"{path}/{made['id']}"
    changed = (await shop.manage("PUT", one, {"description": "Summer"})).json()
    assert (changed["description"], changed["modifiedBy"]) == ("Summer", shop.staff.user_id)
    assert (await shop.manage("GET", one)).json() == changed
    assert (await shop.manage("GET", f"{PATH}/{made['id']}")).status_code == 404
    assert (await shop.manage("GET", f"{PATH}/{made['id']}/items")).json() == {"hasMore": False, "data": []}
    assert (await shop.manage("DELETE", one)).status_code == 204
    assert (await shop.manage("GET", one)).status_code == 404


async def test_lists_come_in_pages(shop: Shop) -> None:
    path, own = await of_campaign(shop, "Own")
    other_path, other = await of_campaign(shop, "Other")
    for name in ("A", "B", "C"):
        await collection(shop, name)

    async def names(where: str, **query: Any) -> tuple[list[str], dict[str, Any]]:
        page = (await shop.manage("GET", where, query=query)).json()
        assert all("payload" not in each for each in page["data"])
        return [each["name"] for each in page.pop("data")], page

    assert await names(PATH, sort="-name", pageSize=2) == (["C", "B"], {"hasMore": True})
    assert await names(PATH, skip=2) == (["C"], {"hasMore": False})
    assert await names(PATH, withTotalResultSize="true", pageSize=1) == (["A"], {"totalResultSize": 3})
    assert await names(PATH, name="B") == (["B"], {"hasMore": False})
    assert await names(path) == (["Own"], {"hasMore": False})
    assert await names(other_path, name="Own") == ([], {"hasMore": False})
    assert await names(f"{shop.path}/collections", sort="-id") == (["Other", "Own"], {"hasMore": False})
    refused = await shop.manage("GET", PATH, query={"sort": "size"})
    assert (refused.status_code, pointers(refused)) == (400, ["sort"])
    assert own["campaignId"] != other["campaignId"]


async def test_what_is_in_a_collection_comes_in_pages(shop: Shop) -> None:
    made = await collection(shop)
    items = [f"SKU-{number:02}" for number in range(60)]
    await upload(shop, f"{PATH}/{made['id']}/import", lines("item", [[item] for item in items]))
    assert (await shop.manage("GET", f"{PATH}/{made['id']}")).json()["payload"] == items[:50]
    page = (await shop.manage("GET", f"{PATH}/{made['id']}/items", query={"pageSize": 7, "skip": 50})).json()
    assert page == {"hasMore": True, "data": [{"item": item} for item in items[50:57]]}
    for query in ({"pageSize": 0}, {"skip": -1}):
        assert (await shop.manage("GET", f"{PATH}/{made['id']}/items", query=query)).status_code == 400


async def test_names_are_unique_among_their_like(shop: Shop) -> None:
    await collection(shop)
    path, _ = await of_campaign(shop)
    for where in (PATH, path):
        again = await shop.manage("POST", where, {"name": "Boots"})
        assert (again.status_code, pointers(again)) == (409, ["/name"])
    await of_campaign(shop)


@pytest.mark.parametrize("name", ["", " Boots", "\tBoots", "Bo\nots", "Boots\u0085"])
async def test_names_are_names(shop: Shop, name: str) -> None:
    path, _ = await of_campaign(shop)
    for where in (PATH, path):
        refused = await shop.manage("POST", where, {"name": name})
        assert (refused.status_code, pointers(refused)) == (400, ["/name"])


async def test_applications_must_be_the_accounts(shop: Shop) -> None:
    body = {"name": "Boots", "subscribedApplicationsIds": [shop.application_id, 987_654]}
    refused = await shop.manage("POST", PATH, body)
    assert pointers(refused) == ["/subscribedApplicationsIds/1"]
    made = await collection(shop)
    refused = await shop.manage("PUT", f"{PATH}/{made['id']}", {"subscribedApplicationsIds": [987_654]})
    assert pointers(refused) == ["/subscribedApplicationsIds/0"]


async def test_collections_of_others_do_not_exist(shop: Shop) -> None:
    path, made = await of_campaign(shop)
    other_path, _ = await of_campaign(shop)
    for method, body in (("GET", None), ("PUT", {}), ("DELETE", None)):
        assert (await shop.manage(method, f"{other_path}/{made['id']}", body)).status_code == 404
    assert (await shop.manage("GET", f"{path}/{made['id']}")).status_code == 200
    assert (await shop.manage("GET", f"{shop.path}/campaigns/987654/collections")).status_code == 404


async def test_collections_go_with_their_campaign(shop: Shop) -> None:
    path, made = await of_campaign(shop)
    await shop.manage("DELETE", path.removesuffix("/collections"))
    assert (await shop.manage("GET", f"{PATH}/{made['id']}/items")).status_code == 404
