"""One worker process: opens the application and serves it on a socket that the parent opened.

The command `largesse worker` is the parent's to call, not a person's; `workers` tells the other half of the story.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import click
import uvicorn
import uvloop
from starlette.types import ASGIApp

from largesse.cli.plain_errors import plain_errors
from largesse.plumbing.settings import Settings, from_environment

READY = b"!"
"""All a worker ever says to its parent."""

STOP_TIMEOUT_SECONDS = 20
"""How long requests under way may take to end when we stop. A statement may take 30 s, but such a one is not worth a
restart that hangs: it is rolled back."""

IDLE_CONNECTION_SECONDS = 75
"""Shops keep connections open between carts. Longer than the usual 60 s of the proxies in between, so that they close
first and never send a request into a closing connection."""

OpenApplication = Callable[[Settings], AbstractAsyncContextManager[ASGIApp]]
"""What the outermost ring hands in: opens what the application stands on, and closes it when the worker ends."""


def worker_command(open_application: OpenApplication) -> click.Command:
    """The hidden command a parent starts with the numbers of two inherited descriptors."""

    def run(listener: int, line: int, metrics: Path | None) -> None:
        parent = os.getppid()
        with plain_errors():
            uvloop.run(_serve(open_application, socket.socket(fileno=listener), socket.socket(fileno=line)))
        if metrics is not None and os.getppid() != parent:
            # The parent was killed, so what it would have removed at its end is left to us.
            shutil.rmtree(metrics, ignore_errors=True)

    return click.Command(
        "worker",
        callback=run,
        hidden=True,
        help="Serves on an inherited socket; started by the other commands.",
        params=[
            click.Argument(["listener"], type=int),
            click.Argument(["line"], type=int),
            click.Option(["--metrics"], type=click.Path(path_type=Path), help="Folder of the numbers workers share."),
        ],
    )


async def _serve(open_application: OpenApplication, listener: socket.socket, line: socket.socket) -> None:
    async with open_application(from_environment()) as application:
        config = uvicorn.Config(
            application,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=IDLE_CONNECTION_SECONDS,
            timeout_graceful_shutdown=STOP_TIMEOUT_SECONDS,
        )
        await _Server(config, line).serve(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn's server, which also tells the parent when it serves and stops when the parent lets go of the line."""

    def __init__(self, config: uvicorn.Config, line: socket.socket) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._line.setblocking(False)
        asyncio.get_running_loop().add_reader(self._line, self._stop)
        with contextlib.suppress(OSError):
            self._line.send(READY)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Stops in good order at a signal too, and then ends normally (uvicorn's own would die of the signal)."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._stop)
        yield

    def _stop(self) -> None:
        asyncio.get_running_loop().remove_reader(self._line)
        self.should_exit = True
