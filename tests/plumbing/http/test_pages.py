"""Probes and documents."""

import re

import pytest

from largesse.plumbing.database import Database
from tests.plumbing.http.toys import client_of

pytestmark = pytest.mark.anyio


async def test_probes(database_url: str) -> None:
    database = await Database.open(database_url)
    lines: list[bytes] = []
    async with client_of(database, lines=lines) as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        assert (await client.get("/readyz")).json() == {"status": "ready"}
        await database.close()
        assert (await client.get("/healthz")).status_code == 200
        down = await client.get("/readyz")
    assert (down.status_code, down.json()["StatusCode"]) == (503, 503)
    assert lines == []


async def test_pages_know_one_method(database: Database) -> None:
    async with client_of(database) as client:
        answer = await client.post("/healthz")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["StatusCode"] == 405


async def test_documents_are_served(database: Database) -> None:
    async with client_of(database) as client:
        for api, path in (("integration", "/v2/carts/{cartId}"), ("management", "/v1/notes")):
            answer = await client.get(f"/openapi/{api}.json")
            assert answer.headers["content-type"] == "application/json"
            assert path in answer.json()["paths"]


async def test_the_docs_page_asks_nobody_else(database: Database) -> None:
    async with client_of(database) as client:
        answer = await client.get("/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert not re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", answer.text)
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", answer.text)
