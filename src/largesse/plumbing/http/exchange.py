"""The bytes of one HTTP exchange: reading a body no further than its ceiling, and sending an answer.

Dispatch speaks to the server through these few functions; they know ASGI messages and nothing of operations.
"""

import asyncio
import os
from collections.abc import Iterable
from typing import IO

import msgspec
from starlette.types import Receive, Scope, Send

from largesse.plumbing.problems import Invalid, TooLarge, TooSlow

REQUEST_BYTES_MAX = 10 * 1024 * 1024
"""A cart of a thousand items is 125 KB; ten megabytes hold the largest import a shop sends as JSON."""

BODY_TIMEOUT_SECONDS = 60.0
"""Ten megabytes over a poor line; a client that sends a byte a minute holds a socket for this long and no longer."""

SENT_BYTES = 64 * 1024
"""Of a file, handed to the server at once: what a socket takes without waiting, and no more in memory."""

Header = tuple[bytes, bytes]


class ClientGone(Exception):  # noqa: N818 - nobody is left to tell of an error
    """The client closed the connection before its request was complete."""


class Answer(msgspec.Struct, frozen=True):
    """What is sent back, ready as bytes or as a file, which is then read from its beginning and closed."""

    status: int
    body: bytes = b""
    media_type: bytes = b"application/json"
    headers: tuple[Header, ...] = ()
    file: IO[bytes] | None = None


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of that (lower case) name, or None."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises `TooLarge` as soon as it is known to pass its ceiling, `TooSlow` and `ClientGone`.

    After a refusal the connection stays open and the server throws away what still comes. Closing it at once would
    reset it, and a client that is still sending would never read why.
    """
    declared = header(scope, b"content-length")
    if declared is not None and (not declared.isdecimal() or len(declared) > 15):
        raise Invalid("The Content-Length header is not a number")
    if declared is not None and int(declared) > REQUEST_BYTES_MAX:
        raise _too_large()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
            return await _gather(receive)
    except TimeoutError:
        raise TooSlow(f"The body took longer than {BODY_TIMEOUT_SECONDS:g} seconds to come") from None


async def send_answer(send: Send, answer: Answer, more_headers: Iterable[Header] = ()) -> None:
    """Sends an answer whole."""
    if answer.file is not None:
        await _send_file(send, answer, answer.file, [*answer.headers, *more_headers])
        return
    headers = [*answer.headers, *more_headers]
    if answer.body or answer.status not in (204, 304):
        headers.append((b"content-length", str(len(answer.body)).encode()))
    if answer.body:
        headers.append((b"content-type", answer.media_type))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _send_file(send: Send, answer: Answer, file: IO[bytes], headers: list[Header]) -> None:
    """Sends an answer piece by piece, as fast as the client takes it."""
    with file:
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        headers += [(b"content-length", str(length).encode()), (b"content-type", answer.media_type)]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        while piece := file.read(SENT_BYTES):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _gather(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > REQUEST_BYTES_MAX:
            raise _too_large()
        chunks.append(chunk)
        if not message.get("more_body", False):
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large() -> TooLarge:
    return TooLarge(f"The body is larger than {REQUEST_BYTES_MAX} bytes")
