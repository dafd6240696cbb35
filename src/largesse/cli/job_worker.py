"""The process that works on jobs, beside those that serve: what takes long there keeps no shopper waiting.

The command `largesse work` is the parent's to call, not a person's; `workers` tells the other half of the story.
"""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import click
import uvloop

from largesse.cli.plain_errors import plain_errors
from largesse.cli.worker import READY
from largesse.plumbing.settings import Settings, from_environment

Work = Callable[[asyncio.Event], Awaitable[None]]
"""Works until the event is set; the step under way is finished first."""

OpenWork = Callable[[Settings], AbstractAsyncContextManager[Work]]
"""What the outermost ring hands in: opens what the work stands on, and closes it when the process ends."""


def job_worker_command(open_work: OpenWork) -> click.Command:
    """The hidden command a parent starts with the number of an inherited descriptor."""

    def run(line: int) -> None:
        with plain_errors():
            uvloop.run(_work(open_work, socket.socket(fileno=line)))

    return click.Command(
        "work",
        callback=run,
        hidden=True,
        help="Works on jobs; started by the other commands.",
        params=[click.Argument(["line"], type=int)],
    )


async def _work(open_work: OpenWork, line: socket.socket) -> None:
    """Works until the parent lets go of the line, or a signal comes."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def let_go() -> None:
        loop.remove_reader(line)
        stop.set()

    async with open_work(from_environment()) as work:
        line.setblocking(False)
        loop.add_reader(line, let_go)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        with contextlib.suppress(OSError):
            line.send(READY)
        await work(stop)
