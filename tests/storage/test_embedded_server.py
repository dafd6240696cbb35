"""The server that comes along: it starts anywhere, keeps its data, and lives and dies with the program."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from largesse.plumbing.database import DataFolderInUse, EmbeddedServer, EmbeddedServerFailed
from largesse.plumbing.database.postmaster import end_orphan, is_server_of, read_pid_file
from tests.support.database import THROW_AWAY

PATIENCE_SECONDS = 60

HOLDER = """
import sys, time
from pathlib import Path
from largesse.plumbing.database import EmbeddedServer

server = EmbeddedServer()
print(server.start(Path(sys.argv[1])), flush=True)
if sys.argv[2] == "stay":
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="largesse-data-") as name:
        yield Path(name) / "data"
        # The server of a killed program may still be writing.
        end_orphan(Path(name) / "data" / "postgres")


def hold(folder: Path, then: str = "stay") -> subprocess.Popen[str]:
    """A program of its own that runs the folder's server; it has printed the URL when its first line can be read."""
    return subprocess.Popen([sys.executable, "-c", HOLDER, str(folder), then], stdout=subprocess.PIPE, text=True)


def told_url(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def finish(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.wait()
    assert program.stdout is not None
    program.stdout.close()


def ask(url: str, *statements: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            answers = [await connection.fetchval(statement) for statement in statements]
        finally:
            await connection.close()
        return answers[-1]

    return asyncio.run(run())


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_SECONDS * 100):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def running_process(folder: Path) -> int:
    found = read_pid_file(folder / "postgres")
    assert found is not None
    return found.process_id


def test_data_outlives_a_restart(folder: Path) -> None:
    server = EmbeddedServer()
    ask(server.start(folder), "CREATE TABLE kept AS SELECT 7 AS n")
    process_id = running_process(folder)
    server.stop()
    assert not is_server_of(folder / "postgres", process_id)
    try:
        assert ask(server.start(folder), "SELECT n FROM kept") == 7
    finally:
        server.stop()
    server.stop()


def test_the_server_is_durable_and_keeps_to_itself(folder: Path) -> None:
    server = EmbeddedServer()
    url = server.start(folder)
    try:
        assert ask(url, "SHOW fsync") == "on"
        assert ask(url, "SHOW synchronous_commit") == "on"
        assert ask(url, "SHOW data_checksums") == "on"
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert stat.S_IMODE((folder / "socket").stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700
    finally:
        server.stop()


def test_the_server_does_not_run_as_root(folder: Path) -> None:
    server = EmbeddedServer(THROW_AWAY)
    server.start(folder)
    try:
        owner = (folder / "postgres").stat().st_uid
        assert owner != 0
        assert os.geteuid() in {0, owner}
    finally:
        server.stop()


def test_a_second_program_is_told_who_holds_the_folder(folder: Path) -> None:
    first = hold(folder)
    try:
        url = told_url(first)
        with pytest.raises(DataFolderInUse, match=f"process {first.pid}"):
            EmbeddedServer().start(folder)
        assert ask(url, "SELECT 1") == 1
    finally:
        finish(first)


def test_a_command_may_join_the_running_server(folder: Path) -> None:
    assert EmbeddedServer.running_url(folder) is None
    first = hold(folder)
    try:
        url = told_url(first)
        assert EmbeddedServer.running_url(folder) == url
    finally:
        finish(first)
    wait_until(lambda: EmbeddedServer.running_url(folder) is None)


def test_a_killed_program_takes_its_server_along_and_loses_nothing(folder: Path) -> None:
    program = hold(folder)
    try:
        url = told_url(program)
        process_id = running_process(folder)
        ask(url, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
    finally:
        finish(program)
    wait_until(lambda: not is_server_of(folder / "postgres", process_id))
    server = EmbeddedServer(THROW_AWAY)
    try:
        assert ask(server.start(folder), "SELECT n FROM kept") == 7
    finally:
        server.stop()


def test_a_restart_right_after_a_kill_waits_for_the_old_server(folder: Path) -> None:
    program = hold(folder)
    url = told_url(program)
    ask(url, "CREATE TABLE kept AS SELECT 7 AS n")
    finish(program)
    server = EmbeddedServer(THROW_AWAY)
    try:
        assert ask(server.start(folder), "SELECT n FROM kept") == 7
    finally:
        server.stop()


def test_a_program_that_ends_without_a_word_takes_its_server_along(folder: Path) -> None:
    program = hold(folder, then="leave")
    told_url(program)
    process_id = running_process(folder)
    assert program.wait(PATIENCE_SECONDS) == 0
    finish(program)
    wait_until(lambda: not is_server_of(folder / "postgres", process_id))


def test_a_killed_server_is_recovered(folder: Path) -> None:
    program = hold(folder)
    try:
        ask(told_url(program), "CREATE TABLE kept AS SELECT 7 AS n")
        # The dead server stays in the process table until `program` looks, so its lock files name a living number.
        process_id = running_process(folder)
        os.kill(process_id, signal.SIGKILL)
        wait_until(lambda: not is_server_of(folder / "postgres", process_id))
        os.kill(process_id, 0)
    finally:
        finish(program)
    server = EmbeddedServer(THROW_AWAY)
    try:
        assert ask(server.start(folder), "SELECT n FROM kept") == 7
    finally:
        server.stop()


def test_a_lock_file_that_names_a_stranger_does_not_hinder(folder: Path) -> None:
    server = EmbeddedServer(THROW_AWAY)
    server.start(folder)
    content = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
    server.stop()
    stranger = subprocess.Popen(["sleep", "600"])
    try:
        (folder / "postgres" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *content[1:]]) + "\n")
        assert EmbeddedServer.running_url(folder) is None
        server.start(folder)
        server.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_half_made_cluster_is_swept_away(folder: Path) -> None:
    leftover = folder / "postgres.new-1234"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(THROW_AWAY)
    try:
        assert ask(server.start(folder), "SELECT 1") == 1
        assert not leftover.exists()
    finally:
        server.stop()


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    server = EmbeddedServer(THROW_AWAY)
    try:
        url = server.start(folder / ("x" * 120) / "with space")
        assert ask(url, "SELECT 1") == 1
    finally:
        server.stop()


def test_a_server_that_does_not_start_says_why_and_frees_the_folder(folder: Path) -> None:
    with pytest.raises(EmbeddedServerFailed, match="shared_buffers"):
        EmbeddedServer({**THROW_AWAY, "shared_buffers": "nonsense"}).start(folder)
    server = EmbeddedServer(THROW_AWAY)
    server.start(folder)
    server.stop()


def test_a_folder_of_another_version_is_refused(folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedServerFailed, match="of version 9, which this data was written by"):
        EmbeddedServer(THROW_AWAY).start(folder)


def test_a_folder_that_cannot_be_made_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedServerFailed, match="cannot be made"):
        EmbeddedServer(THROW_AWAY).start(tmp_path / "file" / "data")
