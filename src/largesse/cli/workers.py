"""The parent of the worker processes: starts them, replaces the dead, and stops them in good order. One for each
listening socket serves requests, and one more works on jobs.

Parent and worker share a line (a socket pair). Over it the worker says once that it serves; after that nobody speaks.
When the parent closes its end, or ends in any other way, the worker finishes what it has begun and ends too. So no
worker outlives its parent, and stopping needs no signal. Workers form process groups of their own: a Ctrl-C reaches the
parent alone, which knows the order in which things stop.
"""

import asyncio
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

import click
from prometheus_client.multiprocess import mark_process_dead

from largesse.cli.stopping import STOP_SIGNALS
from largesse.cli.worker import READY, STOP_TIMEOUT_SECONDS
from largesse.plumbing.settings import Settings, environment_of
from largesse.plumbing.telemetry import share_metrics

START_TIMEOUT_SECONDS = 120.0
"""For a worker to serve: half a second is usual, and compiling every Application's rules may be asked of it one day."""

KILL_GRACE_SECONDS = 5.0
"""Beyond the time a worker grants its own requests; then it hangs and is killed."""

RESTART_SECONDS_MIN = 0.5
RESTART_SECONDS_MAX = 30.0
HEALTHY_SECONDS = 60.0
"""The pause before a dead worker is replaced doubles each time, so that one that cannot live does not eat the machine.
One that lived for a while begins anew."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One worker's place: what it is called, the socket it listens on (None: it works on jobs), and the environment it
    starts in."""

    name: str
    listener: socket.socket | None
    environment: Mapping[str, str]
    metrics_folder: str | None = None

    def command(self, line: socket.socket) -> tuple[str, ...]:
        """What it is started with, `line` being its end of the line."""
        if self.listener is None:
            return ("work", str(line.fileno()))
        metrics = () if self.metrics_folder is None else ("--metrics", self.metrics_folder)
        return ("worker", str(self.listener.fileno()), str(line.fileno()), *metrics)

    def passed(self, line: socket.socket) -> tuple[int, ...]:
        """The descriptors it inherits."""
        return (line.fileno(),) if self.listener is None else (self.listener.fileno(), line.fileno())


@dataclass(frozen=True, slots=True)
class Worker:
    """A running worker process and our end of the line to it."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def says_ready(self) -> bool:
        """Waits until the worker serves; False when it ended, or took too long, before it did."""
        try:
            async with asyncio.timeout(START_TIMEOUT_SECONDS):
                return await self.reader.read(len(READY)) == READY
        except (TimeoutError, ConnectionError):
            return False

    async def end(self) -> None:
        """Lets the worker finish what it has begun; kills it if it takes too long."""
        self.writer.close()
        try:
            async with asyncio.timeout(STOP_TIMEOUT_SECONDS + KILL_GRACE_SECONDS):
                await self.process.wait()
        finally:
            # Also when we are cancelled: by then nobody wants to wait any longer.
            with suppress(ProcessLookupError):
                self.process.kill()


Step = Callable[[], Coroutine[object, object, None]]


async def run_workers(listeners: Sequence[socket.socket], settings: Settings, *, when_ready: Step, watch: Step) -> None:
    """Runs one worker per listening socket, and one for jobs, until this process is told to stop; a second telling
    kills them.

    `when_ready` is awaited once all of them serve; `watch` runs beside them all the time. Raises `click.ClickException`
    when a worker ends before it ever served, and whatever the two steps raise; the workers are stopped first.
    """
    environment = environment_of(settings)
    metrics_folder = share_metrics(environment) if len(listeners) > 1 else None
    slots = [
        Slot(f"Worker {number}", listener, environment, metrics_folder)
        for number, listener in enumerate(listeners, start=1)
    ]
    slots.append(Slot("The worker for jobs", None, environment))
    stop = _stop_at_signals()
    try:
        await _run_until(stop, slots, when_ready, watch)
    except asyncio.CancelledError:
        click.echo("Stopped without waiting for requests under way.", err=True)
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    finally:
        if metrics_folder is not None:
            shutil.rmtree(metrics_folder, ignore_errors=True)


def _stop_at_signals() -> asyncio.Event:
    """An event that the first signal sets; the second one cancels the task that called this.

    The signals stay taken when the loop has ended: what is stopped after it, a database, is not left half stopped.
    """
    stop = asyncio.Event()
    this = asyncio.current_task()
    loop = asyncio.get_running_loop()

    def told() -> None:
        if stop.is_set() and this is not None:
            this.cancel()
        stop.set()

    def signalled(_number: int, _frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(told)

    for number in STOP_SIGNALS:
        signal.signal(number, signalled)
    return stop


async def _run_until(stop: asyncio.Event, slots: Sequence[Slot], when_ready: Step, watch: Step) -> None:
    ready = [asyncio.Event() for _ in slots]

    async def announce() -> None:
        for one in ready:
            await one.wait()
        await when_ready()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_keep(slot, one)) for slot, one in zip(slots, ready, strict=True)]
        tasks += [group.create_task(announce()), group.create_task(watch())]
        await stop.wait()
        # Who calls from now on is refused at once, instead of waiting in a queue that nobody will empty.
        for slot in slots:
            if slot.listener is not None:
                slot.listener.close()
        for task in tasks:
            task.cancel()


async def _keep(slot: Slot, ready: asyncio.Event) -> None:
    """Keeps one worker alive until cancelled; `ready` is set when it serves for the first time."""
    clock = asyncio.get_running_loop().time
    pause_seconds = RESTART_SECONDS_MIN
    while True:
        started = clock()
        worker = await _start(slot)
        try:
            if await worker.says_ready():
                ready.set()
                await worker.process.wait()
        finally:
            await worker.end()
            if slot.metrics_folder is not None:
                mark_process_dead(worker.process.pid, slot.metrics_folder)  # type: ignore[no-untyped-call]
        if not ready.is_set():
            raise click.ClickException("The server did not start; what it wrote above says why.")
        if clock() - started > HEALTHY_SECONDS:
            pause_seconds = RESTART_SECONDS_MIN
        click.echo(f"{slot.name} {_ended(worker.process.returncode)}; starting another.", err=True)
        await asyncio.sleep(pause_seconds)
        pause_seconds = min(pause_seconds * 2, RESTART_SECONDS_MAX)


async def _start(slot: Slot) -> Worker:
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "largesse", *slot.command(theirs)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sys.stderr,
            env=slot.environment,
            pass_fds=slot.passed(theirs),
            process_group=0,
        )
    reader, writer = await asyncio.open_connection(sock=ours)
    return Worker(process, reader, writer)


def _ended(status: int | None) -> str:
    if status is not None and status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"
