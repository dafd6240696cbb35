"""`largesse` as a process of its own: started, watched, asked, stopped."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

PATIENCE_SECONDS = 60.0
"""After so long, what a test waits for will not come. Generous: it costs nothing where things work."""

POLL_SECONDS = 0.05

T = TypeVar("T")


def eventually(found: Callable[[], T | None], what: str) -> T:
    """The first result of `found` that is true, waited for with a limit."""
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        result = found()
        if result:
            return result
        time.sleep(POLL_SECONDS)
    raise AssertionError(f"waited in vain for {what}")


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    status: int
    output: str
    errors: str


def run_largesse(*arguments: str, given: str = "") -> Finished:
    """Runs a command to its end; `given` is typed into it."""
    done = subprocess.run(
        [sys.executable, "-m", "largesse", *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        env=clean_environment(),
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def clean_environment() -> dict[str, str]:
    """Our environment without the settings of whoever runs the tests; the embedded server's binaries stay."""
    kept = "LARGESSE_POSTGRES_BIN"
    return {name: value for name, value in os.environ.items() if not name.startswith("LARGESSE_") or name == kept}


class Program:
    """A command that runs until it is stopped."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "largesse", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment(),
        )
        self._texts = {"output": "", "errors": ""}
        self._readers = [
            threading.Thread(target=self._collect, args=("output", self._process.stdout), daemon=True),
            threading.Thread(target=self._collect, args=("errors", self._process.stderr), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def process_id(self) -> int:
        """The parent of all it started."""
        return self._process.pid

    @property
    def output(self) -> str:
        """What it has written to standard output so far."""
        return self._texts["output"]

    @property
    def errors(self) -> str:
        """What it has written to standard error so far."""
        return self._texts["errors"]

    def url(self) -> str:
        """Where it listens, as soon as it says so on standard error or output."""
        return self.says(r"https?://[0-9.:]+").rstrip(".")

    def says(self, pattern: str) -> str:
        """The first text that fits, waited for; an assertion error with all it said if it ends before."""

        def found() -> str | None:
            match = re.search(pattern, self.output + self.errors)
            if match is None and self._process.poll() is not None:
                raise AssertionError(f"it ended with {self._process.returncode} and said:\n{self.output}{self.errors}")
            return match and match.group()

        return eventually(found, f"{pattern} in what it says")

    def send_signal(self, number: signal.Signals) -> None:
        """Signals the parent process alone."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Its exit status."""
        status = self._process.wait(PATIENCE_SECONDS)
        for reader in self._readers:
            reader.join(PATIENCE_SECONDS)
        return status

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to stop; its exit status."""
        if self._process.poll() is None:
            self.send_signal(number)
        return self.wait()

    def _collect(self, name: str, stream: Any) -> None:
        for line in stream:
            self._texts[name] += line
        stream.close()


@contextmanager
def running(*arguments: str) -> Iterator[Program]:
    """A program for the length of a block."""
    program = Program(*arguments)
    try:
        yield program
    finally:
        program.stop()


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder that the database's user may pass through, and short enough for a socket in it; removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lg-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        # More than once where a process that was just killed still has a last file to write.
        eventually(partial(_is_removed, folder), f"the end of {folder}")


def _is_removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.text)


def ask(url: str, path: str, *, method: str = "GET", body: Any = None, key: str = "") -> Reply:
    """One request on a connection of its own; `key` is the whole Authorization header."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE_SECONDS)
    try:
        headers = {"Content-Type": "application/json"} | ({"Authorization": key} if key else {})
        content = body if isinstance(body, str | bytes | None) else json.dumps(body)
        connection.request(method, path, content, headers)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read().decode())
    finally:
        connection.close()


def processes() -> list[tuple[int, int, str]]:
    """(id, parent's id, command) of everything that runs here."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split(maxsplit=2) for line in listed.splitlines())
    return [(int(row[0]), int(row[1]), row[2] if len(row) > 2 else "") for row in rows]


def workers_of(program: Program) -> list[int]:
    """The ids of a program's worker processes."""
    return [pid for pid, parent, command in processes() if parent == program.process_id and " worker " in command]


def job_worker_of(program: Program) -> int | None:
    """The id of a program's process for jobs, None while it is being replaced."""
    found = [pid for pid, parent, command in processes() if parent == program.process_id and " work " in command]
    return found[0] if found else None


def server_processes(folder: Path) -> list[int]:
    """The ids of the database servers that run on a data folder."""
    return [pid for pid, _, command in processes() if f"-D {folder.resolve()}/" in command]


def all_gone(process_ids: Sequence[int]) -> bool:
    """Whether none of these runs any more."""
    present = {pid for pid, _, command in processes() if "<defunct>" not in command}
    return not present.intersection(process_ids)
