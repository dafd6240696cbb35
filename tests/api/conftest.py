"""Fixtures of tests that go through the front door: a client of the whole application, and shops to use it with."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_door, open_shop, serving


@pytest.fixture
async def client(database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, in process."""
    async with open_door(database_url) as opened:
        yield opened


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database) -> Shop:
    """An account of the test's own, with an Application."""
    return await open_shop(client, database)


@pytest.fixture
async def other_shop(client: httpx.AsyncClient, database: Database) -> Shop:
    """Another account, which must not see the first."""
    return await open_shop(client, database)


@pytest.fixture(scope="session")
def server_url(database_url: str) -> Iterator[str]:
    """The application behind a real socket, shared by the tests of one process."""
    with serving(database_url) as url:
        yield url
