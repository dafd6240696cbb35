"""One server of two workers for all races: what must hold, must hold across processes."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.api import Shop
from tests.support.server import Server, real_shop, running_server


@pytest.fixture(scope="module")
def server(template_url: str) -> Iterator[Server]:
    """The server; a test that makes it answer 500 fails, whatever else it sees."""
    with running_server(template_url, workers=2) as started:
        yield started


@pytest.fixture
async def shop(server: Server) -> AsyncIterator[Shop]:
    """A shop for one test."""
    async with real_shop(server.url, server.database_url) as opened:
        yield opened
