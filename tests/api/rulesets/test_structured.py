"""Rulesets as blocks over HTTP: createRulesetV2, getRulesetV2, updateRulesetV2."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

LARGE: dict[str, Any] = {
    "id": "large",
    "type": "checkAttribute",
    "operator": "greaterThan",
    "attribute": "$Session.Total",
    "value": 20,
}
HALF: dict[str, Any] = {
    "id": "half",
    "type": "awardDiscount",
    "tags": ["mine"],
    "name": "half",
    "value": "{{ $Session.Total / 2 }}",
    "partial": False,
    "target": {"type": "cart"},
}
EACH: dict[str, Any] = HALF | {
    "id": "each",
    "name": "each",
    "value": 1.5,
    "target": {"type": "selector", "name": "All"},
}
ALL: dict[str, Any] = {
    "name": "All",
    "type": "selector",
    "source": "$Session.CartItems",
    "steps": [{"type": "sort", "fields": [{"expression": "$Item.Price", "direction": "desc"}]}],
}
RULE: dict[str, Any] = {"id": "my rule", "title": "By half", "description": "Half", "blocks": [LARGE, HALF, EACH]}
RULESET: dict[str, Any] = {"promotionRules": [RULE], "selectors": [ALL], "parameters": [{"name": "Rate", "value": 0.5}]}


async def structured(shop: Shop) -> tuple[str, str]:
    """The paths of a new campaign's rulesets in both forms."""
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    return path, path.replace("/v1/", "/v2/")


async def discounts(shop: Shop) -> list[tuple[str, float]]:
    """What a cart of 30 gets now."""
    cart = {"customerSession": {"cartItems": [{"sku": "A", "quantity": 1, "price": 30}]}}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/cart", cart)
    assert answer.status_code in (200, 201), answer.text
    return [(each["props"]["name"], each["props"]["value"]) for each in answer.json()["effects"]]


async def test_create_ruleset_v2_keeps_blocks_as_they_were_sent(shop: Shop) -> None:
    usual, path = await structured(shop)
    answer = await shop.manage("POST", path, RULESET)
    assert answer.status_code == 201, answer.text
    created = answer.json()
    assert created == RULESET | {
        "id": created["id"],
        "created": created["created"],
        "userId": shop.staff.user_id,
        "campaignId": created["campaignId"],
        "activatedAt": created["created"],
        "strikethroughRules": [],
        "bundles": [],
    }
    assert (await shop.manage("GET", f"{path}/{created['id']}")).json() == created
    assert await discounts(shop) == [("half", 15), ("each#0", 1.5)]
    shown = (await shop.manage("GET", f"{usual}/{created['id']}")).json()
    assert shown["rules"][0]["condition"] == ["and", [">", [".", "Session", "Total"], 20]]
    total = [".", "Session", "Total"]
    assert shown["rules"][0]["effects"][0] == ["catch", ["noop"], ["setDiscount", "half", ["/", total, 2]]]
    assert [binding["name"] for binding in shown["bindings"]] == ["Rate", "All"]


async def test_what_is_written_as_expressions_is_read_as_blocks(shop: Shop) -> None:
    usual, path = await structured(shop)
    rule = {
        "id": "7fa800a8-ac8d-4792-85dc-c4650dcc8f23",
        "title": "Tier",
        "bindings": [{"name": "Rate", "expression": ["identity", 0.5]}],
        "condition": ["couponValid"],
        "effects": [["catch", ["noop"], ["updateAttribute", "Session.Attributes.tier", "setTo", "Gold"]]],
    }
    attribute = {"entity": "CustomerSession", "name": "tier", "title": "Tier", "type": "string", "description": ""}
    defined = await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
    created = await shop.create(usual, {"rules": [rule], "bindings": [], "strikethroughRules": [rule]})
    shown = (await shop.manage("GET", f"{path}/{created['id']}")).json()
    (read,) = shown["promotionRules"]
    assert {name: read[name] for name in ("id", "title", "bindings")} == {
        name: rule[name] for name in ("id", "title", "bindings")
    }
    group, update = read["blocks"]
    assert [(each["type"], each["redeem"]) for each in group["blocks"]] == [("checkCoupon", True)]
    assert (update["operator"], update["value"], update["attribute"]["id"]) == ("setTo", "Gold", defined["id"])
    plain = [block["type"] for block in shown["strikethroughRules"][0]["blocks"]]
    assert plain == ["group", "passthrough"]
    # What was read may be written as it is, and comes to the same rules.
    again = (await shop.manage("PUT", f"{path}/{created['id']}", shown)).json()
    assert again["promotionRules"] == shown["promotionRules"]
    usually = (await shop.manage("GET", f"{usual}/{created['id']}")).json()
    assert usually["rules"] == [rule | {"condition": ["and", ["couponValid"]]}]


