"""One open transaction: the only thing through which the rings above read and write.

It commits when the block that opened it ends well and rolls back when it does not (see `Database.transaction`). Reads
see what was committed when each statement began, so a statement after waiting on a lock sees what its predecessor
left.
"""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import NoReturn, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from largesse.plumbing.database.errors import DRIVER_ERRORS, raise_translated
from largesse.plumbing.database.queries import Query
from largesse.plumbing.problems import Conflict

Record = asyncpg.Record
"""A row: values by column name (`row["id"]`) or position; numeric is Decimal, timestamptz is an aware datetime in
UTC."""

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"


class Transaction:
    """Runs named statements inside one database transaction. Arguments are passed apart from the text, never inside it.

    Every method may raise `Conflict` (the facts changed, run the operation again), `UniqueViolation`, `Crowded` or
    `Unavailable`. After any of them the transaction can only be rolled back.
    """

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rows(self, query: Query, *arguments: object) -> list[Record]:
        """All rows of `query`."""
        try:
            return await self._connection.fetch(query.text, *arguments)
        except DRIVER_ERRORS as error:
            self._fail(error)

    async def row(self, query: Query, *arguments: object) -> Record | None:
        """The first row of `query`, or None when it has none."""
        try:
            return await self._connection.fetchrow(query.text, *arguments)
        except DRIVER_ERRORS as error:
            self._fail(error)

    async def value(self, query: Query, *arguments: object) -> object:
        """The first column of the first row of `query`, or None when it has none."""
        try:
            found: object = await self._connection.fetchval(query.text, *arguments)
        except DRIVER_ERRORS as error:
            self._fail(error)
        return found

    async def run(self, query: Query, *arguments: object) -> int:
        """Runs a statement that returns no rows of interest; the number of rows it inserted, changed or deleted."""
        try:
            status = await self._connection.execute(query.text, *arguments)
        except DRIVER_ERRORS as error:
            self._fail(error)
        return rows_affected(status)

    async def run_guarded(self, query: Query, *arguments: object) -> None:
        """Runs a statement whose WHERE clause holds the facts it relies on and which must therefore hit exactly one
        row.

        Raises `Conflict` naming the statement when it hit none: the facts are no longer so.
        """
        affected = await self.run(query, *arguments)
        if affected == 0:
            raise Conflict(f"{query.name}: the facts have changed")
        if affected > 1:
            raise AssertionError(f"{query.name}: a guarded statement hit {affected} rows; its key is not unique")

    async def many(self, query: Query, arguments: Iterable[Sequence[object]]) -> None:
        """Runs `query` once for each of `arguments`, all in one exchange with the server."""
        try:
            await self._connection.executemany(query.text, arguments)
        except DRIVER_ERRORS as error:
            self._fail(error)

    async def copy_out(
        self,
        query: Query,
        *arguments: object,
        write: Callable[[bytes], Coroutine[object, object, None]],
        timeout_seconds: float,
    ) -> int:
        """Hands the rows of `query` to `write` as the pieces of a CSV file with a header; the number of rows.

        The server writes the file, so no row is ever an object here. COPY takes no arguments:
        the driver has the server quote them, and puts them into the text.
        """
        try:
            status = await self._connection.copy_from_query(
                query.text, *arguments, output=write, format="csv", header=True, timeout=timeout_seconds
            )
        except DRIVER_ERRORS as error:
            self._fail(error)
        return rows_affected(status)

    def _fail(self, error: BaseException) -> NoReturn:
        raise_translated(error, connection_lost=is_lost(self._connection))


def is_lost(connection: Connection) -> bool:
    """Whether the connection is gone; the pool takes it from its borrower as soon as it notices."""
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        return True


def rows_affected(status: str) -> int:
    """The row count in a command's status line, such as 3 in "UPDATE 3" or "INSERT 0 3"; 0 where it has none."""
    count = status.rpartition(" ")[2]
    return int(count) if count.isdigit() else 0
