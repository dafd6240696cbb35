"""Catalogs over HTTP: syncCatalog and listCatalogItems, and our own createCatalog, getCatalogs, getCatalog and
updateCatalog."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

SEAFOOD = {"name": "Seafood", "description": "From the coast"}


async def opened(shop: Shop) -> str:
    """The path of a catalog that the shop takes from, with attributes for its items."""
    for name, kind in (("color", "string"), ("size", "number"), ("tags", "(list string)")):
        attribute = {"entity": "CartItem", "name": name, "title": name, "type": kind, "description": ""}
        await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
    catalog = await shop.create("/v1/catalogs", SEAFOOD | {"subscribedApplicationsIds": [shop.application_id]})
    return f"/v1/catalogs/{catalog['id']}"


async def sync(shop: Shop, path: str, kind: str, *payloads: dict[str, Any], **settings: Any) -> Any:
    """The answer to a synchronization."""
    actions = [{"type": kind, "payload": payload} for payload in payloads]
    return await shop.integrate("PUT", f"{path}/sync", {"actions": actions} | settings)


async def items(shop: Shop, path: str, **query: Any) -> dict[str, Any]:
    """The items of a catalog by SKU: price, product and attributes."""
    listed = (await shop.manage("GET", f"{path}/items", query=query)).json()["data"]
    return {
        item["sku"]: (
            item.get("price"),
            item.get("product", {}).get("name"),
            {each["name"]: each["value"] for each in item["attributes"]},
        )
        for item in listed
    }


async def test_a_catalog_is_created_described_and_listed(shop: Shop) -> None:
    answer = await shop.manage("POST", "/v1/catalogs", SEAFOOD)
    assert answer.status_code == 201
    catalog = answer.json()
    assert catalog.items() >= {**SEAFOOD, "version": 1, "subscribedApplicationsIds": []}.items()
    assert (catalog["accountId"], catalog["createdBy"]) == (shop.staff.account_id, shop.staff.user_id)
    one = f"/v1/catalogs/{catalog['id']}"
    change = {"name": "Fish", "description": "", "subscribedApplicationsIds": [shop.application_id]}
    changed = (await shop.manage("PUT", one, change)).json()
    assert changed.items() >= change.items()
    kept = (await shop.manage("PUT", one, SEAFOOD | {"subscribedApplicationsIds": []})).json()
    assert kept["subscribedApplicationsIds"] == [shop.application_id]
    assert (await shop.manage("GET", one)).json() == kept
    assert (await shop.manage("GET", "/v1/catalogs")).json() == {"totalResultSize": 1, "data": [kept]}
    assert (await shop.manage("GET", "/v1/catalogs/0")).status_code == 404
    assert (await shop.manage("PUT", "/v1/catalogs/0", SEAFOOD)).status_code == 404


async def test_an_application_has_one_catalog(shop: Shop) -> None:
    await opened(shop)
    for sent, pointer in (([shop.application_id], 0), ([shop.application_id, 0], 1)):
        second = await shop.manage("POST", "/v1/catalogs", SEAFOOD | {"subscribedApplicationsIds": sent})
        assert (second.status_code, pointers(second)) == (400, [f"/subscribedApplicationsIds/{pointer}"])


async def test_items_are_added_replaced_changed_and_removed(shop: Shop) -> None:
    path = await opened(shop)
    lobster = {"sku": "lobster", "price": 30.5, "product": {"name": "Shell"}, "attributes": {"color": "red", "size": 2}}
    synced = await sync(shop, path, "ADD", lobster, {"sku": "shrimp"})
    assert (synced.status_code, synced.json()["version"]) == (200, 2)
    assert await items(shop, path) == {
        "lobster": (30.5, "Shell", {"color": "red", "size": 2}),
        "shrimp": (None, None, {}),
    }
    await sync(shop, path, "ADD", {"sku": "lobster", "price": 1})
    assert (await items(shop, path))["lobster"] == (30.5, "Shell", {"color": "red", "size": 2})
    await sync(shop, path, "ADD", {"sku": "lobster", "attributes": {"size": 3}, "replaceIfExists": True})
    assert (await items(shop, path))["lobster"] == (30.5, None, {"size": 3})
    patch = {"sku": "lobster", "price": 31, "product": {"name": "Shell"}, "attributes": {"color": "blue", "size": None}}
    await sync(
        shop, path, "PATCH", patch, {"sku": "eel", "price": 9}, {"sku": "cod", "price": 8, "createIfNotExists": True}
    )
    assert await items(shop, path) == {
        "lobster": (31, "Shell", {"color": "blue"}),
        "shrimp": (None, None, {}),
        "cod": (8, None, {}),
    }
    assert set(await items(shop, path, sku=["cod", "shrimp"])) == {"cod", "shrimp"}
    assert set(await items(shop, path, productNames=["Shell"])) == {"lobster"}
    last = await sync(shop, path, "REMOVE", {"sku": "cod"}, {"sku": "nothing"})
    assert last.json()["version"] == 6
    assert set(await items(shop, path)) == {"lobster", "shrimp"}


@pytest.mark.parametrize(
    ("filters", "matched"),
    [
        ([], "abc"),
        ([{"attr": "color", "op": "EQ", "value": "red"}], "ab"),
        ([{"attr": "color", "op": "IN", "value": "blue, green"}], "c"),
        ([{"attr": "color", "op": "IN", "value": ["red"]}], "ab"),
        ([{"attr": "size", "op": "EQ", "value": 2.0}], "b"),
        ([{"attr": "size", "op": "LT", "value": 2}], "a"),
        ([{"attr": "size", "op": "LE", "value": 2}], "ab"),
        ([{"attr": "size", "op": "GT", "value": 1.5}], "b"),
        ([{"attr": "size", "op": "GE", "value": 1}], "ab"),
        ([{"attr": "size", "op": "IN", "value": "2,3"}], "b"),
        ([{"attr": "color", "op": "EQ", "value": "red"}, {"attr": "size", "op": "GT", "value": 1}], "b"),
    ],
)
async def test_filters_say_which_items_change(shop: Shop, filters: list[dict[str, Any]], matched: str) -> None:
    path = await opened(shop)
    red = {"color": "red"}
    all_items = [{"sku": "a", "attributes": red | {"size": 1}}, {"sku": "b", "attributes": red | {"size": 2}}]
    await sync(shop, path, "ADD", *all_items, {"sku": "c", "attributes": {"color": "blue"}})
    await sync(shop, path, "PATCH_MANY", {"filters": filters, "price": 7, "attributes": {"tags": ["x"]}})
    found = await items(shop, path)
    assert "".join(sku for sku in "abc" if found[sku][0] == 7 and found[sku][2]["tags"] == ["x"]) == matched
    await sync(shop, path, "REMOVE_MANY", {"filters": filters})
    assert set(await items(shop, path)) == set("abc") - set(matched)


@pytest.mark.parametrize(
    ("kind", "payload", "pointer"),
    [
        ("ADD", {"sku": ""}, "sku"),
        ("ADD", {"sku": "x" * 1001}, "sku"),
        ("ADD", {"sku": "x", "price": -1}, "price"),
        ("ADD", {"sku": "x", "attributes": {"Color": "red"}}, "attributes/Color"),
        ("ADD", {"sku": "x", "attributes": {"size": "L"}}, "attributes/size"),
        ("PATCH", {"sku": "x", "attributes": {"tags": "red"}}, "attributes/tags"),
        ("PATCH_MANY", {"attributes": {"none": 1}}, "attributes/none"),
        ("PATCH_MANY", {"filters": [{"attr": "none", "op": "EQ", "value": 1}]}, "filters/0/attr"),
        ("REMOVE_MANY", {"filters": [{"attr": "color", "op": "LT", "value": 1}]}, "filters/0/op"),
        ("REMOVE_MANY", {"filters": [{"attr": "size", "op": "LT", "value": "1"}]}, "filters/0/value"),
        ("REMOVE_MANY", {"filters": [{"attr": "size", "op": "IN", "value": "1,x"}]}, "filters/0/value"),
        ("REMOVE_MANY", {"filters": [{"attr": "size", "op": "NE", "value": 1}]}, "filters/0/op"),
        ("REMOVE", {}, "sku"),
    ],
)
async def test_a_wrong_action_is_refused(shop: Shop, kind: str, payload: dict[str, Any], pointer: str) -> None:
    path = await opened(shop)
    answer = await sync(shop, path, kind, payload)
    assert (answer.status_code, pointers(answer)) == (400, [f"/actions/0/payload/{pointer}"])
    assert (await shop.manage("GET", path)).json()["version"] == 1


async def test_actions_are_of_one_type_and_name_each_item_once(shop: Shop) -> None:
    path = await opened(shop)
    mixed = [{"type": "ADD", "payload": {"sku": "a"}}, {"type": "REMOVE", "payload": {"sku": "b"}}]
    answer = await shop.integrate("PUT", f"{path}/sync", {"actions": mixed})
    assert (answer.status_code, pointers(answer)) == (400, ["/actions/1/type"])
    twice = await sync(shop, path, "ADD", {"sku": "a"}, {"sku": "a"})
    assert (twice.status_code, pointers(twice)) == (400, ["/actions/1/payload/sku"])
    for actions in ([], [{"sku": f"{number}"} for number in range(1001)]):
        refused = await sync(shop, path, "ADD", *actions)
        assert (refused.status_code, pointers(refused)) == (400, ["/actions"])
    assert (await sync(shop, path, "ADD", *({"sku": f"{number}"} for number in range(1000)))).status_code == 200


async def test_a_version_that_is_named_must_be_the_present_one(shop: Shop) -> None:
    path = await opened(shop)
    assert (await sync(shop, path, "ADD", {"sku": "a"}, version=1)).status_code == 200
    late = await sync(shop, path, "ADD", {"sku": "b"}, version=1)
    assert (late.status_code, pointers(late)) == (400, ["/version"])
    assert set(await items(shop, path)) == {"a"}


async def test_a_catalog_of_others_is_not_found(shop: Shop) -> None:
    other = await shop.create("/v1/catalogs", SEAFOOD)
    assert (await sync(shop, f"/v1/catalogs/{other['id']}", "ADD", {"sku": "a"})).status_code == 404
    assert (await shop.manage("GET", "/v1/catalogs/0/items")).status_code == 404


async def test_attributes_are_for_the_catalogs_and_applications_they_say(shop: Shop) -> None:
    path = await opened(shop)
    catalog_id = int(path.rpartition("/")[2])
    base = {"entity": "CartItem", "type": "string", "description": "", "suggestions": [], "editable": True}
    for name, settings in (
        ("mine", {"subscribedCatalogsIds": [catalog_id]}),
        ("catalogs", {"allowedSubscriptions": ["catalog"]}),
        ("carts", {"allowedSubscriptions": ["application"]}),
    ):
        await shop.create("/v1/attributes", base | {"name": name, "title": name} | settings)
    other = await shop.create("/v1/catalogs", SEAFOOD)
    elsewhere = {"subscribedCatalogsIds": [other["id"]], "name": "other", "title": "other"}
    await shop.create("/v1/attributes", base | elsewhere)
    assert (
        await sync(shop, path, "ADD", {"sku": "a", "price": 1, "attributes": {"mine": "x", "catalogs": "y"}})
    ).status_code == 200
    for name in ("carts", "other"):
        refused = await sync(shop, path, "ADD", {"sku": "b", "attributes": {name: "x"}})
        assert pointers(refused) == [f"/actions/0/payload/attributes/{name}"]

    sent = {"sku": "a", "quantity": 1, "attributes": {"carts": "z"}}
    body = {"customerSession": {"cartItems": [sent]}, "responseContent": ["customerSession"]}
    (item,) = (await shop.integrate("PUT", "/v2/customer_sessions/s1", body)).json()["customerSession"]["cartItems"]
    assert (item["price"], item["attributes"]) == (1, {"mine": "x", "catalogs": "y", "carts": "z"})
    listed = (await shop.manage("GET", f"{path}/items")).json()["data"]
    assert item["catalogItemID"] == listed[0]["id"]
    body = {"customerSession": {"cartItems": [sent | {"attributes": {"catalogs": "z"}}]}}
    refused = await shop.integrate("PUT", "/v2/customer_sessions/s1", body)
    assert pointers(refused) == ["/customerSession/cartItems/0/attributes/catalogs"]
