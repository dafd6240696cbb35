"""Another system: a small HTTP server on a loopback port that keeps what it is sent and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Received:
    """One request."""

    line: str
    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """Where it listens, what came so far, and the statuses it answers with, the last one over and over."""

    statuses: Sequence[int]
    url: str = ""
    received: list[Received] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, and the connection is closed."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        status = self.statuses[min(len(self.received), len(self.statuses) - 1)]
        self.received.append(Received(line, headers, body.decode()))
        elsewhere = f"Location: {self.url}/elsewhere\r\n" if 300 <= status < 400 else ""
        reply = f"HTTP/1.1 {status} So\r\n{elsewhere}Content-Length: 5\r\nConnection: close\r\n\r\nheard"
        writer.write(reply.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def receiving(*statuses: int) -> AsyncIterator[Receiver]:
    """A receiver that answers with these statuses, one after the other."""
    receiver = Receiver(statuses or (200,))
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    receiver.url = f"http://{host}:{port}"
    async with server:
        yield receiver
