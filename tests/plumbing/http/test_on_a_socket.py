"""What only a real connection can show: paths as they are sent, and refusals that reach a client still sending."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn

from largesse.plumbing.database import Database
from largesse.plumbing.http.dispatch import build_app
from largesse.plumbing.http.exchange import REQUEST_BYTES_MAX
from largesse.plumbing.http.idempotency import Replies
from largesse.plumbing.telemetry import Telemetry, write_nowhere
from largesse.storage.requests.idempotency import find_reply, keep_reply
from tests.plumbing.http.toys import OPERATIONS, KeyRing, shop, staff

pytestmark = pytest.mark.anyio

CART = {"cartItems": [{"sku": "a", "quantity": 1}]}


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy application on a loopback port."""
    app = build_app(
        OPERATIONS,
        database=database,
        resources=None,
        authenticator=KeyRing(),
        replies=Replies(find_reply, keep_reply),
        telemetry=Telemetry(write_nowhere),
        published=[],
    )
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url) as opened:
            while not server.started:
                await asyncio.sleep(0.01)
            yield opened
        server.should_exit = True
        await serving


async def test_paths_and_empty_replies(client: httpx.AsyncClient) -> None:
    assert (await client.put("/v2/carts/a%2Fb?dry=true", json=CART, headers=shop())).json() == {"state": "open", **CART}
    assert (await client.put("/v2/carts/a/b", json=CART, headers=shop())).status_code == 404
    assert (await client.delete("/v1/notes", headers=staff())).content == b""


@pytest.mark.parametrize("is_streamed", [False, True])
async def test_a_client_that_sends_too_much_reads_why(client: httpx.AsyncClient, is_streamed: bool) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(2 * REQUEST_BYTES_MAX // (1024 * 1024)):
            yield b" " * 1024 * 1024

    content = chunks() if is_streamed else b" " * (REQUEST_BYTES_MAX + 1)
    answer = await client.put("/v2/carts/c", content=content, headers=shop())
    assert (answer.status_code, answer.json()["StatusCode"]) == (413, 413)
    assert (await client.put("/v2/carts/c", json=CART, headers=shop())).status_code == 200
