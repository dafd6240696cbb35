"""A real PostgreSQL for tests: one server for the whole run, a migrated template, and databases copied from it.

By default the embedded server is started on a throw-away folder, without waiting for the disk. Where the environment
variable `LARGESSE_TEST_DATABASE_URL` names a server (whose user may create databases), that one is used.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

from largesse.plumbing.database import Database, EmbeddedServer, Query, migrate

SERVER_VARIABLE = "LARGESSE_TEST_DATABASE_URL"

THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings for a server whose data nobody will miss."""


class DatabaseServer:
    """The run's server and its template database, started when first asked for."""

    def __init__(self) -> None:
        self._embedded: EmbeddedServer | None = None
        self._folder: Path | None = None
        self._template_url = ""

    def template_url(self) -> str:
        """The URL of the migrated database that others are copied from."""
        if not self._template_url:
            url = os.environ.get(SERVER_VARIABLE) or self._start()
            self._template_url = create_database(url)
            asyncio.run(migrate(self._template_url))
        return self._template_url

    def stop(self) -> None:
        """Removes the template and stops what was started."""
        if self._template_url and self._embedded is None:
            drop_database(self._template_url)
        if self._embedded is not None:
            self._embedded.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder)

    def _start(self) -> str:
        self._folder = Path(tempfile.mkdtemp(prefix="largesse-tests-"))
        self._embedded = EmbeddedServer(THROW_AWAY)
        return self._embedded.start(self._folder)


@contextmanager
def copied_database(template_url: str) -> Iterator[str]:
    """The URL of a copy of another database, dropped afterwards. Nobody may be connected to the other one."""
    url = create_database(template_url, template=urlsplit(template_url).path[1:])
    try:
        yield url
    finally:
        drop_database(url)


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """The URL of a new database with nothing in it, dropped afterwards."""
    url = create_database(server_url)
    try:
        yield url
    finally:
        drop_database(url)


def create_database(server_url: str, *, template: str = "template0") -> str:
    """Makes a database beside the one of `server_url`; its URL."""
    name = f"largesse_test_{uuid4().hex}"
    _administer(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


def drop_database(url: str) -> None:
    """Drops the database of `url`, whoever is still connected to it."""
    _administer(url, f"DROP DATABASE {urlsplit(url).path[1:]} WITH (FORCE)")


async def create_account(database: Database) -> int:
    """A new account; its id. Tests that keep to an account of their own can share a database."""
    query = Query(
        "create_account", "INSERT INTO accounts (company_name, created, modified) VALUES ('', $1, $1) RETURNING id"
    )
    async with database.transaction() as transaction:
        account_id = await transaction.value(query, datetime.now(UTC))
    assert isinstance(account_id, int)
    return account_id


def _administer(server_url: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(urlsplit(server_url)._replace(path="/postgres").geturl())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())
