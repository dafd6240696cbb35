"""Migrations are applied once, in order, by one process at a time, and never over files that are not ours."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from largesse.plumbing.database import MigrationRefused, migrate
from largesse.plumbing.database.migrations import product_migrations, read_migrations
from largesse.plumbing.problems import Unavailable

pytestmark = pytest.mark.anyio


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "up.sql").write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "0001_first", "CREATE TABLE one (n int); INSERT INTO one VALUES (1);")
    write(tmp_path, "0002_second", "CREATE TABLE two (n int);")
    (tmp_path / "notes.txt").write_text("not a migration")
    return tmp_path


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_the_product_is_migrated_once(empty_database_url: str) -> None:
    names = [migration.name for migration in read_migrations(product_migrations())]
    assert names[0] == "0001_first"
    assert await migrate(empty_database_url) == names
    assert await migrate(empty_database_url) == []


async def test_every_migration_has_notes() -> None:
    for migration in read_migrations(product_migrations()):
        assert migration.folder.joinpath("notes.md").read_text("utf-8").strip()


def test_hundreds_are_read_as_if_they_were_no_folders(folder: Path) -> None:
    (folder / "01xx").mkdir()
    write(folder / "01xx", "0100_hundredth", "CREATE TABLE hundred (n int);")
    write(folder, "0200_later", "CREATE TABLE later (n int);")
    names = [migration.name for migration in read_migrations(folder)]
    assert names == ["0001_first", "0002_second", "0100_hundredth", "0200_later"]
    write(folder / "01xx", "0200_twice", "")
    with pytest.raises(MigrationRefused, match="two migrations have one number"):
        read_migrations(folder)


async def test_only_what_is_missing_is_applied(empty_database_url: str, folder: Path) -> None:
    assert await migrate(empty_database_url, folder=folder) == ["0001_first", "0002_second"]
    write(folder, "0003_third", "INSERT INTO one VALUES (2)")
    assert await migrate(empty_database_url, folder=folder) == ["0003_third"]
    assert await ask(empty_database_url, "SELECT count(*) FROM one") == 2


async def test_many_at_once_apply_it_once(empty_database_url: str, folder: Path) -> None:
    applied = await asyncio.gather(*(migrate(empty_database_url, folder=folder) for _ in range(8)))
    assert sorted(name for names in applied for name in names) == ["0001_first", "0002_second"]
    assert await ask(empty_database_url, "SELECT count(*) FROM one") == 1


async def test_a_changed_migration_is_refused(empty_database_url: str, folder: Path) -> None:
    await migrate(empty_database_url, folder=folder)
    write(folder, "0002_second", "CREATE TABLE two (n bigint);")
    write(folder, "0003_third", "CREATE TABLE three (n int);")
    with pytest.raises(MigrationRefused, match="0002_second was changed"):
        await migrate(empty_database_url, folder=folder)
    assert await ask(empty_database_url, "SELECT to_regclass('three')") is None


async def test_an_unknown_migration_is_refused(empty_database_url: str, folder: Path) -> None:
    write(folder, "0003_third", "CREATE TABLE three (n int);")
    await migrate(empty_database_url, folder=folder)
    (folder / "0003_third" / "up.sql").unlink()
    (folder / "0003_third").rmdir()
    with pytest.raises(MigrationRefused, match="0003_third, which this version of Largesse does not know"):
        await migrate(empty_database_url, folder=folder)


async def test_a_migration_that_comes_late_is_refused(empty_database_url: str, folder: Path) -> None:
    write(folder, "0004_fourth", "SELECT 1")
    await migrate(empty_database_url, folder=folder)
    write(folder, "0003_third", "SELECT 1")
    with pytest.raises(MigrationRefused, match="0003_third comes before 0004_fourth"):
        await migrate(empty_database_url, folder=folder)


async def test_one_number_for_two_is_refused(folder: Path) -> None:
    write(folder, "0002_other", "SELECT 1")
    with pytest.raises(MigrationRefused, match="0002_other and 0002_second"):
        read_migrations(folder)


async def test_a_migration_that_fails_leaves_what_was_before(empty_database_url: str, folder: Path) -> None:
    write(folder, "0003_third", "CREATE TABLE three (n int); SELECT 1 / 0;")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty_database_url, folder=folder)
    assert await ask(empty_database_url, "SELECT to_regclass('three')") is None
    write(folder, "0003_third", "CREATE TABLE three (n int)")
    assert await migrate(empty_database_url, folder=folder) == ["0003_third"]


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody@127.0.0.1:1/none", "postgresql://nobody@/none?host=/nonexistent", "not a url"],
)
async def test_an_unreachable_database_is_said_to_be_one(url: str) -> None:
    with pytest.raises(Unavailable, match="Cannot open the database"):
        await migrate(url)
