"""Brings a database up to date: numbered folders of SQL, applied in order, each in a transaction of its own.

A migration is a folder `NNNN_name` with `up.sql` and, for people, `notes.md`; a folder `NNxx` holds those of a hundred
numbers. What was applied is written into the table `migrations` together with a checksum. A migration that has been
released is never edited: if its text no longer has the checksum under which it was applied, or the database knows one
we do not have, we refuse to touch that database.

Any number of processes may start at once: an advisory lock lets one work while the others wait and then find nothing
to do.
"""

import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import asyncpg

from largesse.plumbing.database.connections import CONNECT_TIMEOUT_SECONDS, SERVER_SETTINGS
from largesse.plumbing.database.errors import DRIVER_ERRORS, MigrationRefused, raise_translated
from largesse.plumbing.problems import Unavailable

MIGRATIONS_PACKAGE = "largesse.storage"
MIGRATIONS_FOLDER = "migrations"
"""Where the product's migrations are, as a name to look up: this ring knows the mechanism and not the tables."""

FOLDER_NAME = re.compile(r"^(?P<number>[0-9]{4})_[a-z0-9_]+$")
HUNDRED_NAME = re.compile(r"^[0-9]{2}xx$")

LOCK_KEY = 4_712_001_846
"""The advisory lock of all who migrate one database. Any number does that nobody else uses."""

LEDGER = """
CREATE TABLE IF NOT EXISTS migrations (
    name     text        PRIMARY KEY,
    checksum text        NOT NULL,
    applied  timestamptz NOT NULL DEFAULT now()
)
"""


class Migration(NamedTuple):
    """One step: its folder and the folder's name, its SQL, and the checksum of that SQL."""

    name: str
    text: str
    checksum: str
    folder: Traversable


def product_migrations() -> Traversable:
    """The folder of the migrations this program was built with."""
    return files(MIGRATIONS_PACKAGE).joinpath(MIGRATIONS_FOLDER)


def read_migrations(folder: Traversable) -> list[Migration]:
    """The migrations in `folder` in the order of their numbers. Raises `MigrationRefused` for a number used twice."""
    found: list[Migration] = []
    for entry in sorted(_folders(folder), key=lambda entry: entry.name):
        if found and found[-1].name[:4] == entry.name[:4]:
            raise MigrationRefused(f"two migrations have one number: {found[-1].name} and {entry.name}")
        text = entry.joinpath("up.sql").read_text("utf-8")
        found.append(Migration(entry.name, text, hashlib.sha256(text.encode()).hexdigest(), entry))
    return found


def _folders(folder: Traversable) -> Iterator[Traversable]:
    """The folders of migrations, in no order."""
    for entry in folder.iterdir():
        if entry.is_dir() and HUNDRED_NAME.match(entry.name):
            yield from _folders(entry)
        elif entry.is_dir() and FOLDER_NAME.match(entry.name):
            yield entry


async def migrate(url: str, *, folder: Traversable | None = None) -> list[str]:
    """Applies to the database at `url` what it lacks; the names of the migrations applied now, in order.

    `folder` defaults to the product's own. Raises `MigrationRefused` when the database was migrated by other files, and
    `Unavailable` when it cannot be reached. A migration that fails leaves the database as the one before it did.
    """
    ours = read_migrations(product_migrations() if folder is None else folder)
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_SECONDS, server_settings=SERVER_SETTINGS)
    except DRIVER_ERRORS as error:
        raise Unavailable(f"Cannot open the database: {error}") from error
    try:
        return await _apply_missing(connection, ours)
    except DRIVER_ERRORS as error:
        raise_translated(error, connection_lost=connection.is_closed())
    finally:
        await connection.close()


async def _apply_missing(connection: "asyncpg.Connection[asyncpg.Record]", ours: list[Migration]) -> list[str]:
    applied_now: list[str] = []
    while True:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK_KEY)
            await connection.execute(LEDGER)
            rows = await connection.fetch("SELECT name, checksum FROM migrations ORDER BY name")
            missing = missing_migrations(ours, {row["name"]: row["checksum"] for row in rows})
            if not missing:
                return applied_now
            step = missing[0]
            await connection.execute(step.text)
            await connection.execute(
                "INSERT INTO migrations (name, checksum) VALUES ($1, $2)", step.name, step.checksum
            )
        applied_now.append(step.name)


def missing_migrations(ours: list[Migration], applied: dict[str, str]) -> list[Migration]:
    """Which of `ours` a database lacks that has `applied` (name to checksum). Raises `MigrationRefused` if they
    clash."""
    by_name = {migration.name: migration for migration in ours}
    for name, checksum in applied.items():
        known = by_name.get(name)
        if known is None:
            raise MigrationRefused(
                f"the database has the migration {name}, which this version of Largesse does not know; "
                "it was probably written by a newer one"
            )
        if known.checksum != checksum:
            raise MigrationRefused(
                f"the migration {name} was changed after it was applied to this database; "
                "put its up.sql back as it was and add a new migration instead"
            )
    missing = [migration for migration in ours if migration.name not in applied]
    newest = max(applied, default="")
    if missing and missing[0].name < newest:
        raise MigrationRefused(
            f"the migration {missing[0].name} comes before {newest}, which is applied already; "
            "give it a number after all released ones"
        )
    return missing
