"""Rulesets over HTTP: createRuleset, getRuleset, getRulesets, updateRuleset, deleteRuleset."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

TEN_OFF = {"title": "Ten off", "condition": ["and", True], "effects": [["setDiscount", "ten", 10]]}
FULL_RULE = {
    "id": "7fa800a8-ac8d-4792-85dc-c4650dcc8f23",
    "parentId": "8fa800a8-ac8d-4792-85dc-c4650dcc8f23",
    "title": "By half",
    "description": "Half of it",
    "bindings": [{"name": "Rate", "expression": ["identity", 0.50]}],
    "condition": ["and", [">", [".", "Session", "Total"], 0.10]],
    "effects": [["setDiscount", "half", ["*", [".", "Session", "Total"], [".", "Rate"]]]],
}
BINDING = {
    "name": "Limit",
    "type": "templateParameter",
    "expression": ["identity", 10.25],
    "valueType": "number",
    "minValue": 0,
    "maxValue": 19.9,
    "attributeId": 3,
    "description": "At most",
}


async def discounts(shop: Shop) -> list[tuple[str, float]]:
    """What a cart of 30 gets now."""
    cart = {"customerSession": {"cartItems": [{"sku": "A", "quantity": 1, "price": 30}]}}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/cart", cart)
    assert answer.status_code in (200, 201), answer.text
    effects = answer.json()["effects"]
    return [(each["props"]["name"], each["props"]["value"]) for each in effects if each["effectType"] == "setDiscount"]


async def test_create_ruleset_keeps_rules_as_they_were_sent(shop: Shop) -> None:
    campaign = await shop.campaign()
    sent = {"rules": [FULL_RULE, TEN_OFF], "bindings": [BINDING], "rbVersion": "v2", "strikethroughRules": [TEN_OFF]}
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    answer = await shop.manage("POST", path, sent)
    assert answer.status_code == 201, answer.text
    created = answer.json()
    assert created == sent | {
        "id": created["id"],
        "created": created["created"],
        "userId": shop.staff.user_id,
        "campaignId": campaign["id"],
        "activate": True,
        "activatedAt": created["created"],
    }
    assert (await shop.manage("GET", f"{path}/{created['id']}")).json() == created


async def test_nulls_that_say_nothing_are_left_out_and_others_stay(shop: Shop) -> None:
    campaign = await shop.campaign()
    rule = TEN_OFF | {"id": None, "description": None, "bindings": [{"name": "N", "expression": ["identity", None]}]}
    rule["bindings"][0]["type"] = None  # type: ignore[index]
    created = await shop.rules(campaign["id"], rule, strikethroughRules=None, rbVersion=None)
    assert created["rules"] == [TEN_OFF | {"bindings": [{"name": "N", "expression": ["identity", None]}]}]
    assert not {"strikethroughRules", "rbVersion"} & set(created)


async def test_the_first_ruleset_is_in_force_and_others_when_they_say_so(shop: Shop) -> None:
    campaign = await shop.campaign()

    async def active() -> int | None:
        shown: dict[str, Any] = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()
        return shown.get("activeRulesetId")

    waiting = await shop.rules(campaign["id"], TEN_OFF, activate=False)
    assert (waiting["activate"], await active()) == (False, None)
    first = await shop.rules(campaign["id"], TEN_OFF)
    assert (first["activate"], await active()) == (True, first["id"])
    second = await shop.rules(campaign["id"], TEN_OFF)
    assert (second["activate"], "activatedAt" in second, await active()) == (False, False, first["id"])
    third = await shop.rules(campaign["id"], TEN_OFF, activate=True)
    assert (third["activate"], await active()) == (True, third["id"])


async def test_update_ruleset_replaces_rules_and_may_bring_them_into_force(shop: Shop) -> None:
    campaign = await shop.campaign()
    first = await shop.rules(campaign["id"], TEN_OFF)
    second = await shop.rules(campaign["id"], FULL_RULE)
    assert await discounts(shop) == [("ten", 10)]
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    twenty = TEN_OFF | {"effects": [["setDiscount", "twenty", 20]]}
    changed = await shop.manage("PUT", f"{path}/{first['id']}", {"rules": [twenty], "bindings": []})
    assert (changed.status_code, changed.json()["rules"]) == (200, [twenty])
    assert changed.json()["activatedAt"] == first["activatedAt"]
    assert await discounts(shop) == [("twenty", 20)]
    activated = await shop.manage("PUT", f"{path}/{second['id']}", second | {"activate": True})
    assert activated.json()["activatedAt"] > second["created"]
    assert await discounts(shop) == [("half", 15)]


async def test_delete_ruleset_leaves_the_campaign_without_rules_where_it_was_in_force(shop: Shop) -> None:
    campaign = await shop.campaign()
    first, second = await shop.rules(campaign["id"], TEN_OFF), await shop.rules(campaign["id"], TEN_OFF)
    path = f"{shop.path}/campaigns/{campaign['id']}"
    assert (await shop.manage("DELETE", f"{path}/rulesets/{second['id']}")).status_code == 204
    assert (await shop.manage("GET", path)).json()["activeRulesetId"] == first["id"]
    assert (await shop.manage("DELETE", f"{path}/rulesets/{first['id']}")).status_code == 204
    assert "activeRulesetId" not in (await shop.manage("GET", path)).json()
    assert await discounts(shop) == []
    assert (await shop.manage("DELETE", f"{path}/rulesets/{first['id']}")).status_code == 404


async def test_get_rulesets_pages_and_sorts(shop: Shop) -> None:
    campaign = await shop.campaign()
    ids = [(await shop.rules(campaign["id"], TEN_OFF))["id"] for _ in range(3)]
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"

    async def listed(**query: Any) -> list[int]:
        found = (await shop.manage("GET", path, query=query)).json()
        assert found["totalResultSize"] == 3
        return [ruleset["id"] for ruleset in found["data"]]

    assert await listed() == ids
    assert await listed(sort="-created") == ids[::-1]
    assert await listed(sort="-activatedAt", pageSize=1) == ids[:1]
    assert await listed(pageSize=1, skip=1) == ids[1:2]
    assert await listed(skip=3) == []
    assert pointers(await shop.manage("GET", path, query={"sort": "rules"})) == ["sort"]


RULE_MISTAKES: list[tuple[dict[str, Any], list[str]]] = [
    ({"condition": []}, ["/rules/0/condition"]),
    ({"condition": ["couponsValid"]}, ["/rules/0/condition"]),
    ({"condition": ["=", [".", "Session", "Totl"], 1]}, ["/rules/0/condition/1/2"]),
    ({"condition": ["and", ["=", [".", "Session", "Attributes", "Nobody"], 1]]}, ["/rules/0/condition/1/1/3"]),
    ({"effects": [["setDiscount", "x", "ten"]]}, ["/rules/0/effects/0"]),
    ({"effects": [["flyAway"], ["setDiscount", "x"]]}, ["/rules/0/effects/0", "/rules/0/effects/1"]),
    ({"effects": "none"}, ["/rules/0/effects"]),
    ({"effects": ["none"]}, ["/rules/0/effects/0"]),
    ({"id": "seven"}, ["/rules/0/id"]),
    ({"title": None}, ["/rules/0/title"]),
    ({"bindings": [{"name": "B", "expression": ["nothing"]}]}, ["/rules/0/bindings/0/expression"]),
]


@pytest.mark.parametrize(("mistake", "expected"), RULE_MISTAKES)
async def test_rules_that_do_not_compile_are_refused(shop: Shop, mistake: dict[str, Any], expected: list[str]) -> None:
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    kept = await shop.rules(campaign["id"], TEN_OFF)
    sent = {"rules": [TEN_OFF | mistake], "bindings": []}
    for method, target in (("POST", path), ("PUT", f"{path}/{kept['id']}")):
        answer = await shop.manage(method, target, sent)
        assert (answer.status_code, pointers(answer)) == (400, expected), answer.text
    assert (await shop.manage("GET", path)).json()["data"] == [kept]


async def test_mistakes_in_bindings_and_strikethrough_rules_are_told_once_each(shop: Shop) -> None:
    campaign = await shop.campaign()
    wrong = TEN_OFF | {"condition": ["nothing"]}
    sent = {
        "rules": [wrong],
        "bindings": [{"name": "B", "expression": ["nothing"]}],
        "strikethroughRules": [TEN_OFF, wrong],
    }
    answer = await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/rulesets", sent)
    assert answer.status_code == 400
    assert sorted(pointers(answer)) == [
        "/bindings/0/expression",
        "/rules/0/condition",
        "/strikethroughRules/1/condition",
    ]


async def test_a_near_miss_is_told_what_was_probably_meant(shop: Shop) -> None:
    campaign = await shop.campaign()
    sent = {"rules": [TEN_OFF | {"condition": ["couponVlid"]}], "bindings": []}
    answer = await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/rulesets", sent)
    assert "couponValid" in answer.json()["errors"][0]["details"]


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    campaign, foreign = await shop.campaign(), await other_shop.campaign()
    ruleset = await shop.rules(campaign["id"], TEN_OFF)
    body: dict[str, Any] = {"rules": [], "bindings": []}
    paths = [
        f"{shop.path}/campaigns/{campaign['id']}/rulesets",
        f"{other_shop.path}/campaigns/{campaign['id']}/rulesets",
    ]
    for path in paths:
        assert (await other_shop.manage("GET", path)).status_code == 404
        assert (await other_shop.manage("POST", path, body)).status_code == 404
    for path in [*paths, f"{other_shop.path}/campaigns/{foreign['id']}/rulesets"]:
        for method, sent in (("GET", None), ("PUT", body), ("DELETE", None)):
            assert (await other_shop.manage(method, f"{path}/{ruleset['id']}", sent)).status_code == 404
    assert (await shop.manage("GET", f"{paths[0]}/{ruleset['id']}")).status_code == 200
