"""Custom effects over HTTP: our own createCustomEffect, getCustomEffects, getCustomEffect, updateCustomEffect and
deleteCustomEffect."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/custom_effects"
TEXT = {"type": "string", "title": "The Text", "ui": {"rows": 3}, "key": "text", "description": "What it says"}


def greeting(shop: Shop, **changes: Any) -> dict[str, Any]:
    given = {"name": "greet", "title": "Greet them", "payload": '{"text": "${$the_text}"}', "enabled": True}
    return given | {"applicationIds": [shop.application_id], "params": [TEXT]} | changes


async def test_a_custom_effect_is_created_read_changed_and_deleted(shop: Shop) -> None:
    created = await shop.manage("POST", PATH, greeting(shop))
    assert created.status_code == 201, created.text
    effect = created.json()
    assert effect.items() >= greeting(shop, isPerItem=False, description="").items()
    assert (effect["accountId"], effect["createdBy"]) == (shop.staff.account_id, shop.staff.user_id)
    one = f"{PATH}/{effect['id']}"
    assert (await shop.manage("GET", one)).json() == effect

    change = greeting(shop, name="shout", isPerItem=True, payload='{"sku": "${$Item.SKU}"}', params=[], enabled=False)
    changed = (await shop.manage("PUT", one, change)).json()
    assert changed.items() >= change.items()
    assert changed["modifiedBy"] == shop.staff.user_id

    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, change)).status_code == 404


async def test_custom_effects_are_listed_in_pages(shop: Shop, other_shop: Shop) -> None:
    for name in ("b", "a", "c"):
        await shop.create(PATH, greeting(shop, name=name))
    listed = (await shop.manage("GET", PATH, query={"sort": "-name", "pageSize": 2})).json()
    assert (listed["totalResultSize"], [each["name"] for each in listed["data"]]) == (3, ["c", "b"])
    assert (await other_shop.manage("GET", PATH)).json()["data"] == []
    one = f"{PATH}/{listed['data'][0]['id']}"
    foreign = greeting(other_shop)
    answers = [await other_shop.manage(method, one, foreign) for method in ("GET", "PUT", "DELETE")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"applicationIds": []}, "/applicationIds"),
        ({"applicationIds": [0]}, "/applicationIds/0"),
        ({"name": "1st"}, "/name"),
        ({"name": "größe"}, "/name"),
        ({"title": " x"}, "/title"),
        ({"title": "a\nb"}, "/title"),
        ({"payload": "[1]"}, "/payload"),
        ({"payload": '{"a": $x}'}, "/payload"),
        ({"payload": '{"a": "${$nothing}"}'}, "/payload"),
        ({"payload": '{"a": "${$Item.SKU}"}'}, "/payload"),
        ({"params": [TEXT | {"type": "map"}]}, "/params/0/type"),
        ({"params": [TEXT | {"title": ""}]}, "/params/0/title"),
        ({"params": [TEXT] * 101}, "/params"),
    ],
)
async def test_what_is_refused(shop: Shop, change: Any, pointer: str) -> None:
    answer = await shop.manage("POST", PATH, greeting(shop, **change))
    assert (answer.status_code, pointers(answer)) == (400, [pointer]), answer.text


async def test_a_name_is_taken_once(shop: Shop) -> None:
    first = await shop.create(PATH, greeting(shop))
    assert (await shop.manage("POST", PATH, greeting(shop))).status_code == 409
    other = await shop.create(PATH, greeting(shop, name="other"))
    assert (await shop.manage("PUT", f"{PATH}/{other['id']}", greeting(shop))).status_code == 409
    assert (await shop.manage("PUT", f"{PATH}/{first['id']}", greeting(shop))).status_code == 200


async def given_by(shop: Shop) -> list[Any]:
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"cartItems": []}})
    return [effect["props"] for effect in answer.json()["effects"]]


async def test_rules_give_what_is_defined_now(shop: Shop) -> None:
    effect = await shop.create(PATH, greeting(shop))
    campaign = await shop.campaign()
    wrong = {
        "rules": [{"title": "r", "condition": ["and"], "effects": [["customEffect", effect["id"], "greet"]]}],
        "bindings": [],
    }
    refused = await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/rulesets", wrong)
    assert (refused.status_code, pointers(refused)) == (400, ["/rules/0/effects/0"])
    give = ["customEffect", effect["id"], "greet", ["kv", ["the_text", "hi"]]]
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": [["catch", ["noop"], give]]})
    assert await given_by(shop) == [{"effectId": effect["id"], "name": "greet", "payload": {"text": "hi"}}]

    one = f"{PATH}/{effect['id']}"
    await shop.manage("PUT", one, greeting(shop, name="say", payload='{"said": ["${$the_text}", ${$Session.Total}]}'))
    assert await given_by(shop) == [{"effectId": effect["id"], "name": "say", "payload": {"said": ["hi", 0]}}]
    await shop.manage("PUT", one, greeting(shop, enabled=False))
    assert await given_by(shop) == []
    await shop.manage("DELETE", one)
    assert await given_by(shop) == [{"effectId": effect["id"], "name": "greet", "payload": {"the_text": "hi"}}]


async def test_blocks_name_what_is_defined(shop: Shop) -> None:
    effect = await shop.create(PATH, greeting(shop))
    campaign = await shop.campaign()
    block = {
        "id": "b",
        "type": "triggerCustomEffect",
        "customEffect": {"id": effect["id"], "name": "greet", "title": "Greet them"},
        "target": {"type": "cart"},
        "params": {"the_text": "for {{$Session.Total}}", "more": 1},
    }
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets".replace("/v1/", "/v2/")
    rule = {"title": "r", "blocks": [block]}
    refused = await shop.manage("POST", path, {"promotionRules": [rule]})
    assert (refused.status_code, pointers(refused)) == (400, ["/promotionRules/0/blocks/0/params"])
    block["params"] = {"the_text": "{{toString($Session.Total)}}"}
    created = await shop.create(path, {"promotionRules": [rule]})
    assert await given_by(shop) == [{"effectId": effect["id"], "name": "greet", "payload": {"text": "0"}}]
    usual = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    plain = (await shop.manage("GET", f"{usual}/{created['id']}")).json()
    written = await shop.create(usual, {"rules": plain["rules"], "bindings": []})
    (read,) = (await shop.manage("GET", f"{path}/{written['id']}")).json()["promotionRules"][0]["blocks"]
    assert {name: read[name] for name in block if name != "id"} == {
        name: value for name, value in block.items() if name != "id"
    }
