"""A process's connections: opened once at start, lent out for one transaction at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Self

import asyncpg

from largesse.plumbing.database.codecs import register_codecs
from largesse.plumbing.database.errors import DRIVER_ERRORS, raise_translated
from largesse.plumbing.database.transaction import Connection, Transaction, is_lost
from largesse.plumbing.problems import Unavailable

CONNECTIONS_MAX = 16
"""Per process. A server of a few cores is kept busy by fewer; the rest wait at gates. Four workers stay below the 100 a
PostgreSQL allows by default, with room for jobs and an operator."""

CONNECT_TIMEOUT_SECONDS = 10.0
"""To open one connection; longer means that nobody listens."""

WAIT_TIMEOUT_SECONDS = 10.0
"""For a connection to become free; longer means overload, and an answer to that effect beats a growing queue."""

STATEMENT_TIMEOUT_SECONDS = 30.0
"""For one statement; what legitimately takes longer is a job and works in small steps."""

STATEMENTS_CACHED = 500
"""Prepared statements kept per connection: more than the product has, so that none is planned twice."""

STATEMENTS_PER_CONNECTION = 50_000
"""A connection is replaced after so many, which bounds the memory of its backend and drops plans made for small
tables."""

SERVER_SETTINGS = {"application_name": "largesse", "timezone": "UTC"}
"""Only settings that a pgbouncer in between passes on; all others belong to the server's configuration."""


class Database:
    """A pool of connections to one PostgreSQL database, for one process and its event loop."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        connections_max: int = CONNECTIONS_MAX,
        statement_timeout_seconds: float = STATEMENT_TIMEOUT_SECONDS,
    ) -> Self:
        """Connects to `url` ("postgresql://..."). Raises `Unavailable`, saying why, when that cannot be done."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=connections_max,
                max_queries=STATEMENTS_PER_CONNECTION,
                statement_cache_size=STATEMENTS_CACHED,
                timeout=CONNECT_TIMEOUT_SECONDS,
                command_timeout=statement_timeout_seconds,
                server_settings=SERVER_SETTINGS,
                init=register_codecs,
                reset=_leave_as_is,
            )
        except DRIVER_ERRORS as error:
            raise Unavailable(f"Cannot open the database: {error}") from error
        return cls(pool)

    async def close(self) -> None:
        """Waits for running transactions to end and closes all connections."""
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self, *, read_only: bool = False) -> AsyncIterator[Transaction]:
        """Lends a connection for one transaction: committed when the block ends, rolled back when it raises.

        `read_only` refuses writes and shows one unmoving picture of the data, so that a page and its total agree.
        Raises `Unavailable` when no connection is to be had, and on commit whatever a `Transaction` may raise.
        """
        connection = await self._borrow()
        try:
            native = connection.transaction(
                isolation="repeatable_read" if read_only else "read_committed", readonly=read_only
            )
            try:
                await native.start()
            except DRIVER_ERRORS as error:
                raise_translated(error, connection_lost=is_lost(connection))
            try:
                yield Transaction(connection)
            except BaseException:
                # A rollback that fails has lost its connection, and with it the transaction: the first error matters.
                with suppress(*DRIVER_ERRORS):
                    await native.rollback()
                raise
            try:
                await native.commit()
            except DRIVER_ERRORS as error:
                raise_translated(error, connection_lost=is_lost(connection))
        finally:
            await self._pool.release(connection)

    async def _borrow(self) -> Connection:
        try:
            return await self._pool.acquire(timeout=WAIT_TIMEOUT_SECONDS)
        except TimeoutError as error:
            raise Unavailable("All connections to the database are busy") from error
        except DRIVER_ERRORS as error:
            raise_translated(error)


async def _leave_as_is(_connection: object) -> None:
    """Replaces the driver's reset between two borrowers, a round trip that undoes what we never do: nothing here
    changes a session's settings, listens, or takes locks that outlive a transaction. An open transaction is still
    rolled back."""
