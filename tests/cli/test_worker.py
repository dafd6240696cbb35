"""One worker process and the line to its parent, with an application that has nothing to do with promotions."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.support.program import PATIENCE_SECONDS

# Answers "begun" at once and "done" a little later, so that a test can do something in between.
APPLICATION = """
import asyncio, contextlib, sys
from largesse.cli.command_line import command_line

async def application(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"begun ", "more_body": True})
    await asyncio.sleep(0.5)
    await send({"type": "http.response.body", "body": b"done"})

@contextlib.asynccontextmanager
async def open_application(settings):
    yield application
    print("closed", file=sys.stderr)

command_line(open_application, None).main(["worker", *sys.argv[1:]])
"""


@dataclass(frozen=True)
class StartedWorker:
    """A worker, our end of its line, and where it listens."""

    process: subprocess.Popen[str]
    line: socket.socket
    address: tuple[str, int]

    def begin(self) -> socket.socket:
        """Sends a request and waits until its answer has begun."""
        connection = socket.create_connection(self.address, timeout=PATIENCE_SECONDS)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        read_until(connection, b"begun ")
        return connection


@pytest.fixture
def worker() -> Iterator[StartedWorker]:
    """A worker that has said it is ready."""
    with started() as one:
        assert one.line.recv(10) == b"!"
        yield one


@contextmanager
def started() -> Iterator[StartedWorker]:
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE_SECONDS)
    with ours, theirs, socket.create_server(("127.0.0.1", 0)) as listener:
        descriptors = (listener.fileno(), theirs.fileno())
        process = subprocess.Popen(
            [sys.executable, "-c", APPLICATION, *map(str, descriptors)],
            pass_fds=descriptors,
            stderr=subprocess.PIPE,
            text=True,
        )
        theirs.close()
        with process:
            try:
                yield StartedWorker(process, ours, listener.getsockname())
            finally:
                process.kill()


def read_until(connection: socket.socket, end: bytes) -> bytes:
    """What arrives until `end` does."""
    text = b""
    while end not in text:
        received = connection.recv(4096)
        assert received, f"the connection was closed after {text!r}"
        text += received
    return text


def test_the_worker_answers_once_it_has_said_that_it_is_ready(worker: StartedWorker) -> None:
    with worker.begin() as connection:
        assert read_until(connection, b"done")


@pytest.mark.parametrize("way", ["the parent lets go", "SIGTERM", "SIGINT"])
def test_a_worker_finishes_what_it_has_begun_and_closes_its_application(worker: StartedWorker, way: str) -> None:
    with worker.begin() as connection:
        if way == "the parent lets go":
            worker.line.close()
        else:
            worker.process.send_signal(signal.Signals[way])
        assert read_until(connection, b"done")
    assert worker.process.communicate(timeout=PATIENCE_SECONDS)[1] == "closed\n"
    assert worker.process.returncode == 0


def test_a_worker_whose_parent_is_gone_before_it_serves_ends_at_once() -> None:
    with started() as worker:
        worker.line.close()
        assert worker.process.wait(PATIENCE_SECONDS) == 0
