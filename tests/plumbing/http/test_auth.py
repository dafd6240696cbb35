"""Who may call what."""

from datetime import timedelta

import pytest

from largesse.plumbing.context import Caller
from largesse.plumbing.database import Database
from largesse.plumbing.http import auth
from largesse.plumbing.http.auth import KEY_CACHE_ENTRIES_MAX, KEY_CACHE_SECONDS, KeyCache
from tests.plumbing.http.toys import CALLERS, NARROW_KEY, NOW, SHOP_KEY, STAFF_KEY, TOKEN, KeyRing, client_of, shop

pytestmark = pytest.mark.anyio

CART: dict[str, list[object]] = {"cartItems": []}


@pytest.mark.parametrize(
    ("authorization", "cart", "note"),
    [
        (None, 401, 401),
        ("", 401, 401),
        (f"ApiKey-v1 {SHOP_KEY}", 200, 401),
        (f"apikey-v1  {SHOP_KEY}", 200, 401),
        (f"ManagementKey-v1 {STAFF_KEY}", 401, 200),
        (f"Bearer {TOKEN}", 401, 200),
        (f"ApiKey-v1 {STAFF_KEY}", 401, 401),
        (f"ManagementKey-v1 {SHOP_KEY}", 401, 401),
        (f"Bearer {SHOP_KEY}", 401, 401),
        ("ApiKey-v1", 401, 401),
        ("ApiKey-v1 " + "x" * 300, 401, 401),
        (f"Basic {SHOP_KEY}", 401, 401),
        (SHOP_KEY, 401, 401),
        ("ApiKey-v1 \xe4", 401, 401),
    ],
)
async def test_each_door_has_its_keys(database: Database, authorization: str | None, cart: int, note: int) -> None:
    headers = [] if authorization is None else [(b"Authorization", authorization.encode("latin-1"))]
    async with client_of(database) as client:
        answers = [
            await client.put("/v2/carts/c", json=CART, headers=headers),
            await client.get("/v1/applications/7/notes/1", headers=headers),
        ]
    assert [answer.status_code for answer in answers] == [cart, note]
    for answer in answers:
        if answer.status_code == 401:
            assert answer.json()["StatusCode"] == 401
            assert "ApiKey-v1" in answer.headers["www-authenticate"]


async def test_a_narrow_management_key(database: Database) -> None:
    headers = {"Authorization": f"ManagementKey-v1 {NARROW_KEY}"}
    async with client_of(database) as client:
        allowed = await client.get("/v1/applications/7/notes/1", headers=headers)
        other_application = await client.get("/v1/applications/8/notes/1", headers=headers)
        other_path = await client.get("/v1/notes", headers=headers)
        not_admin = await client.delete("/v1/notes", headers={"Authorization": f"Bearer {TOKEN}"})
    assert [answer.status_code for answer in (allowed, other_application, other_path, not_admin)] == [
        200,
        403,
        403,
        403,
    ]


async def test_an_expired_key_is_an_unknown_key(database: Database) -> None:
    for expires, status in ((NOW, 401), (NOW + timedelta(seconds=1), 200)):
        caller = Caller(kind="application", account_id=1, application_id=7, expires=expires)
        key_ring = KeyRing({("ApiKey-v1", SHOP_KEY): caller})
        async with client_of(database, key_ring=key_ring) as client:
            assert (await client.put("/v2/carts/c", json=CART, headers=shop())).status_code == status


async def test_only_shops_keys_are_remembered(database: Database) -> None:
    key_ring = KeyRing()
    async with client_of(database, key_ring=key_ring) as client:
        for _ in range(5):
            await client.put("/v2/carts/c", json=CART, headers=shop())
        assert key_ring.asked == 1
        for _ in range(5):
            await client.get("/v1/notes", headers={"Authorization": f"Bearer {TOKEN}"})
        assert key_ring.asked == 6
        for _ in range(5):
            await client.put("/v2/carts/c", json=CART, headers=shop("unknown"))
        assert key_ring.asked == 11


def test_the_memory_of_keys_is_short_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = 0.0
    monkeypatch.setattr(auth, "monotonic_seconds", lambda: seconds)
    caller = CALLERS["ApiKey-v1", SHOP_KEY]
    cache = KeyCache()
    cache.remember("k", caller)
    assert cache.find("k", NOW) is caller
    seconds = KEY_CACHE_SECONDS + 0.1
    assert cache.find("k", NOW) is None
    for number in range(KEY_CACHE_ENTRIES_MAX + 1):
        cache.remember(str(number), caller)
    assert cache.find("0", NOW) is None
    assert cache.find("1", NOW) is caller


def test_a_remembered_key_expires_on_time() -> None:
    cache = KeyCache()
    cache.remember("k", Caller(kind="application", account_id=1, application_id=1, expires=NOW))
    assert cache.find("k", NOW - timedelta(microseconds=1)) is not None
    assert cache.find("k", NOW) is None