async def test_update_ruleset_v2_replaces_rules_and_may_bring_them_into_force(shop: Shop) -> None:
    usual, path = await structured(shop)
    ten = {"title": "Ten", "condition": ["and"], "effects": [["setDiscount", "ten", 10]]}
    first = await shop.create(usual, {"rules": [ten], "bindings": []})
    second = (await shop.manage("POST", path, RULESET | {"activate": False})).json()
    assert "activatedAt" not in second
    assert await discounts(shop) == [("ten", 10)]
    only = {"promotionRules": [RULE | {"blocks": [HALF]}], "activate": True}
    changed = await shop.manage("PUT", f"{path}/{second['id']}", only)
    assert changed.status_code == 200, changed.text
    assert await discounts(shop) == [("half", 15)]
    unchanged = await shop.manage("PUT", f"{usual}/{second['id']}", {"rules": [ten], "bindings": []})
    assert unchanged.status_code == 200
    assert await discounts(shop) == [("ten", 10)]
    blocks = (await shop.manage("GET", f"{path}/{second['id']}")).json()["promotionRules"][0]["blocks"]
    assert [(each["name"], each["tags"]) for each in blocks] == [("ten", ["reportsErrors"])]
    assert (await shop.manage("PUT", f"{path}/{first['id'] + 1000}", only)).status_code == 404


UNSAID = {
    "id": "w",
    "type": "updateAttributeValue",
    "operator": "setTo",
    "attribute": {"id": 1, "entity": "CustomerSession", "name": "tier", "title": "tier", "type": "string"},
    "target": {"type": "session"},
}


async def test_every_mistake_is_told_at_its_block(shop: Shop) -> None:
    _, path = await structured(shop)
    wrong = [
        LARGE | {"attribute": "$Session.Totl"},
        LARGE | {"operator": "above"},
        UNSAID,
        EACH | {"value": "{{1 +}}"},
    ]
    answer = await shop.manage("POST", path, {"promotionRules": [RULE | {"blocks": wrong}], "selectors": [ALL, {}]})
    assert answer.status_code == 400
    blocks = "/promotionRules/0/blocks"
    places = [f"{blocks}/0/attribute", f"{blocks}/1/operator", f"{blocks}/2", f"{blocks}/3/value", "/selectors/1"]
    assert sorted(pointers(answer)) == places
    titles = {error["source"]["pointer"]: error["title"] for error in answer.json()["errors"]}
    assert titles[places[2]] == "bad_json"
    assert pointers(await shop.manage("POST", path, {"promotionRules": [{"title": "x"}]})) == [
        "/promotionRules/0/blocks"
    ]


async def test_nulls_that_say_nothing_are_left_out(shop: Shop) -> None:
    _, path = await structured(shop)
    sent = {"promotionRules": [RULE | {"parentId": None, "blocks": [LARGE | {"onFailure": None}]}], "bundles": None}
    answer = await shop.manage("POST", path, sent)
    assert answer.status_code == 201, answer.text
    assert answer.json()["promotionRules"] == [RULE | {"blocks": [LARGE]}]


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    _, path = await structured(shop)
    created = (await shop.manage("POST", path, RULESET)).json()
    assert (await other_shop.manage("POST", path, RULESET)).status_code == 404
    for method, body in (("GET", None), ("PUT", RULESET)):
        assert (await other_shop.manage(method, f"{path}/{created['id']}", body)).status_code == 404
