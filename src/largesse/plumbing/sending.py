"""Sending requests to other systems: as they are, to whom they name, and never to whom an answer points instead."""

import asyncio
from collections.abc import Sequence

import httpx
import msgspec

TIMEOUT_SECONDS = 10.0
"""A receiver that needs longer is better served by an answer that it has the message and works on it."""

ANSWER_BYTES_MAX = 16 * 1024
"""Kept of an answer, for people who look for what went wrong."""

CONNECTIONS_MAX = 20
"""At a time, to all receivers together; the others wait."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One request to be sent."""

    verb: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: a status and the beginning of a body or, with no status, why nothing did."""

    status: int | None
    body: bytes


async def send_all(letters: Sequence[Letter]) -> list[Answer]:
    """Send several requests at once; the answers in the same order. Redirects are answers like others."""
    limits = httpx.Limits(max_connections=CONNECTIONS_MAX)
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, limits=limits, trust_env=False) as client:
        return list(await asyncio.gather(*(_send(client, letter) for letter in letters)))


async def _send(client: httpx.AsyncClient, letter: Letter) -> Answer:
    headers = [(name.encode(), value.encode()) for name, value in letter.headers]
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            async with client.stream(letter.verb, letter.url, headers=headers, content=letter.body.encode()) as reply:
                return Answer(status=reply.status_code, body=await _beginning(reply))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Answer(status=None, body=(str(error) or type(error).__name__).encode())


async def _beginning(reply: httpx.Response) -> bytes:
    kept = b""
    async for piece in reply.aiter_bytes():
        kept += piece
        if len(kept) >= ANSWER_BYTES_MAX:
            break
    return kept[:ANSWER_BYTES_MAX]
