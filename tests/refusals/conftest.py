"""One server and one shop with an open session, which nothing that is refused may touch."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from largesse.plumbing import clock
from tests.refusals.refused import KEPT, Keys
from tests.support.api import FAR_FUTURE, Shop
from tests.support.program import ask
from tests.support.server import Server, real_shop, running_server

SESSION = {
    "profileId": "ann",
    "cartItems": [{"name": "Shoe", "sku": "SHOE", "quantity": 2, "price": 99.95, "attributes": {"size": 43}}],
    "attributes": {"channel": "web"},
    "additionalCosts": {"shipping": {"price": 4.9}},
}


@pytest.fixture(scope="module")
def server(template_url: str) -> Iterator[Server]:
    """The server; no request here may break it."""
    with running_server(template_url) as started:
        yield started


@pytest.fixture(scope="module")
def keys(server: Server) -> Keys:
    """The keys of a shop whose session stands."""
    return asyncio.run(_furnish(server))


async def _furnish(server: Server) -> Keys:
    async with real_shop(server.url, server.database_url) as shop:
        await _define(shop, "CartItem", "size", "number")
        await _define(shop, "CustomerSession", "channel", "string")
        await shop.create("/v1/additional_costs", _named("shipping") | {"type": "session"})
        answer = await shop.integrate("PUT", KEPT, {"customerSession": SESSION})
        assert answer.status_code == 200, answer.text
        closed = {"customerSession": SESSION | {"state": "closed"}}
        assert (await shop.integrate("PUT", "/v2/customer_sessions/closed", closed)).status_code == 200
        place = f"{shop.path}/apikeys"
        past = (clock.now() - timedelta(seconds=1)).isoformat()
        expired = await shop.create(place, {"title": "Expired", "expires": past})
        staff = {"name": "Staff", "expiryDate": FAR_FUTURE, "endpoints": [{"path": "*"}]}
        management = await shop.create("/v1/management_keys", staff)
        return Keys(
            application_id=shop.application_id,
            integration=f"ApiKey-v1 {shop.key}",
            expired=f"ApiKey-v1 {expired['key']}",
            management=f"ManagementKey-v1 {management['key']}",
            token=f"Bearer {shop.staff.token}",
        )


async def _define(shop: Shop, entity: str, name: str, kind: str) -> None:
    more = {"entity": entity, "type": kind, "suggestions": [], "editable": True}
    await shop.create("/v1/attributes", _named(name) | more)


def _named(name: str) -> dict[str, Any]:
    return {"name": name, "title": name, "description": ""}


@pytest.fixture
def kept(server: Server, keys: Keys) -> Iterator[None]:
    """What the session was before a test, it is afterwards."""
    before = _look(server, keys)
    yield
    assert _look(server, keys) == before


def _look(server: Server, keys: Keys) -> list[Any]:
    paths = (KEPT, "/v2/customer_sessions/closed", "/v2/customer_sessions/new")
    return [json.loads(ask(server.url, path, key=keys.integration).text) for path in paths]
