"""Servers that are killed while sessions are closed, cancelled and returned: whatever was answered is there when they
come back, and the books balance. What was not answered is asked again under its key, and has then happened once.

`LARGESSE_CRASH_ROUNDS=100` makes a long night of it.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import asyncpg
import httpx
import pytest

from largesse.plumbing.database import EmbeddedServer
from tests.crash.audit import audit
from tests.crash.load import CODE, LIMITS, RULE, Books, ask_again, press
from tests.support.api import Shop
from tests.support.program import (
    PATIENCE_SECONDS,
    POLL_SECONDS,
    Program,
    all_gone,
    eventually,
    processes,
    server_processes,
    short_folder,
    workers_of,
)
from tests.support.server import Server, real_shop

pytestmark = pytest.mark.anyio

ROUNDS = int(os.environ.get("LARGESSE_CRASH_ROUNDS", "5"))
ANSWERS_BEFORE_KILL = 60

OURS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


async def open_campaign(server: Server) -> tuple[Shop, str]:
    """A shop with a code that is good for everybody, and the path of its campaign."""
    async with real_shop(server.url, server.database_url) as shop:
        campaign = await shop.campaign(limits=LIMITS)
        await shop.rules(campaign["id"], RULE, activate=True)
        path = f"{shop.path}/campaigns/{campaign['id']}"
        await shop.manage("POST", f"{path}/coupons", {"usageLimit": 0, "numberOfCoupons": 1, "couponPattern": CODE})
        return shop, path


async def kill_and_audit(start: Callable[[], Server], processes_of: Callable[[Program], list[int]]) -> None:
    """Starts a server, presses it, kills its processes, and again; audits after every start."""
    books, numbers = Books(), count()
    server = start()
    try:
        shop, campaign = await open_campaign(server)
        for _ in range(ROUNDS):
            doomed: list[int] = []
            kill = partial(kill_all, server.program, processes_of, doomed)
            await press(server.url, shop.key, books, numbers, ANSWERS_BEFORE_KILL, kill)
            server.program.wait()
            eventually(partial(all_gone, doomed), "the end of everything that was killed")
            await until_nobody_is_left(server)
            server = start()
            async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_SECONDS) as client:
                await audit(replace(shop, client=client), server.url, campaign, books)
                await ask_again(server.url, shop.key, books)
                await audit(replace(shop, client=client), server.url, campaign, books)
    finally:
        server.program.stop()
    assert len(books.closed) >= ROUNDS * ANSWERS_BEFORE_KILL


async def until_nobody_is_left(server: Server) -> None:
    """Until the database has noticed: a statement sent by a process that is gone may still be carried out."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        try:
            connection = await asyncpg.connect(server.database_url)
        except OSError:
            return
        while await connection.fetchval(OURS):
            await asyncio.sleep(POLL_SECONDS)
        await connection.close()


async def test_a_server_killed_with_its_database() -> None:
    with short_folder() as place:
        folder = place / "data"

        def start() -> Server:
            program = Program("serve", "--data", str(folder), "--port", "0", "--workers", "2")
            url = program.url()
            return Server(program, url, EmbeddedServer.running_url(folder) or "")

        await kill_and_audit(start, lambda program: everything(program, folder))


async def test_a_server_killed_while_its_database_lives(fresh_database_url: str) -> None:
    def start() -> Server:
        program = Program("serve", "--database-url", fresh_database_url, "--port", "0", "--workers", "2")
        return Server(program, program.url(), fresh_database_url)

    await kill_and_audit(start, lambda program: [program.process_id, *workers_of(program)])


def everything(program: Program, folder: Path) -> list[int]:
    """The program, its workers, the database server and all its processes."""
    databases = server_processes(folder)
    backends = [pid for pid, parent, _ in processes() if parent in databases]
    return [program.process_id, *workers_of(program), *databases, *backends]


def kill_all(program: Program, processes_of: Callable[[Program], list[int]], doomed: list[int]) -> None:
    """Kills without warning, and adds to `doomed`, what runs at this moment; one that has just ended is as good."""
    doomed += processes_of(program)
    for process_id in doomed:
        with suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)
