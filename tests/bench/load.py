"""A load of PUT requests: some keep-alive connections, each sending its next request when the last one is answered.

Speaks just enough HTTP/1.1 to be cheap, since it shares the machine with what it measures. Loopback only, bounded in
count.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import uvloop


@dataclass(frozen=True)
class Request:
    """A request ready to send, as bytes."""

    raw: bytes


@dataclass(frozen=True)
class Load:
    """What a load measured: seconds from first to last, and milliseconds per request."""

    seconds: float
    times_ms: list[float]


def put(host: str, path: str, headers: dict[str, str], body: bytes) -> Request:
    """A PUT with a JSON body."""
    lines = [f"PUT {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return Request("\r\n".join([*lines, "", ""]).encode() + body)


def run_load(port: int, request: Callable[[int], Request], count: int, connections: int) -> Load:
    """Send `count` requests to 127.0.0.1; every answer must be a 200."""
    return uvloop.run(_run(port, request, count, connections))


async def _run(port: int, request: Callable[[int], Request], count: int, connections: int) -> Load:
    numbers = iter(range(count))
    times: list[float] = []
    started = time.perf_counter()
    await asyncio.gather(*(_connection(port, request, numbers, times) for _ in range(connections)))
    return Load(time.perf_counter() - started, times)


async def _connection(port: int, request: Callable[[int], Request], numbers: Iterator[int], times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        raw = request(number).raw
        before = time.perf_counter()
        writer.write(raw)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        times.append((time.perf_counter() - before) * 1000)
        assert head.startswith(b"HTTP/1.1 200"), (head, body)
    writer.close()
    await writer.wait_closed()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise AssertionError(f"an answer without Content-Length: {head!r}")
