"""API keys over HTTP: createApplicationAPIKey, getApplicationAPIKeys, getApplicationAPIKey, deleteApplicationAPIKey."""

from datetime import timedelta
from typing import Any

import pytest

from largesse.plumbing import clock
from tests.support.api import FAR_FUTURE, Shop, pointers

pytestmark = pytest.mark.anyio

MINIMAL = {"title": "Till", "expires": FAR_FUTURE}


async def use(shop: Shop, key: str) -> int:
    """The status of a request with a key; 404 says that the key is good and the session unknown."""
    headers = {"Authorization": f"ApiKey-v1 {key}"}
    return (await shop.client.get("/v2/customer_sessions/nobody", headers=headers)).status_code


async def test_a_key_is_shown_once_and_opens_the_shop(shop: Shop) -> None:
    answer = await shop.manage("POST", f"{shop.path}/apikeys", MINIMAL)
    assert answer.status_code == 201
    created = answer.json()
    key = created.pop("key")
    assert len(key) == 64 and int(key, 16)
    assert created == MINIMAL | {
        "id": created["id"],
        "created": created["created"],
        "createdBy": shop.staff.user_id,
        "accountID": shop.staff.account_id,
        "applicationID": shop.application_id,
        "platform": "none",
        "timeOffset": 0,
    }
    assert (await shop.manage("GET", f"{shop.path}/apikeys/{created['id']}")).json() == created
    listed = (await shop.manage("GET", f"{shop.path}/apikeys")).json()
    assert listed["totalResultSize"] == 2
    assert listed["data"][1] == created
    assert await use(shop, key) == 404


async def test_settings_are_kept(shop: Shop) -> None:
    sent = MINIMAL | {"platform": "braze", "timeOffset": -3_600_000_000_000, "type": ""}
    created = await shop.create(f"{shop.path}/apikeys", sent)
    assert (created["platform"], created["timeOffset"], "type" in created) == ("braze", -3_600_000_000_000, False)


async def test_a_deleted_key_and_an_expired_one_open_nothing(shop: Shop) -> None:
    created = await shop.create(f"{shop.path}/apikeys", MINIMAL)
    assert (await shop.manage("DELETE", f"{shop.path}/apikeys/{created['id']}")).status_code == 204
    assert await use(shop, created["key"]) == 401
    assert (await shop.manage("DELETE", f"{shop.path}/apikeys/{created['id']}")).status_code == 404
    yesterday = (clock.now() - timedelta(days=1)).isoformat()
    expired = await shop.create(f"{shop.path}/apikeys", MINIMAL | {"expires": yesterday})
    assert await use(shop, expired["key"]) == 401


async def test_the_key_of_a_shop_does_not_open_the_staff_door(shop: Shop) -> None:
    answer = await shop.manage("GET", shop.path, key=f"ApiKey-v1 {shop.key}")
    assert answer.status_code == 401


async def test_a_time_offset_shifts_now_for_rules(shop: Shop) -> None:
    in_a_week = clock.now() + timedelta(days=7)
    campaign = await shop.campaign(startTime=in_a_week.isoformat())
    rule = {"title": "R", "condition": ["and", True], "effects": [["setDiscount", "later", 1]]}
    await shop.rules(campaign["id"], rule)
    eight_days = 8 * 24 * 3600 * 1_000_000_000
    ahead = await shop.create(f"{shop.path}/apikeys", MINIMAL | {"timeOffset": eight_days})
    cart = {"customerSession": {"cartItems": [{"sku": "A", "quantity": 1, "price": 5}]}}
    types = []
    for key in (shop.key, ahead["key"]):
        headers = {"Authorization": f"ApiKey-v1 {key}"}
        answer = await shop.client.put("/v2/customer_sessions/s", json=cart, headers=headers)
        types.append([effect["effectType"] for effect in answer.json()["effects"]])
    assert types == [[], ["setDiscount"]]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": None}, "/title"),
        ({"expires": "never"}, "/expires"),
        ({"expires": "2030-01-01T00:00:00"}, "/expires"),
        ({"platform": "abacus"}, "/platform"),
        ({"type": "production"}, "/type"),
        ({"type": "staging"}, "/type"),
        ({"timeOffset": 1.5}, "/timeOffset"),
    ],
)
async def test_what_cannot_be_set_is_refused(shop: Shop, changes: dict[str, Any], pointer: str) -> None:
    answer = await shop.manage("POST", f"{shop.path}/apikeys", MINIMAL | changes)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


async def test_lists_are_sorted_and_paged(shop: Shop) -> None:
    for title in ("B", "A"):
        await shop.create(f"{shop.path}/apikeys", MINIMAL | {"title": title})

    async def titles(**query: Any) -> list[str]:
        found = (await shop.manage("GET", f"{shop.path}/apikeys", query=query)).json()
        assert found["totalResultSize"] == 3
        return [key["title"] for key in found["data"]]

    assert await titles() == ["Shop", "B", "A"]
    assert await titles(sort="-title") == ["Shop", "B", "A"]
    assert await titles(sort="title", pageSize=2) == ["A", "B"]
    assert await titles(sort="-created", skip=2) == ["Shop"]


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    created = await shop.create(f"{shop.path}/apikeys", MINIMAL)
    assert (await other_shop.manage("GET", f"{shop.path}/apikeys")).status_code == 404
    assert (await other_shop.manage("POST", f"{shop.path}/apikeys", MINIMAL)).status_code == 404
    for path in (shop.path, other_shop.path):
        for method in ("GET", "DELETE"):
            assert (await other_shop.manage(method, f"{path}/apikeys/{created['id']}")).status_code == 404
    assert await use(shop, created["key"]) == 404
