"""Largesse as its users meet it: worker processes behind a port, on a database, with a shop in it.

`running_server` takes a copy of the run's database, which is there at once. What matters about a shop is the same as in
process, so `real_shop` is `tests.support.api`'s, reached through the port.
"""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_shop
from tests.support.database import copied_database
from tests.support.program import PATIENCE_SECONDS, Program, running

NOT_BUILT = 501


@dataclass(frozen=True)
class Server:
    """A running server and the database below it."""

    program: Program
    url: str
    database_url: str

    def breakdowns(self) -> list[dict[str, Any]]:
        """The log lines of requests and jobs that failed on our side, which no test may leave behind."""
        lines = [json.loads(line) for line in self.program.errors.splitlines() if line.startswith("{")]
        return [line for line in lines if "error" in line or NOT_BUILT != line.get("status", 0) >= 500]


@contextmanager
def running_server(template_url: str, *, workers: int = 1) -> Iterator[Server]:
    """A server on a database of its own. Fails at the end if any request broke it."""
    with copied_database(template_url) as url, serving(url, workers=workers) as server:
        yield server
        assert not server.breakdowns(), server.breakdowns()


@contextmanager
def serving(database_url: str, *, workers: int = 1) -> Iterator[Server]:
    """A server on a database that stays."""
    arguments = ["serve", "--database-url", database_url, "--port", "0", "--workers", str(workers)]
    with running(*arguments) as program:
        yield Server(program, program.url(), database_url)


@asynccontextmanager
async def real_shop(url: str, database_url: str, **settings: Any) -> AsyncIterator[Shop]:
    """A shop of its own account, whose requests go through the port."""
    database = await Database.open(database_url, connections_max=1)
    try:
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client:
            yield await open_shop(client, database, **settings)
    finally:
        await database.close()
