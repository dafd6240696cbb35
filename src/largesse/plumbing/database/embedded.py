"""The PostgreSQL server that comes along: one data folder, one command, nothing to install.

The folder holds the cluster (`postgres/`), the socket's folder (`socket/`), the server's log and a lock. The server
listens on that socket only, which nobody but its own user and root can reach, and never on the network.

It lives and dies with the program that started it. The server is our child in a session of its own (a Ctrl-C meant
for us does not hit it); beside it stands a guard, a shell that waits on a pipe whose other end only we hold. However
we end, even by SIGKILL, the pipe closes and the guard stops the server in good order. Whoever starts next on the
folder waits for that.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from largesse.plumbing.database.binaries import Binaries, find_binaries
from largesse.plumbing.database.cluster import (
    DATABASE,
    OWNER,
    cluster_version,
    create_cluster,
    server_environment,
    sweep,
)
from largesse.plumbing.database.errors import EmbeddedServerFailed
from largesse.plumbing.database.folder_lock import FolderLock
from largesse.plumbing.database.postmaster import (
    ABORT_TIMEOUT_SECONDS,
    POLL_SECONDS,
    STOP_TIMEOUT_SECONDS,
    end_orphan,
    is_server_of,
    read_pid_file,
)
from largesse.plumbing.database.unprivileged import Identity, make_passable, server_identity

START_TIMEOUT_SECONDS = 300.0
"""Starting takes 30 ms, but after a crash the server first replays what it had not yet written to its tables."""

SOCKET_PATH_BYTES_MAX = 103
"""The shortest limit for a socket's path among the systems we run on (macOS; Linux allows 107)."""

SOCKET_NAME = ".s.PGSQL.5432"
LOG_BYTES_MAX = 10_000_000
"""A longer log is put aside at the next start; one older log is kept."""

LOG_TAIL_LINES = 15
"""How much of the server's log is shown when it does not start."""

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",  # every few minutes a line that nobody acts on
    "autovacuum_naptime": "5s",  # statistics soon after the first rows: plans made without any can be very wrong
    "jit": "off",  # compiling statements costs more than our short ones can win back
    "idle_in_transaction_session_timeout": "60s",  # a hung client must not hold its gates and rows for ever
}

GUARD = 'read -r goodbye && exit 0; kill -INT "$1"'
"""Ends without harm when it is told goodbye, and stops the server when the pipe closes without a word."""


class EmbeddedServer:
    """One server on one data folder. `settings` are PostgreSQL's and win over ours; tests pass `fsync=off`."""

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self._settings = {**SETTINGS, **(settings or {})}
        self._lock: FolderLock | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._temporary_socket_folder: Path | None = None

    def start(self, data_folder: Path) -> str:
        """Starts the server on `data_folder`, which is made when missing, and gives the URL to connect to.

        Raises `DataFolderInUse` when another program runs the folder's server, and `EmbeddedServerFailed` with a
        reason a person can act on for anything else that stands in the way. Blocks until connections are taken.
        """
        folder = data_folder.resolve()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EmbeddedServerFailed(f"the data folder {folder} cannot be made: {error.strerror}") from error
        self._lock = FolderLock.take(folder / "lock")
        try:
            cluster = folder / "postgres"
            identity = server_identity(cluster)
            make_passable(folder, identity)
            sweep(folder)
            end_orphan(cluster)
            binaries = find_binaries(identity, major=cluster_version(cluster))
            if cluster_version(cluster) is None:
                create_cluster(binaries, cluster, identity, durable=self._settings.get("fsync") != "off")
            socket_folder = self._socket_folder(folder, identity)
            self._launch(binaries, cluster, socket_folder, identity)
            self._await_ready(cluster)
        except BaseException:
            self.stop()
            raise
        return server_url(socket_folder)

    def stop(self) -> None:
        """Stops the server in good order and frees the folder; does nothing where nothing runs."""
        if self._server is not None:
            _stop(self._server)
            self._server = None
        if self._guard is not None:
            self._guard.communicate(b"goodbye\n")
            self._guard = None
        if self._temporary_socket_folder is not None:
            with contextlib.suppress(OSError):
                self._temporary_socket_folder.rmdir()
            self._temporary_socket_folder = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @staticmethod
    def running_url(data_folder: Path) -> str | None:
        """Where the server that another program runs on `data_folder` can be joined; None when none runs."""
        cluster = data_folder.resolve() / "postgres"
        found = read_pid_file(cluster)
        if found is None or not found.ready or not is_server_of(cluster, found.process_id):
            return None
        return server_url(Path(found.socket_folder))

    def _socket_folder(self, folder: Path, identity: Identity) -> Path:
        socket_folder = folder / "socket"
        if len(os.fsencode(socket_folder / SOCKET_NAME)) > SOCKET_PATH_BYTES_MAX:
            socket_folder = Path(tempfile.mkdtemp(prefix="largesse-"))
            self._temporary_socket_folder = socket_folder
        socket_folder.mkdir(mode=0o700, exist_ok=True)
        identity.own(socket_folder)
        # A killed server leaves these, and the number in the lock may by now be anybody's. No server of ours runs here.
        for leftover in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (socket_folder / leftover).unlink(missing_ok=True)
        return socket_folder

    def _launch(self, binaries: Binaries, cluster: Path, socket_folder: Path, identity: Identity) -> None:
        command = [binaries.postgres, "-D", str(cluster)]
        quoted_folder = '"{}"'.format(str(socket_folder).replace('"', '""'))
        for name, value in {**self._settings, "unix_socket_directories": quoted_folder}.items():
            command += ["-c", f"{name}={value}"]
        with _open_log(cluster.parent / "postgres.log") as log_file:
            self._server = subprocess.Popen(  # noqa: S603 - the server found by `find_binaries`
                command,
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                cwd="/",
                env=server_environment(),
                start_new_session=True,
                **identity.as_arguments(),
            )
        self._guard = subprocess.Popen(  # noqa: S603 - a fixed text and a number
            ["/bin/sh", "-c", GUARD, "largesse-guard", str(self._server.pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **identity.as_arguments(),
        )

    def _await_ready(self, cluster: Path) -> None:
        server = self._server
        if server is None:
            raise AssertionError("nothing was launched")
        for _ in range(int(START_TIMEOUT_SECONDS / POLL_SECONDS)):
            if server.poll() is not None:
                raise EmbeddedServerFailed(f"the database server did not start:\n{_log_tail(cluster.parent)}")
            found = read_pid_file(cluster)
            if found is not None and found.process_id == server.pid and found.ready:
                return
            time.sleep(POLL_SECONDS)
        raise EmbeddedServerFailed(f"the database server is not ready after {START_TIMEOUT_SECONDS:.0f} seconds")


def server_url(socket_folder: Path) -> str:
    """The URL of the product's database on the server that listens in `socket_folder`."""
    return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(socket_folder), safe='/')}&port=5432"


def _stop(server: subprocess.Popen[bytes]) -> None:
    for number, patience_seconds in ((signal.SIGINT, STOP_TIMEOUT_SECONDS), (signal.SIGQUIT, ABORT_TIMEOUT_SECONDS)):
        server.send_signal(number)
        try:
            server.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            continue
        return
    server.kill()
    server.wait()


def _open_log(path: Path) -> BinaryIO:
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")


def _log_tail(folder: Path) -> str:
    lines = (folder / "postgres.log").read_text("utf-8", errors="replace").splitlines()
    return "\n".join(lines[-LOG_TAIL_LINES:])
