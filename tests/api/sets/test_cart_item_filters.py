"""Cart item filters over HTTP: listApplicationCartItemFilters, getApplicationCartItemFilterExpression and our own
createApplicationCartItemFilter, getApplicationCartItemFilter, updateApplicationCartItemFilter,
deleteApplicationCartItemFilter and createApplicationCartItemFilterExpression.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

ITEMS = [".", "Session", "CartItems"]


def of_category(category: str) -> list[Any]:
    """The items of a category."""
    return ["filter", ITEMS, [["Item"], ["catch", False, ["=", [".", "Item", "Category"], category]]]]


async def made(shop: Shop, name: str, expression: Any = None) -> dict[str, Any]:
    """A filter, with an expression where one is given."""
    created = await shop.create(f"{shop.path}/cart_item_filters", {"name": name, "description": "Some items"})
    if expression is not None:
        await shop.create(f"{place(shop, created)}/expressions", {"expression": expression})
    return created


def place(shop: Shop, filter_: dict[str, Any]) -> str:
    """The path of a filter."""
    return f"{shop.path}/cart_item_filters/{filter_['id']}"


async def test_a_filter_is_made_read_changed_and_deleted(shop: Shop) -> None:
    shoes = await made(shop, "Shoes")
    assert shoes["applicationId"] == shop.application_id and "activeExpressionId" not in shoes
    first = await shop.create(f"{place(shop, shoes)}/expressions", {"expression": of_category("shoes")})
    second = await shop.create(f"{place(shop, shoes)}/expressions", {"expression": {"expr": of_category("boots")}})
    assert (first["cartItemFilterId"], second["expression"]) == (shoes["id"], of_category("boots"))
    read = await shop.manage("GET", f"{place(shop, shoes)}/expressions/{second['id']}")
    assert read.json() == second
    assert (await shop.manage("GET", place(shop, shoes))).json()["activeExpressionId"] == first["id"]

    changed = await shop.manage("PUT", place(shop, shoes), {"activeExpressionId": second["id"]})
    assert changed.json() == shoes | {
        "activeExpressionId": second["id"],
        "modified": changed.json()["modified"],
        "modifiedBy": shop.staff.user_id,
    }
    renamed = await shop.manage("PUT", place(shop, shoes), {"description": "Boots"})
    assert (renamed.json()["description"], renamed.json()["activeExpressionId"]) == ("Boots", second["id"])

    assert (await shop.manage("DELETE", place(shop, shoes))).status_code == 204
    for path in ("", f"/expressions/{second['id']}"):
        assert (await shop.manage("GET", place(shop, shoes) + path)).status_code == 404


async def test_filters_are_listed_in_pages(shop: Shop) -> None:
    filters = [await made(shop, name) for name in ("A", "B", "C")]
    listed = (await shop.manage("GET", f"{shop.path}/cart_item_filters", query={"pageSize": 2})).json()
    assert (listed["hasMore"], listed["data"]) == (True, filters[:2])
    rest = (await shop.manage("GET", f"{shop.path}/cart_item_filters", query={"skip": 2})).json()
    assert (rest["hasMore"], rest["data"]) == (False, filters[2:])
    named = (await shop.manage("GET", f"{shop.path}/cart_item_filters", query={"name": "B"})).json()
    assert named["data"] == [filters[1]]
    for query in ({"pageSize": 51}, {"skip": -1}):
        refused = await shop.manage("GET", f"{shop.path}/cart_item_filters", query=query)
        assert refused.status_code == 400


async def test_names_are_unique_in_an_application(shop: Shop) -> None:
    await made(shop, "Shoes")
    again = await shop.manage("POST", f"{shop.path}/cart_item_filters", {"name": "Shoes"})
    assert (again.status_code, pointers(again)) == (409, ["/name"])
    nameless = await shop.manage("POST", f"{shop.path}/cart_item_filters", {"name": " "})
    assert (nameless.status_code, pointers(nameless)) == (400, ["/name"])


@pytest.mark.parametrize(
    ("expression", "where"),
    [
        (["nothing", ITEMS], ["/expression"]),
        (["filter", ITEMS, [["Item"], ["=", [".", "Item", "Brand"], "x"]]], ["/expression/2/1/1/2"]),
        ({"expr": ["filter", ITEMS, [["Item"], "yes"]]}, ["/expression/expr/2/1"]),
        (["filter", ITEMS, [["Item"], ["after", [".", "Session", "Created"], [".", "Now"]]]], ["/expression"] * 2),
        (
            ["filter", ITEMS, [["Item"], ["exists", [".", "Item", "Attributes", "Soldat"], [["x"], True]]]],
            ["/expression"],
        ),
        (["filter", [".", "Hats"], [["Item"], True]], ["/expression/1/1"]),
        ({"condition": []}, ["/expression"]),
        ("Session.CartItems", ["/expression"]),
    ],
)
async def test_expressions_are_checked(shop: Shop, expression: Any, where: list[str]) -> None:
    sold = {"entity": "CartItem", "name": "Soldat", "title": "Sold at", "type": "(list time)", "description": ""}
    await shop.create("/v1/attributes", sold | {"suggestions": [], "editable": True})
    shoes = await made(shop, "Shoes")
    await made(shop, "Hats", of_category("hats"))
    answer = await shop.manage("POST", f"{place(shop, shoes)}/expressions", {"expression": expression})
    assert (answer.status_code, pointers(answer)) == (400, where), answer.text


async def test_a_filter_takes_only_its_own_expressions(shop: Shop) -> None:
    shoes, hats = await made(shop, "Shoes", of_category("shoes")), await made(shop, "Hats", of_category("hats"))
    other = (await shop.manage("GET", place(shop, hats))).json()["activeExpressionId"]
    refused = await shop.manage("PUT", place(shop, shoes), {"activeExpressionId": other})
    assert (refused.status_code, pointers(refused)) == (400, ["/activeExpressionId"])


async def test_rules_see_what_a_filter_is_now(shop: Shop) -> None:
    shoes = await made(shop, "Shoes", of_category("shoes"))
    campaign = await shop.campaign()
    await shop.rules(
        campaign["id"],
        {"title": "r", "condition": ["and"], "effects": [["setDiscountPerItem", [".", "Shoes"], "x", 1]]},
    )

    async def discounted() -> list[int]:
        items = [{"sku": name, "category": name, "quantity": 1, "price": 9} for name in ("shoes", "hats")]
        answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"cartItems": items}})
        return [effect["props"]["position"] for effect in answer.json()["effects"]]

    assert await discounted() == [0]
    other = await shop.create(f"{place(shop, shoes)}/expressions", {"expression": of_category("hats")})
    assert await discounted() == [0]
    await shop.manage("PUT", place(shop, shoes), {"activeExpressionId": other["id"]})
    assert await discounted() == [1]
    await shop.manage("DELETE", place(shop, shoes))
    assert await discounted() == []
    refused = await shop.manage(
        "POST",
        f"{shop.path}/campaigns/{campaign['id']}/rulesets",
        {"bindings": [], "rules": [{"title": "r", "condition": ["isEmpty", [".", "Shoes"]], "effects": []}]},
    )
    assert pointers(refused) == ["/rules/0/condition/1/1"]


async def test_an_application_has_a_default_filter(shop: Shop) -> None:
    shoes = await made(shop, "Shoes", of_category("shoes"))
    settings = {"name": "Shop", "timezone": "UTC", "currency": "EUR", "defaultCartItemFilterId": shoes["id"]}
    assert (await shop.manage("PUT", shop.path, settings)).json()["defaultCartItemFilterId"] == shoes["id"]
    assert (await shop.manage("GET", shop.path)).json()["defaultCartItemFilterId"] == shoes["id"]
    assert (await shop.manage("DELETE", place(shop, shoes))).status_code == 400


async def test_filters_of_others_do_not_exist(shop: Shop) -> None:
    shoes = await made(shop, "Shoes", of_category("shoes"))
    other = await shop.create("/v1/applications", {"name": "Other", "timezone": "UTC", "currency": "EUR"})
    path = f"/v1/applications/{other['id']}/cart_item_filters/{shoes['id']}"
    for method, body in (("GET", None), ("PUT", {"description": "x"}), ("DELETE", None)):
        assert (await shop.manage(method, path, body)).status_code == 404
    assert (await shop.manage("GET", f"{path}/expressions/1")).status_code == 404
