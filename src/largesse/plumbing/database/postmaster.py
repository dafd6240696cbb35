"""What a PostgreSQL data folder says about the server running on it, and whether that is true.

The file `postmaster.pid` outlives a killed server, and its process number may meanwhile belong to somebody else or to
a dead process nobody has reaped. So the process is looked at, not the file.
"""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from largesse.plumbing.database.errors import EmbeddedServerFailed

STOP_TIMEOUT_SECONDS = 60.0
"""For an orderly stop, which writes all changed pages first; then the server is told to drop everything and recover
later."""

ABORT_TIMEOUT_SECONDS = 10.0
"""For a server told to drop everything; it only ends its processes."""

POLL_SECONDS = 0.01
"""Between two looks at a server that starts or stops; starting takes some 30 ms."""

LINES_WHEN_COMPLETE = 8


class PidFile(NamedTuple):
    """The content of `postmaster.pid`: the server's process, where it listens, and whether it takes connections."""

    process_id: int
    socket_folder: str
    ready: bool


def read_pid_file(cluster: Path) -> PidFile | None:
    """What the server of `cluster` wrote about itself, or None if there is nothing, or nothing that we may read."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    complete = len(lines) >= LINES_WHEN_COMPLETE
    return PidFile(
        process_id=int(lines[0]),
        socket_folder=lines[4].strip() if complete else "",
        ready=complete and lines[7].strip() == "ready",
    )


def is_server_of(cluster: Path, process_id: int) -> bool:
    """Whether the process is alive (a dead one that was not reaped is not) and a server started on `cluster`."""
    if Path("/proc/self/stat").exists():
        try:
            state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
            arguments = Path(f"/proc/{process_id}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state not in {"Z", "X"} and os.fsencode(cluster) in arguments
    told = subprocess.run(  # noqa: S603 - a fixed command and a number
        ["/bin/ps", "-p", str(process_id), "-o", "stat=,command="], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(told) and not told.startswith("Z") and str(cluster) in told


def end_orphan(cluster: Path) -> None:
    """Makes sure that no server runs on `cluster`, for one who holds the folder's lock and so must be its only owner.

    A server that outlived the program which started it is stopped in good order. A `postmaster.pid` whose process is
    somebody else is removed, because PostgreSQL would take that process for a running server and refuse to start.
    """
    found = read_pid_file(cluster)
    if found is None:
        return
    if is_server_of(cluster, found.process_id):
        _end(cluster, found.process_id)
    else:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _end(cluster: Path, process_id: int) -> None:
    for number, patience_seconds in ((signal.SIGINT, STOP_TIMEOUT_SECONDS), (signal.SIGQUIT, ABORT_TIMEOUT_SECONDS)):
        try:
            os.kill(process_id, number)
        except ProcessLookupError:
            return
        for _ in range(int(patience_seconds / POLL_SECONDS)):
            if not is_server_of(cluster, process_id):
                return
            time.sleep(POLL_SECONDS)
    raise EmbeddedServerFailed(f"a database server left over from an earlier run does not stop: process {process_id}")
