"""Makes the folder a PostgreSQL server keeps its data in, so that it is either complete or not there.

The work is done under a temporary name and renamed at the end: a program killed half way leaves a folder that the next
start sweeps away, never a half-made cluster.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from largesse.plumbing.database.binaries import Binaries
from largesse.plumbing.database.errors import EmbeddedServerFailed
from largesse.plumbing.database.unprivileged import Identity

OWNER = "largesse"
"""The database user all tables belong to. No password: only its own system user and root get to the socket."""

DATABASE = "largesse"

TEMPORARY_PREFIX = "postgres.new-"

BUILTIN_LOCALE_SINCE_MAJOR = 17
"""From here on PostgreSQL brings its own knowledge of letters; before, it would depend on the host's."""


def cluster_version(cluster: Path) -> int | None:
    """The major version `cluster` was made by, or None when there is no cluster."""
    try:
        return int((cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def sweep(data_folder: Path) -> None:
    """Removes half-made clusters. Only for one who holds the folder's lock."""
    for leftover in data_folder.glob(f"{TEMPORARY_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def create_cluster(binaries: Binaries, cluster: Path, identity: Identity, *, durable: bool) -> None:
    """Makes a cluster at `cluster` with an empty database in it. `durable=False` skips the wait for the disk (tests).

    Raises `EmbeddedServerFailed` with the last words of the program that failed.
    """
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY_PREFIX, dir=cluster.parent))
    identity.own(folder)
    make = [binaries.initdb, "-D", str(folder), "-U", OWNER, "--auth-local=trust", "--auth-host=reject"]
    make += ["--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"]
    if binaries.major >= BUILTIN_LOCALE_SINCE_MAJOR:
        make += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if not durable:
        make.append("--no-sync")
    _run(make, identity)
    single_user = [binaries.postgres, "--single", "-D", str(folder), "-c", f"fsync={'on' if durable else 'off'}"]
    _run([*single_user, "postgres"], identity, statement=f"CREATE DATABASE {DATABASE}\n")
    folder.rename(cluster)
    _sync_folder(cluster.parent)


def server_environment() -> dict[str, str]:
    """Our environment without PostgreSQL's own variables, which would change where a server listens and how it
    speaks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}


def _run(command: list[str], identity: Identity, *, statement: str = "") -> None:
    ended = subprocess.run(  # noqa: S603 - programs found by `find_binaries`
        command,
        input=statement,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=server_environment(),
        **identity.as_arguments(),
    )
    if ended.returncode != 0 or "ERROR:" in ended.stderr:
        raise EmbeddedServerFailed(f"making the database failed ({Path(command[0]).name}): {ended.stderr.strip()}")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
