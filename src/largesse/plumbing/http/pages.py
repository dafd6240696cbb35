"""What is served beside the operations: probes for those who run the server, and the documents.

Pages need no key, know no account, and are neither counted nor logged: machines fetch them every few seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send

from largesse.plumbing.database import Database, Query
from largesse.plumbing.http.exchange import Answer, Header, header, send_answer
from largesse.plumbing.http.problem_body import answer_problem
from largesse.plumbing.ids import accept_request_id
from largesse.plumbing.problems import MethodNotAllowed, Unavailable
from largesse.plumbing.telemetry import Telemetry

READY_TIMEOUT_SECONDS = 2.0
"""A load balancer asks every few seconds; a database that takes longer to say hello is not ready."""

METRICS_MEDIA_TYPE = b"text/plain; version=0.0.4; charset=utf-8"

_HELLO = Query("say_hello", "SELECT 1")


class Page:
    """One page at one path: how its answer is made when somebody asks."""

    def __init__(self, path: str, make: Callable[[], Awaitable[Answer]], headers: tuple[Header, ...] = ()) -> None:
        self.path = path
        self._make = make
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request for the page."""
        request_id = accept_request_id(header(scope, b"x-request-id")).encode()
        answer = await self._make() if scope["method"] == "GET" else answer_problem(MethodNotAllowed(["GET"]))
        await send_answer(send, answer, [*self._headers, (b"x-request-id", request_id)])


def probe_pages(database: Database, telemetry: Telemetry) -> list[Page]:
    """`/healthz`: the process answers. `/readyz`: its database does too. `/metrics`: what was counted."""

    async def health() -> Answer:
        return Answer(200, b'{"status":"ok"}')

    async def readiness() -> Answer:
        try:
            async with asyncio.timeout(READY_TIMEOUT_SECONDS), database.transaction(read_only=True) as db:
                await db.value(_HELLO)
        except Exception:  # whatever keeps the database from answering, not ready is what a balancer must hear
            return answer_problem(Unavailable("The database does not answer"))
        return Answer(200, b'{"status":"ready"}')

    async def metrics() -> Answer:
        return Answer(200, telemetry.exposition(), METRICS_MEDIA_TYPE)

    return [Page("/healthz", health), Page("/readyz", readiness), Page("/metrics", metrics)]
