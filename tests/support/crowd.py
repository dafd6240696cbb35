"""A crowd of shoppers at once: keep-alive connections that speak just enough HTTP/1.1 to cost next to nothing.

The crowd shares the machine with the server it presses, so a full client would mostly measure itself. Bodies are read
with exact numbers.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from tests.support.program import PATIENCE_SECONDS

T = TypeVar("T")

BUSY = 409

_encode = msgspec.json.Encoder(decimal_format="number").encode


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the body."""

    status: int
    body: Any

    def effects(self, effect_type: str) -> list[dict[str, Any]]:
        """The props of all effects of one type."""
        return [effect["props"] for effect in self.body["effects"] if effect["effectType"] == effect_type]

    def discounts(self) -> Decimal:
        """What all setDiscount effects come to."""
        return sum((Decimal(props["value"]) for props in self.effects("setDiscount")), Decimal(0))


class Shopper:
    """One connection of a shop, used for one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> None:
        self._reader = reader
        self._writer = writer
        self._key = key

    @classmethod
    async def arrive(cls, url: str, key: str) -> "Shopper":
        """A new connection to the server at `url`, with a shop's key."""
        place = urlsplit(url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        return cls(reader, writer, key)

    def leave(self) -> None:
        """Closes the connection, whatever state it is in."""
        self._writer.close()

    async def update(
        self,
        session_id: str,
        *,
        query: str = "",
        content: Sequence[str] = (),
        idempotency_key: str | None = None,
        **session: Any,
    ) -> Answer:
        """Sends a session's update, asking for more `content` than effects, under a key where one is given.

        Raises `OSError` or `EOFError` when the server does not answer to the end.
        """
        body = {"customerSession": session, "responseContent": content}
        return await self._ask("PUT", f"{_path(session_id)}{query}", body, idempotency_key)

    async def look(self, session_id: str) -> Answer:
        """A session as it stands."""
        return await self._ask("GET", _path(session_id), None)

    async def reopen(self, session_id: str) -> Answer:
        """Opens a closed session again."""
        return await self._ask("PUT", f"{_path(session_id)}/reopen", None)

    async def give_back(self, session_id: str, *items: dict[str, Any]) -> Answer:
        """Returns items of a session."""
        return await self._ask("POST", f"{_path(session_id)}/returns", {"return": {"returnedCartItems": items}})

    async def track(self, version: str, **event: Any) -> Answer:
        """Sends an event, and waits for its effects."""
        return await self._ask("POST", f"/{version}/events?silent=no", event)

    async def insist(self, session_id: str, **session: Any) -> Answer:
        """Sends an update again for as long as others are in the way, as shops are told to."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                answer = await self.update(session_id, **session)
                if answer.status != BUSY:
                    return answer
                await asyncio.sleep(0)

    async def _ask(self, method: str, path: str, body: Any, idempotency_key: str | None = None) -> Answer:
        content = b"" if body is None else _encode(body)
        key = "" if idempotency_key is None else f"Idempotency-Key: {idempotency_key}\r\n"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: shop\r\nAuthorization: ApiKey-v1 {self._key}\r\n"
            f"{key}Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self._writer.write(head.encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in answer[1:] if line)
        text = await self._reader.readexactly(int(headers["content-length"]))
        return Answer(int(answer[0].split()[1]), json.loads(text, parse_float=Decimal))


@asynccontextmanager
async def crowd(url: str, key: str, count: int) -> AsyncIterator[Sequence[Shopper]]:
    """So many shoppers, each on a connection of its own."""
    shoppers = [await Shopper.arrive(url, key) for _ in range(count)]
    try:
        yield shoppers
    finally:
        for shopper in shoppers:
            shopper.leave()


async def all_at_once(shoppers: Iterable[Shopper], do: Callable[[int, Shopper], Awaitable[T]]) -> list[T]:
    """What `do` gives for each shopper and its number, begun together."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await asyncio.gather(*(do(number, shopper) for number, shopper in enumerate(shoppers)))


def cart(price: int = 100) -> list[dict[str, Any]]:
    """One item."""
    return [{"name": "Shoe", "sku": "SHOE", "quantity": 1, "price": price}]


def _path(session_id: str) -> str:
    return f"/v2/customer_sessions/{quote(session_id, safe='')}"
