"""A CSV file to send: written to disk while its transaction lasts, sent when that is over."""

import csv
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import IO, Literal

from largesse.plumbing.http.files.uploads import BYTES_IN_MEMORY_MAX
from largesse.plumbing.http.operation import CSV, Csv, Reply

DateFormat = Literal["excel", "ISO8601"]
"""Published: how moments are written, `2030-12-31 23:59:59` or `2030-12-31T23:59:59Z`; both in UTC."""

Write = Callable[[bytes], Coroutine[object, object, None]]
"""Takes the next piece of a file."""


async def csv_reply(fill: Callable[[Write], Awaitable[object]]) -> Reply:
    """200 with the file that `fill` writes, such as by COPY: `csv_reply(lambda write: export(db, write))`."""
    file = SpooledTemporaryFile(BYTES_IN_MEMORY_MAX)  # noqa: SIM115 - closed when it is sent
    try:
        # Into the system's cache, at the speed of memory: a thread for it would cost more than it saves.
        async def write(piece: bytes) -> None:
            file.write(piece)

        await fill(write)
    except BaseException:
        file.close()
        raise
    return _reply(file)


async def csv_rows_reply(header: Sequence[str], chunks: AsyncIterator[Iterable[Sequence[object]]]) -> Reply:
    """200 with a file of these rows, which come a few at a time; None makes an empty cell."""

    async def fill(write: Write) -> None:
        await write(_lines([header]))
        async for rows in chunks:
            await write(_lines(rows))

    return await csv_reply(fill)


def _lines(rows: Iterable[Sequence[object]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _reply(file: IO[bytes]) -> Reply:
    return Reply(200, Csv(file), CSV)
