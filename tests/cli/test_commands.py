"""The commands that end by themselves: help, version, migrate, create-admin."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.support.program import ask, run_largesse, running, short_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for a data folder that does not exist yet."""
    with short_folder() as place:
        yield place / "data"


def test_the_version_is_the_package_s() -> None:
    assert run_largesse("--version").output == f"largesse {version('largesse')}\n"


@pytest.fixture(scope="module")
def overview() -> str:
    """What `largesse --help` says."""
    return run_largesse("--help").output


@pytest.mark.parametrize("command", ["demo", "serve", "migrate", "create-admin"])
def test_every_command_is_listed_and_explains_itself(overview: str, command: str) -> None:
    assert f"\n  {command} " in overview
    explained = run_largesse(command, "-h")
    assert explained.status == 0
    assert "--data" in explained.output


def test_the_worker_command_is_not_for_people(overview: str) -> None:
    assert "\n  worker" not in overview


def test_migrate_says_what_it_did_and_does_it_once(folder: Path) -> None:
    first = run_largesse("migrate", "--data", str(folder))
    assert (first.status, first.errors) == (0, "")
    assert first.output.startswith("applied 0001_first\n")
    assert run_largesse("migrate", "--data", str(folder)).output == "The database is up to date.\n"


def test_migrate_and_create_admin_work_on_an_external_database(empty_database_url: str) -> None:
    assert run_largesse("migrate", "--database-url", empty_database_url).output.startswith("applied 0001_first\n")
    created = run_largesse(
        "create-admin", "--database-url", empty_database_url, "--email", "a@b.example", "--password", "long enough"
    )
    assert created.output == "a@b.example is an administrator of account 1.\n"


def test_an_admin_made_beside_a_running_server_can_sign_in(folder: Path) -> None:
    with running("serve", "--data", str(folder), "--port", "0") as program:
        url = program.url()
        typed = "long enough\nlong enough\n"
        created = run_largesse("create-admin", "--data", str(folder), "--email", "a@b.example", given=typed)
        assert created.status == 0
        login = {"email": "a@b.example", "password": "long enough"}
        assert ask(url, "/v1/sessions", method="POST", body=login).status == 201


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["--email", "a@b.example", "--password", "long enough", "--account", "7"], 1, "There is no account 7."),
        (["--email", "a@b.example", "--password", "short"], 2, "use 10 characters or more"),
        (["--email", "nobody", "--password", "long enough"], 2, "that is not an e-mail address"),
    ],
)
def test_create_admin_refuses_what_cannot_be(folder: Path, options: list[str], status: int, message: str) -> None:
    ended = run_largesse("create-admin", "--data", str(folder), *options)
    assert ended.status == status
    assert message in ended.errors


def test_an_address_is_used_once_and_accounts_can_have_several_admins(folder: Path) -> None:
    def create(email: str, *more: str) -> str:
        ended = run_largesse(
            "create-admin", "--data", str(folder), "--email", email, "--password", "long enough", *more
        )
        return ended.output + ended.errors

    assert create("a@b.example", "--company", "B") == "a@b.example is an administrator of account 1.\n"
    assert create("A@b.example") == "Error: A@b.example is in use already.\n"
    assert create("c@b.example", "--account", "1") == "c@b.example is an administrator of account 1.\n"
