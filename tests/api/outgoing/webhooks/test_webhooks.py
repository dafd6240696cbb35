"""Webhooks over HTTP: getWebhooks and getWebhook as published, and our own createWebhook, updateWebhook and
deleteWebhook."""

from typing import Any

import pytest
from talon_one.models.webhook import Webhook

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/webhooks"
ORDER = {"type": "string", "title": "Order ID", "ui": {}}


def hook(**changes: Any) -> dict[str, Any]:
    given = {"title": "Tell them", "draft": False, "verb": "POST", "url": "https://shop.example/${$order_id}"}
    return (
        given
        | {"headers": ["X-Order: ${$order_id}"], "params": [ORDER], "enabled": True, "applicationIds": []}
        | changes
    )


async def test_a_webhook_is_created_read_changed_and_deleted(shop: Shop) -> None:
    sent = hook(description="For the warehouse", payload='{"total": ${$Session.Total}}')
    created = await shop.manage("POST", PATH, sent)
    assert created.status_code == 201, created.text
    webhook = created.json()
    assert webhook.items() >= sent.items()
    assert Webhook.from_dict(webhook) is not None
    one = f"{PATH}/{webhook['id']}"
    assert (await shop.manage("GET", one)).json() == webhook

    change = hook(title="Other", verb="PUT", headers=[], params=[], url="shop.example", draft=True, enabled=False)
    changed = (await shop.manage("PUT", one, change | {"applicationIds": [shop.application_id]})).json()
    assert changed.items() >= (change | {"applicationIds": [shop.application_id], "payload": ""}).items()

    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, change)).status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Alpha", "beta", "Gamma"]),
        ({"sort": "-id", "pageSize": 2}, ["Gamma", "beta"]),
        ({"title": "A"}, ["Alpha", "beta", "Gamma"]),
        ({"title": "BET"}, ["beta"]),
        ({"visibility": "visible"}, ["Alpha", "beta"]),
        ({"visibility": "hidden"}, ["Gamma"]),
        ({"creationType": "webhooks"}, ["Alpha", "beta", "Gamma"]),
        ({"creationType": "templateWebhooks"}, []),
        ({"outgoingIntegrationsTypeId": 15}, []),
        ({"applicationIds": "0"}, ["Alpha", "Gamma"]),
    ],
)
async def test_webhooks_are_listed_by_filters(shop: Shop, query: Any, titles: list[str]) -> None:
    await shop.create(PATH, hook(title="Alpha"))
    await shop.create(PATH, hook(title="beta", applicationIds=[shop.application_id]))
    await shop.create(PATH, hook(title="Gamma", enabled=False))
    answer = await shop.manage("GET", PATH, query=query)
    assert [each["title"] for each in answer.json()["data"]] == titles, answer.text
    mine = await shop.manage("GET", PATH, query={"applicationIds": f"0, {shop.application_id}"})
    assert mine.json()["totalResultSize"] == 3
    refused = await shop.manage("GET", PATH, query={"applicationIds": "1,x"})
    assert (refused.status_code, pointers(refused)) == (400, ["applicationIds"])


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    webhook = await shop.create(PATH, hook())
    one = f"{PATH}/{webhook['id']}"
    answers = [await other_shop.manage(method, one, hook()) for method in ("GET", "PUT", "DELETE")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await other_shop.manage("GET", PATH)).json()["data"] == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": "1st"}, ["/title"]),
        ({"title": "größe"}, ["/title"]),
        ({"verb": "HEAD"}, ["/verb"]),
        ({"url": "ftp://shop.example"}, ["/url"]),
        ({"url": "https://${$order_id}/"}, ["/url"]),
        ({"url": "shop.example/${$nothing}"}, ["/url"]),
        ({"headers": ["X-Order"]}, []),
        ({"headers": ["X Order: 1"]}, ["/headers/0"]),
        ({"headers": ["A: b", "C: d\nE: f"]}, ["/headers/1"]),
        ({"headers": ["Host: elsewhere.example"]}, ["/headers/0"]),
        ({"headers": ["A: ${$nothing}"]}, ["/headers/0"]),
        ({"payload": "${$Item.SKU}"}, ["/payload"]),
        ({"applicationIds": [0]}, ["/applicationIds/0"]),
        ({"params": [{"type": "string", "title": "x"}]}, ["/params/0/ui"]),
    ],
)
async def test_what_is_refused(shop: Shop, change: Any, wrong: list[str]) -> None:
    answer = await shop.manage("POST", PATH, hook(**change))
    assert answer.status_code == (400 if wrong else 201), answer.text
    assert (pointers(answer) if wrong else []) == wrong


async def test_rules_call_what_is_defined(shop: Shop) -> None:
    webhook = await shop.create(PATH, hook())
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    call = ["callApi", webhook["id"], ["kv", ["order_id", [".", "Session", "IntegrationId"]]]]
    rule = {"title": "r", "condition": ["and"], "effects": [["catch", ["noop"], call]]}
    unknown = {"title": "r", "condition": ["and"], "effects": [["callApi", webhook["id"] + 1000]]}
    refused = await shop.manage("POST", path, {"rules": [rule, unknown], "bindings": []})
    assert (refused.status_code, pointers(refused)) == (400, ["/rules/1/effects/0"])
    ruleset = await shop.create(path, {"rules": [rule], "bindings": []})
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"cartItems": []}})
    (effect,) = answer.json()["effects"]
    props = {"webhookId": webhook["id"], "webhookName": "Tell them"}
    assert (effect["effectType"], effect["props"]) == ("triggerWebhook", props)

    structured = f"{path}/{ruleset['id']}".replace("/v1/", "/v2/")
    (block,) = (await shop.manage("GET", structured)).json()["promotionRules"][0]["blocks"]
    assert (
        block.items()
        >= {
            "type": "triggerWebhook",
            "webhook": {"id": webhook["id"], "title": "Tell them"},
            "params": {"order_id": "$Session.IntegrationId"},
        }.items()
    )
    note = {"id": "n", "type": "showNotification", "notificationType": "Info", "title": "Not told"}
    handled = block | {"onError": {"default": [note]}}
    rules = {"promotionRules": [{"title": "r", "blocks": [handled]}], "activate": True}
    changed = await shop.manage("PUT", structured, rules)
    assert changed.status_code == 200, changed.text
    assert (await shop.manage("PUT", f"{PATH}/{webhook['id']}", hook(draft=True))).status_code == 200
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {}})
    assert [effect["props"]["title"] for effect in answer.json()["effects"]] == ["Not told"]
