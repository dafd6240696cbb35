"""The bare database: the reads and writes of one request, without the request.

`capture` runs one real request's exchanges through the storage band and keeps what went to the database. The two rows
then send just that, with session ids of their own: from Python through our own band, and from pgbench.
"""

import asyncio
import re
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvloop
from msgspec import structs

from largesse.engine.changes import Change, SaveSession
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.evaluation.questions import ask
from largesse.engine.facts import Moment, Questions, Subjects
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import SessionUpdate
from largesse.plumbing.database import Database, EmbeddedServer
from largesse.plumbing.database.binaries import find_binaries
from largesse.plumbing.database.unprivileged import server_identity
from largesse.storage.answers import answer, open_session
from largesse.storage.changes import save
from largesse.storage.programs import ProgramCache
from largesse.storage.scope import Scope
from tests.bench.statements import SESSION, Captured, Recording, pgbench_script
from tests.bench.table import Row


@dataclass(frozen=True)
class Line:
    """One request as storage sees it: what is asked, what is stored, and the statements that were."""

    scope: Scope
    questions: Questions
    changes: tuple[Change, ...]
    statements: tuple[Captured, ...]


def capture(data: Path, account_id: int, application_id: int, cart: list[dict[str, Any]], code: str) -> Line:
    """The line of a first PUT of this cart with this code."""
    with _server(data) as url:
        return asyncio.run(_capture(url, account_id, application_id, {"cartItems": cart, "couponCodes": [code]}))


def from_python(data: Path, line: Line, count: int, connections: int, codes: Sequence[str] = ()) -> Row:
    """The line `count` times through the storage band, each time with the next of `codes` where there are any."""
    with _server(data) as url:
        seconds, times = uvloop.run(_repeat(url, line, count, connections, codes))
    return Row(
        "bare database, from Python",
        statistics.median(times),
        statistics.quantiles(times, n=100)[98],
        count / seconds,
        f"{connections} connections, one process",
    )


def from_pgbench(data: Path, line: Line, count: int, connections: int) -> Row:
    """The statements of the line `count` times from pgbench."""
    with _server(data) as url, NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(pgbench_script(line.statements))
        script.flush()
        place = urlsplit(url)
        host = parse_qs(place.query)["host"][0]
        binaries = find_binaries(server_identity(data / "postgres"), major=None)
        command = [str(binaries.folder / "pgbench"), "-n", "-M", "prepared", "-f", script.name]
        command += ["-c", str(connections), "-j", "1", "-t", str(count // connections), "-h", host, "-U", "largesse"]
        done = subprocess.run([*command, place.path.lstrip("/")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    latency = re.search(r"latency average = ([\d.]+) ms", done.stdout)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    assert latency and rate, done.stdout
    return Row("bare database, pgbench", float(latency[1]), float("nan"), float(rate[1]), "mean instead of median")


async def _capture(url: str, account_id: int, application_id: int, sent: dict[str, Any]) -> Line:
    now = datetime.now(UTC)
    database = await Database.open(url)
    async with database.transaction() as plain:
        db = Recording(plain)
        opened = await open_session(db, account_id, application_id, SESSION, None)
        opening = tuple(db.captured)
        programs = await ProgramCache().at(db, opened.scope, opened.revision)
        db.captured.clear()
        update = from_plain(sent, SessionUpdate)
        updated = update_session(None, application_id, SESSION, update, programs.definitions, now)
        assert isinstance(updated, Updated)
        moment = Moment(now, bytes(SEED_BYTES))
        questions = ask(programs, updated.session, moment)
        facts = await answer(db, opened.scope, questions)
        outcome = evaluate(programs, Subjects(updated.session, None, None), facts, moment, updated.event)
        assert any(effect.effect_type == "acceptCoupon" for effect in outcome.effects), outcome.effects
        await save(db, opened.scope, outcome.changes, now)
        statements = (*opening, *db.captured)
    await database.close()
    return Line(opened.scope, questions, outcome.changes, statements)


async def _repeat(
    url: str, line: Line, count: int, connections: int, codes: Sequence[str]
) -> tuple[float, list[float]]:
    database = await Database.open(url)
    numbers = iter(range(count))
    times: list[float] = []

    async def client() -> None:
        for number in numbers:
            before = time.perf_counter()
            asked = structs.replace(line.questions, coupon_codes=(codes[number],)) if codes else line.questions
            await _once(database, line, asked, f"bare-{number}")
            times.append((time.perf_counter() - before) * 1000)

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(connections)))
    seconds = time.perf_counter() - started
    await database.close()
    return seconds, times


async def _once(database: Database, line: Line, asked: Questions, session_id: str) -> None:
    scope = line.scope
    async with database.transaction() as db:
        await open_session(db, scope.account_id, scope.application_id, session_id, None)
        await answer(db, scope, asked)
        changes = [_renamed(change, session_id) for change in line.changes]
        await save(db, scope, changes, datetime.now(UTC))


def _renamed(change: Change, session_id: str) -> Change:
    if not isinstance(change, SaveSession):
        return change
    return structs.replace(change, session=structs.replace(change.session, integration_id=session_id))


@contextmanager
def _server(data: Path) -> Iterator[str]:
    server = EmbeddedServer()
    try:
        yield server.start(data)
    finally:
        server.stop()
