"""Management keys over HTTP: createManagementKey, getManagementKeys, getManagementKey, deleteManagementKey."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from largesse.plumbing import clock
from largesse.plumbing.database import Database, Query
from tests.support.api import FAR_FUTURE, Shop, hire_staff, pointers

pytestmark = pytest.mark.anyio

MINIMAL = {"name": "Robot", "expiryDate": FAR_FUTURE, "endpoints": [{"path": "*"}]}


async def use(shop: Shop, created: dict[str, Any], path: str = "/v1/applications", method: str = "GET") -> int:
    return (await shop.manage(method, path, key=f"ManagementKey-v1 {created['key']}")).status_code


async def test_a_key_is_shown_once_and_opens_the_staff_door(shop: Shop) -> None:
    answer = await shop.manage("POST", "/v1/management_keys", MINIMAL)
    assert answer.status_code == 201
    created = answer.json()
    assert await use(shop, created) == 200
    key = created.pop("key")
    assert len(key) == 64 and int(key, 16)
    assert created == MINIMAL | {
        "id": created["id"],
        "created": created["created"],
        "createdBy": shop.staff.user_id,
        "accountID": shop.staff.account_id,
        "allowedApplicationIds": [],
        "disabled": False,
    }
    read = (await shop.manage("GET", f"/v1/management_keys/{created['id']}")).json()
    assert read == created | {"lastUsed": read["lastUsed"]}
    listed = (await shop.manage("GET", "/v1/management_keys", query={"sort": "-lastUsed"})).json()
    assert listed == {"totalResultSize": 1, "data": [read]}


async def test_a_key_opens_the_paths_it_names_and_no_other(shop: Shop) -> None:
    endpoints = [{"path": "/v1/applications/{id}/campaigns"}, {"path": "/v1/sessions"}]
    created = await shop.create("/v1/management_keys", MINIMAL | {"endpoints": endpoints})
    assert await use(shop, created, f"{shop.path}/campaigns") == 200
    assert await use(shop, created, shop.path) == 403
    assert await use(shop, created) == 403
    nothing = await shop.create("/v1/management_keys", MINIMAL | {"endpoints": []})
    assert await use(shop, nothing) == 403


async def test_what_a_key_creates_is_its_makers(shop: Shop) -> None:
    created = await shop.create("/v1/management_keys", MINIMAL)
    sent = {"name": "C", "state": "enabled", "tags": [], "features": [], "limits": []}
    answer = await shop.manage("POST", f"{shop.path}/campaigns", sent, key=f"ManagementKey-v1 {created['key']}")
    assert (answer.json()["userId"], answer.json()["createdBy"]) == (shop.staff.user_id, "Ada")


async def test_a_deleted_key_and_an_expired_one_open_nothing(shop: Shop) -> None:
    created = await shop.create("/v1/management_keys", MINIMAL)
    path = f"/v1/management_keys/{created['id']}"
    assert (await shop.manage("DELETE", path)).status_code == 204
    assert await use(shop, created) == 401
    assert (await shop.manage("DELETE", path)).status_code == 404
    yesterday = (clock.now() - timedelta(days=1)).isoformat()
    assert await use(shop, await shop.create("/v1/management_keys", MINIMAL | {"expiryDate": yesterday})) == 401


async def test_a_disabled_key_opens_nothing(shop: Shop, database: Database) -> None:
    created = await shop.create("/v1/management_keys", MINIMAL)
    disable = Query("disable", "UPDATE management_keys SET disabled = true WHERE account_id = $1 AND id = $2")
    async with database.transaction() as db:
        await db.run(disable, shop.staff.account_id, created["id"])
    assert await use(shop, created) == 401
    assert (await shop.manage("GET", f"/v1/management_keys/{created['id']}")).json()["disabled"] is True


async def test_last_used_is_noted_once_a_minute(shop: Shop, database: Database) -> None:
    created = await shop.create("/v1/management_keys", MINIMAL)
    path = f"/v1/management_keys/{created['id']}"
    age = Query("age", "UPDATE management_keys SET last_used = $3 WHERE account_id = $1 AND id = $2")
    for old, is_renewed in ((timedelta(seconds=10), False), (timedelta(minutes=2), True)):
        noted = clock.now() - old
        async with database.transaction() as db:
            await db.run(age, shop.staff.account_id, created["id"], noted)
        assert await use(shop, created) == 200
        shown = datetime.fromisoformat((await shop.manage("GET", path)).json()["lastUsed"])
        assert (shown > noted) is is_renewed


async def test_only_administrators_deal_with_keys(shop: Shop, database: Database) -> None:
    made = await shop.create("/v1/management_keys", MINIMAL)
    clerk = await hire_staff(database, is_admin=False, account_id=shop.staff.account_id)
    for key in (f"Bearer {clerk.token}", f"ManagementKey-v1 {made['key']}"):
        for method, path, body in (
            ("POST", "/v1/management_keys", MINIMAL),
            ("GET", "/v1/management_keys", None),
            ("GET", f"/v1/management_keys/{made['id']}", None),
            ("DELETE", f"/v1/management_keys/{made['id']}", None),
        ):
            assert (await shop.manage(method, path, body, key=key)).status_code == 403
    assert (await shop.manage("GET", "/v1/applications", key=f"Bearer {clerk.token}")).status_code == 200


async def test_a_management_key_does_not_open_the_shops_door(shop: Shop) -> None:
    created = await shop.create("/v1/management_keys", MINIMAL)
    assert await use(shop, created, "/v2/customer_sessions/s") == 401


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": None}, ["/name"]),
        ({"expiryDate": "2030"}, ["/expiryDate"]),
        ({"endpoints": None}, ["/endpoints"]),
        ({"endpoints": [{"path": "*"}, {"path": "v1"}]}, ["/endpoints/1/path"]),
        ({"allowedApplicationIds": [0]}, ["/allowedApplicationIds/0"]),
        (
            {"endpoints": [{"path": ""}], "allowedApplicationIds": [0]},
            ["/endpoints/0/path", "/allowedApplicationIds/0"],
        ),
    ],
)
async def test_what_cannot_be_set_is_refused(shop: Shop, changes: dict[str, Any], expected: list[str]) -> None:
    answer = await shop.manage("POST", "/v1/management_keys", MINIMAL | changes)
    assert (answer.status_code, pointers(answer)) == (400, expected)


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    created = await shop.create("/v1/management_keys", MINIMAL)
    path = f"/v1/management_keys/{created['id']}"
    assert (await other_shop.manage("GET", path)).status_code == 404
    assert (await other_shop.manage("DELETE", path)).status_code == 404
    assert (await other_shop.manage("GET", "/v1/management_keys")).json()["data"] == []
    foreign = await other_shop.manage(
        "POST", "/v1/management_keys", MINIMAL | {"allowedApplicationIds": [shop.application_id]}
    )
    assert (foreign.status_code, pointers(foreign)) == (400, ["/allowedApplicationIds/0"])
    assert await use(shop, created) == 200
