"""Fixtures that every folder of tests may use: the event loop's flavour and real databases."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

import pytest

from largesse.plumbing.database import Database
from tests.support.database import DatabaseServer, copied_database, create_account, empty_database

TEMPLATE_URL = "template_url"


class WorkerNode(Protocol):
    """What pytest-xdist hands over for a worker it is about to start."""

    workerinput: dict[str, Any]


server = DatabaseServer()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerNode) -> None:
    """Runs in the process that distributes tests: all workers share its server."""
    node.workerinput[TEMPLATE_URL] = server.template_url()


def pytest_unconfigure() -> None:
    """Stops what this process started, which in a worker is nothing."""
    server.stop()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Tests marked with `anyio` run on asyncio, the only loop the product knows."""
    return "asyncio"


@pytest.fixture(scope="session")
def template_url(request: pytest.FixtureRequest) -> str:
    """The migrated database that others are copied from; nobody connects to it."""
    workerinput: dict[str, str] = getattr(request.config, "workerinput", {})
    return workerinput.get(TEMPLATE_URL) or server.template_url()


@pytest.fixture(scope="session")
def database_url(template_url: str) -> Iterator[str]:
    """A migrated database shared by the tests of one process; keep to an account of your own in it."""
    with copied_database(template_url) as url:
        yield url


@pytest.fixture
def fresh_database_url(template_url: str) -> Iterator[str]:
    """A migrated database for one test alone."""
    with copied_database(template_url) as url:
        yield url


@pytest.fixture
def empty_database_url(template_url: str) -> Iterator[str]:
    """A database without a single table, for one test alone."""
    with empty_database(template_url) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The shared database, opened."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def account_id(database: Database) -> int:
    """An account of the test's own."""
    return await create_account(database)
