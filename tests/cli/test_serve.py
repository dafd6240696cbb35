"""`largesse serve` as people and machines run it: started, asked, stopped, killed, started again."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.program import (
    Program,
    all_gone,
    ask,
    eventually,
    processes,
    run_largesse,
    running,
    server_processes,
    short_folder,
    workers_of,
)

Start = Callable[..., Program]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for a data folder that does not exist yet."""
    with short_folder() as place:
        yield place / "data"


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts servers on the folder; those that a failed test leaves behind are stopped."""
    programs: list[Program] = []

    def one(*options: str) -> Program:
        programs.append(Program(*serve(folder, *options)))
        return programs[-1]

    yield one
    for program in programs:
        program.stop()


def serve(folder: Path, *options: str) -> list[str]:
    """The arguments that serve a folder on a free port."""
    return ["serve", "--data", str(folder), "--port", "0", *options]


def admin(folder: Path, email: str) -> list[str]:
    """The arguments that create an admin with a good password."""
    return ["create-admin", "--data", str(folder), "--email", email, "--password", "long enough"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_serve_answers_and_stops_in_good_order(folder: Path, start: Start, number: signal.Signals) -> None:
    program = start()
    url = program.url()
    assert ask(url, "/healthz").status == 200
    assert ask(url, "/readyz").status == 200
    started = [*workers_of(program), *server_processes(folder)]
    assert len(started) >= 2
    assert program.stop(number) == 0
    assert all_gone(started)
    assert program.output == ""


def test_a_second_signal_does_not_wait_for_requests_under_way(folder: Path, start: Start) -> None:
    program = start()
    place = urlsplit(program.url())
    started = [*workers_of(program), *server_processes(folder)]
    with socket.create_connection((place.hostname, place.port)) as connection:
        # A request that never becomes complete: its body is announced and not sent.
        connection.sendall(b"PUT /v2/customer_sessions/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")

        program.send_signal(signal.SIGTERM)
        eventually(partial(is_refused, program.url()), "the end of listening")
        assert not all_gone([program.process_id])
        program.send_signal(signal.SIGTERM)
    assert program.wait() == 0
    assert "Stopped without waiting" in program.errors
    assert all_gone(started)


def is_refused(url: str) -> bool:
    """Whether nobody listens there any more."""
    try:
        ask(url, "/healthz")
    except ConnectionError:
        return True
    return False


def test_a_signal_while_the_database_is_being_made_is_a_normal_end(folder: Path, start: Start) -> None:
    program = start()
    eventually((folder / "lock").exists, "the data folder")
    assert program.stop() == 0
    eventually(lambda: all_gone(server_processes(folder)), "the end of the database server")


def test_a_second_server_on_a_folder_says_so_plainly(folder: Path) -> None:
    with running(*serve(folder)) as first:
        first.url()
        second = run_largesse(*serve(folder))
    assert second.status == 1
    assert second.errors.startswith("Error: ")
    assert str(folder) in second.errors
    assert second.errors.count("\n") == 1


def test_a_taken_port_is_a_plain_error(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for workers in ("1", "2"):
            ended = run_largesse("serve", "--data", str(folder), "--port", port, "--workers", workers)
            assert ended.status == 1
            assert ended.errors == (
                f"Error: Cannot listen on port {port} of 127.0.0.1: another program listens there; "
                "stop it, or choose another port with --port.\n"
            )
    assert not folder.exists()


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["--host", "192.0.2.1"], 1, "this machine has no such address"),
        (["--host", "no.such.host.invalid"], 1, "Cannot listen on port"),
        (["--port", "70000"], 2, "LARGESSE_PORT"),
        (["--workers", "0"], 2, "LARGESSE_WORKERS"),
        (["--database-url", "postgresql://localhost/a"], 2, "--data and --database-url name two databases"),
    ],
)
def test_options_that_cannot_be_are_refused(folder: Path, options: list[str], status: int, message: str) -> None:
    ended = run_largesse("serve", "--data", str(folder), *options)
    assert ended.status == status
    assert message in ended.errors
    assert "Traceback" not in ended.errors


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/none",
        "postgresql://nobody@no.such.host.invalid/none",
        "mysql://somewhere/else",
    ],
)
@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_database_that_cannot_be_reached_is_a_plain_error(command: str, url: str) -> None:
    options = ["--port", "0"] if command == "serve" else []
    ended = run_largesse(command, "--database-url", url, *options)
    assert ended.status == 1
    assert ended.errors.startswith("Error: ")
    assert ended.errors.count("\n") == 1


def test_two_workers_share_one_database_and_one_set_of_numbers(folder: Path) -> None:
    with running(*serve(folder, "--workers", "2")) as program:
        url = program.url()
        assert len(workers_of(program)) == 2
        assert run_largesse(*admin(folder, "a@shop.example")).status == 0
        login = {"email": "a@shop.example", "password": "long enough"}
        # Each connection is dealt to either worker: a token that one hands out must be good at the other.
        token = ask(url, "/v1/sessions", method="POST", body=login).json["token"]
        listed = [ask(url, "/v1/applications", key=f"Bearer {token}").status for _ in range(40)]
        assert listed == [200] * 40
        counted = {
            line for _ in range(20) for line in ask(url, "/metrics").text.splitlines() if 'getApplications"' in line
        }
        assert 'largesse_http_requests_total{operation="getApplications",status="200"} 40.0' in counted
        assert len([line for line in counted if line.startswith("largesse_http_requests_total")]) == 1


def test_a_worker_that_dies_is_replaced(folder: Path) -> None:
    with running(*serve(folder)) as program:
        url = program.url()
        (before,) = workers_of(program)
        os.kill(before, signal.SIGKILL)
        program.says("Worker 1 was ended by SIGKILL; starting another")
        assert ask(url, "/healthz").status == 200
        assert workers_of(program) != [before]


def test_a_killed_program_leaves_nothing_running_and_its_folder_starts_again(folder: Path, start: Start) -> None:
    assert run_largesse(*admin(folder, "a@shop.example")).status == 0
    program = start("--workers", "2")
    program.url()
    started = [*workers_of(program), *server_processes(folder)]
    assert len(started) >= 3
    (metrics,) = {
        Path(command.split()[-1]) for pid, _, command in processes() if pid in started and "--metrics" in command
    }
    assert metrics.is_dir()
    assert program.stop(signal.SIGKILL) == -signal.SIGKILL
    eventually(lambda: all_gone(started), "the end of everything the program started")
    assert not metrics.exists()
    with running(*serve(folder)) as again:
        login = {"email": "a@shop.example", "password": "long enough"}
        assert ask(again.url(), "/v1/sessions", method="POST", body=login).status == 201


def test_a_database_server_that_ends_by_itself_ends_the_program(folder: Path, start: Start) -> None:
    program = start()
    program.url()
    started = [*workers_of(program), *server_processes(folder)]
    (server,) = server_processes(folder)
    os.kill(server, signal.SIGKILL)
    assert program.wait() == 1
    assert program.errors.splitlines()[-1].startswith("Error: The database server has ended by itself")
    eventually(lambda: all_gone(started), "the end of everything the program started")
