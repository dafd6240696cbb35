"""One server and one furnished shop for the tests of a module."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.sdk.furnished import Furnished, furnish
from tests.support.server import Server, running_server


@pytest.fixture(scope="package")
def server(template_url: str) -> Iterator[Server]:
    """The server, on a loopback port."""
    with running_server(template_url) as started:
        yield started


@pytest.fixture(scope="module")
def shop(server: Server) -> Furnished:
    """A shop for the tests of one module."""
    return asyncio.run(furnish(server))
