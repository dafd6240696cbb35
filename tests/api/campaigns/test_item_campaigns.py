"""Campaigns of type cartItem give effects about items of the cart and no others, however their rules are written."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

ITEMS = [".", "Session", "CartItems"]
PER_ITEM = [
    ["catch", ["noop"], ["setDiscountPerItem", ITEMS, "one off", 1]],
    ["customEffectPerItem", ITEMS, 1, "engrave", [["Item"], ["kv", ["a", 1]]]],
]
DISCOUNT = {"id": "1", "type": "awardDiscount", "name": "ten", "value": 10, "partial": False}


def rule(*effects: Any) -> dict[str, Any]:
    return {"title": "r", "condition": ["and"], "effects": list(effects)}


async def test_effects_about_items_are_saved(shop: Shop) -> None:
    campaign = await shop.campaign(type="cartItem")
    await shop.rules(campaign["id"], rule(*PER_ITEM), activate=True)


@pytest.mark.parametrize(
    "effect",
    [
        ["setDiscount", "ten", 10],
        ["catch", ["noop"], ["SETDISCOUNT", "ten", 10]],
        ["showNotification", "Info", "Hi"],
        ["addFreeItem", "hat", "a hat"],
    ],
)
async def test_other_effects_are_refused_at_their_place(shop: Shop, effect: Any) -> None:
    campaign = await shop.campaign(type="cartItem")
    body = {"rules": [rule(), rule(PER_ITEM[0], effect)], "bindings": []}
    answer = await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/rulesets", body)
    assert (answer.status_code, pointers(answer)) == (400, ["/rules/1/effects/1"])


async def test_blocks_are_refused_too(shop: Shop) -> None:
    campaign = await shop.campaign(type="cartItem")
    place = f"{shop.path.replace('v1', 'v2')}/campaigns/{campaign['id']}/rulesets"
    of_items = {"title": "r", "blocks": [DISCOUNT | {"target": {"type": "allItems"}}]}
    of_cart = {"title": "r", "blocks": [DISCOUNT | {"target": {"type": "cart"}}]}
    answer = await shop.manage("POST", place, {"promotionRules": [of_items, of_cart], "strikethroughRules": []})
    assert (answer.status_code, pointers(answer)) == (400, ["/promotionRules/1/blocks/0"])
    answer = await shop.manage("POST", place, {"promotionRules": [of_items], "strikethroughRules": []})
    assert answer.status_code == 201, answer.text


async def test_a_campaign_keeps_its_type_while_its_rules_need_it(shop: Shop) -> None:
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}"
    first = await shop.rules(campaign["id"], rule(["setDiscount", "ten", 10]), activate=True)
    second = await shop.rules(campaign["id"], rule(*PER_ITEM), activate=False)
    settings = {"name": "Campaign", "tags": [], "features": [], "limits": [], "type": "cartItem"}
    answer = await shop.manage("PUT", path, settings)
    assert (answer.status_code, pointers(answer)) == (400, ["/type"])
    answer = await shop.manage("PUT", path, settings | {"activeRulesetId": second["id"]})
    assert (answer.status_code, answer.json()["type"]) == (200, "cartItem")
    answer = await shop.manage("PUT", path, settings | {"activeRulesetId": first["id"]})
    assert (answer.status_code, pointers(answer)) == (400, ["/type"])
