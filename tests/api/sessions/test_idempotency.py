"""Sessions and profiles sent again under an `Idempotency-Key`, as shops do when a reply was lost."""

from typing import Any

import httpx
import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

SESSION = "/v2/customer_sessions/s1"
PROFILE = "/v2/customer_profiles/ann"
CLOSED = {
    "customerSession": {
        "state": "closed",
        "profileId": "ann",
        "cartItems": [{"name": "Shoe", "sku": "SHOE", "quantity": 1, "price": 100.50}],
    },
    "responseContent": ["customerSession", "event", "customerProfile"],
}


async def send(shop: Shop, path: str, body: Any, key: str = "first") -> httpx.Response:
    """A PUT of the shop under a key."""
    headers = {"Authorization": f"ApiKey-v1 {shop.key}", "Idempotency-Key": key}
    return await shop.client.put(path, json=body, headers=headers)


async def test_update_customer_session_v2_closes_once(shop: Shop) -> None:
    first, second = await send(shop, SESSION, CLOSED), await send(shop, SESSION, CLOSED)
    assert (second.status_code, second.content) == (200, first.content)
    assert first.json()["customerProfile"]["closedSessions"] == 1
    again = await send(shop, SESSION, CLOSED, key="second")
    assert again.status_code == 400, "under another key it is another request, and a closed session cannot be closed"


async def test_a_refused_update_is_refused_alike(shop: Shop) -> None:
    wrong = {"customerSession": {"attributes": {"Unheard": 1}}}
    first = await send(shop, SESSION, wrong)
    await shop.create(
        "/v1/attributes",
        {
            "entity": "CustomerSession",
            "name": "Unheard",
            "title": "Unheard",
            "type": "number",
            "description": "",
            "suggestions": [],
            "editable": True,
        },
    )
    second = await send(shop, SESSION, wrong)
    assert (first.status_code, second.status_code, second.content) == (400, 400, first.content)
    assert (await send(shop, SESSION, wrong, key="second")).status_code == 200


async def test_update_customer_profile_v2_is_replayed(shop: Shop) -> None:
    first, second = await send(shop, PROFILE, {}), await send(shop, PROFILE, {})
    assert (first.status_code, second.content) == (200, first.content)
    other = await send(shop, PROFILE, {"attributes": {}})
    assert other.status_code == 400
    assert other.json()["errors"][0]["source"] == {"parameter": "Idempotency-Key"}


async def test_a_deleted_application_takes_its_replies_along(shop: Shop) -> None:
    await send(shop, PROFILE, {})
    assert (await shop.manage("DELETE", shop.path)).status_code == 204
    assert (await send(shop, PROFILE, {})).status_code in (401, 404)


async def test_return_cart_items_takes_an_item_back_once(shop: Shop) -> None:
    await send(shop, SESSION, CLOSED)
    headers = {"Authorization": f"ApiKey-v1 {shop.key}", "Idempotency-Key": "return"}
    body = {"return": {"returnedCartItems": [{"sku": "SHOE"}]}, "responseContent": ["previousReturns"]}
    first, second = [await shop.client.post(f"{SESSION}/returns", json=body, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code, second.content) == (200, 200, first.content)
    assert second.json()["previousReturns"] == []


async def test_reopen_customer_session_opens_once(shop: Shop) -> None:
    await send(shop, SESSION, CLOSED)
    headers = {"Authorization": f"ApiKey-v1 {shop.key}", "Idempotency-Key": "reopen"}
    first, second = [await shop.client.put(f"{SESSION}/reopen", headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code, second.content) == (200, 200, first.content)
