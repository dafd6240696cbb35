"""Authentications over HTTP: our own createWebhookAuthentication, getWebhookAuthentications,
updateWebhookAuthentication and deleteWebhookAuthentication."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/webhook_authentications"
BASIC = {"name": "Warehouse", "type": "basic", "data": {"username": "shop", "password": "secret"}}
CUSTOM = {"name": "Warehouse", "type": "custom", "data": {"headers": {"X-Key": "secret"}}}
HOOK = {"title": "Tell", "draft": False, "verb": "POST", "url": "a.example", "headers": [], "params": []}


async def test_secrets_are_kept_replaced_and_never_shown(shop: Shop, other_shop: Shop) -> None:
    created = await shop.manage("POST", PATH, BASIC)
    assert created.status_code == 201, created.text
    authentication = created.json()
    assert (
        authentication.items() >= (BASIC | {"data": {"username": "shop"}, "webhooks": [], "createdBy": "Ada"}).items()
    )
    webhook = await shop.create(
        "/v1/webhooks", HOOK | {"enabled": True, "applicationIds": [], "authenticationId": authentication["id"]}
    )
    assert webhook["authenticationId"] == authentication["id"]
    (listed,) = (await shop.manage("GET", PATH)).json()["data"]
    assert listed == authentication | {"webhooks": [{"id": webhook["id"], "title": "Tell"}]}

    one = f"{PATH}/{authentication['id']}"
    changed = await shop.manage("PUT", one, CUSTOM)
    assert (changed.status_code, changed.json()["data"]) == (200, {"headers": {"X-Key": ""}})
    assert (await shop.manage("DELETE", one)).status_code == 409
    assert (await other_shop.manage("PUT", one, CUSTOM)).status_code == 404
    assert (await other_shop.manage("DELETE", one)).status_code == 404
    assert (await other_shop.manage("GET", PATH)).json() == {"totalResultSize": 0, "data": []}
    foreign = HOOK | {"enabled": True, "applicationIds": [], "authenticationId": authentication["id"]}
    refused = await other_shop.manage("POST", "/v1/webhooks", foreign)
    assert (refused.status_code, pointers(refused)) == (400, ["/authenticationId"])
    await shop.manage("DELETE", f"/v1/webhooks/{webhook['id']}")
    assert (await shop.manage("DELETE", one)).status_code == 204
    assert (await shop.manage("DELETE", one)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        (BASIC | {"data": {}}, ["/data/username", "/data/password"]),
        (BASIC | {"data": {"username": "a:b", "password": "c"}}, ["/data/username"]),
        (CUSTOM | {"data": {}}, ["/data/headers"]),
        (CUSTOM | {"data": {"headers": {"a b": "c"}}}, ["/data/headers"]),
        (CUSTOM | {"data": {"headers": {"a": "b\nc"}}}, ["/data/headers"]),
        (CUSTOM | {"type": "digest"}, ["/type"]),
    ],
)
async def test_what_is_refused(shop: Shop, sent: Any, wrong: list[str]) -> None:
    answer = await shop.manage("POST", PATH, sent)
    assert (answer.status_code, pointers(answer)) == (400, wrong), answer.text
