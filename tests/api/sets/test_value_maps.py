"""Value maps over HTTP: exportCampaignValueMap, which is published, and our own createCampaignValueMap,
listCampaignValueMaps, importCampaignValueMap and deleteCampaignValueMap; and rules that read them.
"""

from typing import Any

import pytest

from largesse.api.shopping.value_maps import management
from tests.support.api import Shop, pointers
from tests.support.files import download, lines, places, upload

pytestmark = pytest.mark.anyio

PRICES = "identifier,value\nboot,10.11\nhat,595\ncap,-3\n"


async def made(shop: Shop) -> tuple[str, dict[str, Any]]:
    """The path of the value map of a new campaign, and the map."""
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/value_maps"
    value_map = await shop.create(path, None)
    return f"{path}/{value_map['id']}", value_map


async def test_a_campaign_has_one_value_map(shop: Shop) -> None:
    path, value_map = await made(shop)
    maps = path[: path.rindex("/")]
    assert value_map["createdBy"] == shop.staff.user_id
    assert (await shop.manage("GET", maps)).json() == {"hasMore": False, "data": [value_map]}
    assert (await shop.manage("POST", maps)).status_code == 409
    assert (await shop.manage("DELETE", path)).status_code == 204
    assert (await shop.manage("GET", maps)).json() == {"hasMore": False, "data": []}
    assert (await shop.manage("DELETE", path)).status_code == 404
    assert (await upload(shop, f"{path}/import", PRICES)).status_code == 404
    assert (await shop.manage("GET", f"{path}/export")).status_code == 404
    assert (await shop.manage("POST", maps)).status_code == 201


async def test_a_file_replaces_the_values(shop: Shop) -> None:
    path, _ = await made(shop)
    imported = (await upload(shop, f"{path}/import", PRICES)).json()
    assert (imported["entity"], imported["amount"]) == ("ValueMap", 3)
    rows = [["identifier", "value"], ["boot", "10.11"], ["cap", "-3"], ["hat", "595"]]
    assert await download(shop, f"{path}/export") == rows
    assert (await upload(shop, f"{path}/import", "value,identifier\n0.5,sock\n")).json()["amount"] == 1
    assert await download(shop, f"{path}/export") == [["identifier", "value"], ["sock", "0.5"]]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("identifier\nboot\n", [("Required", "1")]),
        ("identifier,value\nboot,ten\nhat,\n,1\n", [("Invalid type", "2"), ("Required", "3"), ("Required", "4")]),
        ("identifier,value\nboot,1\nhat,2\nboot,3\n", [("Duplicate", "4")]),
        (f"identifier,value\n{'x' * (management.IDENTIFIER_CHARACTERS_MAX + 1)},1\n", [("Too long", "2")]),
        (f"identifier,value\nboot,{'1' * 40}\n", [("Invalid type", "2")]),
    ],
)
async def test_a_file_with_a_mistake_changes_nothing(shop: Shop, content: str, wrong: list[tuple[str, str]]) -> None:
    path, _ = await made(shop)
    await upload(shop, f"{path}/import", "identifier,value\nkept,1\n")
    refused = await upload(shop, f"{path}/import", content)
    assert (refused.status_code, places(refused)) == (400, wrong)
    assert await download(shop, f"{path}/export") == [["identifier", "value"], ["kept", "1"]]


async def test_a_map_holds_half_a_million_values_and_not_one_more(shop: Shop) -> None:
    path, _ = await made(shop)
    many = lines("identifier,value", ([f"SKU-{each}", each] for each in range(management.VALUES_MAX + 1)))
    refused = await upload(shop, f"{path}/import", many)
    assert places(refused) == [("Too many", str(management.VALUES_MAX + 2))]


async def effects(shop: Shop, *skus: str) -> list[tuple[str, Any]]:
    """The discounts that items of 100 each get, by name."""
    items = [{"sku": sku, "quantity": 1, "price": 100} for sku in skus]
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"cartItems": items}})
    assert answer.status_code == 200, answer.text
    return [(each["props"].get("name", ""), each["props"].get("value")) for each in answer.json()["effects"]]


async def test_items_are_discounted_by_what_the_map_has_for_them(shop: Shop) -> None:
    path, value_map = await made(shop)
    await upload(shop, f"{path}/import", "identifier,value\nboot,20\nhat,50\n")
    rules = path.replace("/v1/", "/v2/")[: path.rindex("/value_maps")] + "/rulesets"
    mapped = {"type": "filterAndMapValues", "valueMap": {"id": value_map["id"]}}
    selector = {"name": "Mapped", "type": "selector", "source": "$Session.CartItems", "steps": [mapped]}
    award = {"id": "1", "type": "awardDiscount", "partial": False, "target": {"type": "selector", "name": "Mapped"}}
    blocks = [
        award | {"name": "percent", "value": "{{$Item.Price * ($Item.MappedValue / 100)}}"},
        award | {"id": "2", "name": "fixed", "value": "{{$Item.Price - $Item.MappedValue}}"},
        award | {"id": "3", "name": "known", "value": 1, "target": {"type": "selector", "name": "Value_map_items"}},
        award | {"id": "4", "name": "all", "value": "{{$Item.MappedValue}}", "target": {"type": "allItems"}},
    ]
    await shop.create(rules, {"promotionRules": [{"title": "r", "blocks": blocks}], "selectors": [selector]})
    told = [("percent#0", 20), ("percent#2", 50), ("fixed#0", 80), ("fixed#2", 50), ("known#0", 1), ("known#2", 1)]
    assert await effects(shop, "boot", "sock", "hat") == [*told, ("all#0", 20)]
    await upload(shop, f"{path}/import", "identifier,value\nsock,99\n")
    assert await effects(shop, "boot", "sock") == [("percent#1", 99), ("fixed#1", 1), ("known#1", 1)]


async def test_each_campaign_reads_its_own_map(shop: Shop) -> None:
    for value in (1, 2):
        path, _ = await made(shop)
        await upload(shop, f"{path}/import", f"identifier,value\nboot,{value}\n")
        off = ["setDiscountPerItem", [".", "Value_map_items"], "x", [["Item"], [".", "Item", "MappedValue"]]]
        rule = {"title": "r", "condition": ["and"], "effects": [off]}
        await shop.create(f"{path[: path.rindex('/value_maps')]}/rulesets", {"rules": [rule], "bindings": []})
    assert await effects(shop, "boot") == [("x#0", 1), ("x#0", 2)]


async def test_only_maps_that_exist_may_be_named(shop: Shop) -> None:
    path, value_map = await made(shop)
    rules = f"{path[: path.rindex('/value_maps')]}/rulesets"
    for named in (value_map["id"] + 1000, "x"):
        binding = {"name": "Mapped", "expression": ["valueMapFilter", [".", "Session", "CartItems"], named]}
        refused = await shop.manage("POST", rules, {"rules": [], "bindings": [binding]})
        assert (refused.status_code, pointers(refused)) == (400, ["/bindings/0/expression"])


async def test_what_another_campaign_has_is_no_map_of_this_one(shop: Shop) -> None:
    _, value_map = await made(shop)
    campaign = await shop.campaign()
    mapped = ["valueMapFilter", [".", "Session", "CartItems"], value_map["id"]]
    off = ["setDiscountPerItem", mapped, "x", 1]
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": [off]})
    assert await effects(shop, "boot") == [("", None)], "the effect tells its error, and gives nothing"
