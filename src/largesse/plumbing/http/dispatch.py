"""The line every request walks, from its first byte to its last.

    route -> authenticate -> decode path, query and body -> ONE transaction -> run -> encode -> commit -> count and log

Operations are functions from a `Call` and a `Request` to a `Reply`; all they have in common happens here, once. Only
this module opens transactions for requests, and so only it commits. The answer is encoded before the commit, so that
what cannot be said is not done.

A run may find that the facts it decided on have changed meanwhile (`Conflict`). It is rolled back and run again on
fresh facts, with the same moment and request; after `RETRIES_MAX` more runs the caller is told to come back (409).
"""

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from largesse.plumbing import clock
from largesse.plumbing.context import ANONYMOUS, Call, Caller
from largesse.plumbing.database import Crowded, Database, UniqueViolation
from largesse.plumbing.http.auth import Authenticator, KeyCache, check_access, identify
from largesse.plumbing.http.codec import encode
from largesse.plumbing.http.documents import document_pages
from largesse.plumbing.http.exchange import Answer, ClientGone, header, read_body, send_answer
from largesse.plumbing.http.files.uploads import receive_upload
from largesse.plumbing.http.idempotency import (
    HEADER,
    Attempt,
    Replies,
    attempt_of,
    is_lasting,
    keep,
    keep_refusal,
    replay,
)
from largesse.plumbing.http.operation import JSON, Access, AnyOperation, Csv, Reply, Request
from largesse.plumbing.http.pages import probe_pages
from largesse.plumbing.http.problem_body import answer_problem
from largesse.plumbing.http.published import PublishedOperation, published_operations
from largesse.plumbing.http.table import PathEntry, Row, lay_out
from largesse.plumbing.ids import accept_request_id
from largesse.plumbing.problems import (
    Broken,
    Busy,
    Conflict,
    Duplicate,
    MethodNotAllowed,
    NotBuilt,
    NotFound,
    Problem,
    Unavailable,
)
from largesse.plumbing.telemetry import RequestLine, Telemetry

RETRIES_MAX = 3
"""Runs after the first. Each loser of a race has seen another win, so four at once on one row settle without a refusal;
more than that is a crowd, which the gates of the database refuse anyway."""

CLIENT_GONE_STATUS = 499
"""Only for the log: nobody is left to read it."""

UNKNOWN = "unknown"

_KEY_HEADER = HEADER.lower().encode()

AnyRequest = Request[object, object, object]


@dataclass(frozen=True, slots=True)
class Door:
    """What requests of one process share."""

    database: Database
    resources: object
    authenticator: Authenticator
    replies: Replies
    telemetry: Telemetry
    clock: clock.Clock
    key_cache: KeyCache


@dataclass(slots=True)
class Trail:
    """What is known of a request so far, for its line in the log: also of one that fails half way."""

    request_id: str
    method: str
    path: str
    operation_id: str = UNKNOWN
    caller: Caller = ANONYMOUS
    attempts: int = 1
    error: str | None = None


def build_app(
    operations: Iterable[AnyOperation],
    *,
    database: Database,
    resources: object,
    authenticator: Authenticator,
    replies: Replies,
    telemetry: Telemetry,
    published: Sequence[PublishedOperation] | None = None,
    clock: clock.Clock = clock.now,
) -> ASGIApp:
    """The application that serves a table of operations, with its documents and probes.

    `resources` reaches every operation as `call.resources`; `replies` keeps those of requests with a key. Published
    operations without a row answer 501; `published` is the whole contract unless a test says otherwise. Raises
    `BadTable` for a row that disagrees with itself.
    """
    rows = tuple(operations)
    door = Door(database, resources, authenticator, replies, telemetry, clock, KeyCache())
    entries = lay_out(rows, published_operations() if published is None else published)
    pages = [*probe_pages(database, telemetry), *document_pages(rows)]
    routes = [Route(_pattern(entry.template), PathApp(door, entry)) for entry in entries]
    routes += [Route(page.path, page) for page in pages]
    return ByRawPath(Router(routes, default=PathApp(door, None), redirect_slashes=False))


class ByRawPath:
    """Lets the router see the path as it was sent, so that a %2F inside an identifier does not end a segment."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        if scope["type"] == "http":
            scope = {**scope, "path": scope["raw_path"].decode("latin-1")}
        await self._app(scope, receive, send)


class PathApp:
    """One path of the table, or None for all that are not in it."""

    def __init__(self, door: Door, entry: PathEntry | None) -> None:
        self._door = door
        self._entry = entry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: answered, then counted and logged."""
        started = clock.monotonic_seconds()
        trail = Trail(
            request_id=accept_request_id(header(scope, b"x-request-id")),
            method=scope["method"],
            path=UNKNOWN if self._entry is None else self._entry.template,
        )
        answer = await _answer_always(self._door, self._entry, scope, receive, trail)
        if answer is not None:
            await send_answer(send, answer, [(b"x-request-id", trail.request_id.encode())])
        self._door.telemetry.record(_line(trail, answer, started, self._door.clock))


async def _answer_always(
    door: Door, entry: PathEntry | None, scope: Scope, receive: Receive, trail: Trail
) -> Answer | None:
    """The answer to a request whatever happens; None when nobody is left to hear it."""
    try:
        return await _answer(door, entry, scope, receive, trail)
    except ClientGone:
        return None
    except Unavailable as problem:
        # What a part of ours says about itself is for the operator.
        trail.error = problem.message
        return answer_problem(Unavailable())
    except Problem as problem:
        return answer_problem(problem)
    except Crowded as crowded:
        # A gate begins with the word for what it guards and goes on with ids, which are nobody's business.
        kind = crowded.gate.split(" ")[0]
        return answer_problem(Busy(f"Too many requests are updating this {kind} at the same time"))
    except Exception:
        trail.error = traceback.format_exc()
        return answer_problem(Broken())


async def _answer(door: Door, entry: PathEntry | None, scope: Scope, receive: Receive, trail: Trail) -> Answer:
    """The line itself."""
    row = _choose(entry, trail.method)
    now = door.clock()
    authorization = header(scope, b"authorization")
    if isinstance(row, PublishedOperation):
        trail.operation_id = row.operation_id
        trail.caller = await identify(Access(row.api), authorization, now, door.authenticator, door.key_cache)
        raise NotBuilt(f"{row.operation_id} is published, but not built here yet")
    operation = row.operation
    trail.operation_id, trail.path = operation.operation_id, operation.path
    trail.caller = await identify(operation.access, authorization, now, door.authenticator, door.key_cache)
    path = row.path.read_path(dict(zip(row.parameter_names, scope["path_params"].values(), strict=True)))
    check_access(operation, trail.caller, getattr(path, "application_id", None))
    if row.takes_upload:
        return await _answer_upload(door, row, path, scope, receive, trail, now)
    raw = await read_body(scope, receive) if row.body is not None else b""
    request = Request(
        path=path,
        query=None if row.query is None else row.query.read_query(scope["query_string"]),
        body=None if row.body is None else row.body.read(raw),
        raw=raw,
        content_type=header(scope, b"content-type") or "",
    )
    if not operation.replayable:
        return await _run_until_settled(door, operation, request, None, trail, now)
    key = header(scope, _KEY_HEADER)
    sent_to = (operation.operation_id, *msgspec.to_builtins(path).values())
    attempt = attempt_of(trail.caller, key, sent_to, scope["query_string"], raw)
    return await _run_once(door, operation, request, attempt, trail, now)


async def _answer_upload(
    door: Door, row: Row, path: object, scope: Scope, receive: Receive, trail: Trail, now: datetime
) -> Answer:
    """The rest of the line for a request with a file, which is removed at the end."""
    query = None if row.query is None else row.query.read_query(scope["query_string"])
    upload = await receive_upload(scope, receive)
    try:
        request: AnyRequest = Request(
            path=path, query=query, body=upload, content_type=header(scope, b"content-type") or ""
        )
        return await _run_until_settled(door, row.operation, request, None, trail, now)
    finally:
        upload.close()


async def _run_once(
    door: Door, operation: AnyOperation, request: AnyRequest, attempt: Attempt | None, trail: Trail, now: datetime
) -> Answer:
    """Runs an operation that may have run before under its key. A refusal, which has undone all it did, is kept by
    itself."""
    try:
        return await _run_until_settled(door, operation, request, attempt, trail, now)
    except Problem as problem:
        if attempt is not None and is_lasting(problem):
            async with door.database.transaction() as db:
                await keep_refusal(door.replies, db, attempt, answer_problem(problem), now)
        raise


def _choose(entry: PathEntry | None, method: str) -> Row | PublishedOperation:
    if entry is None:
        raise NotFound
    row = entry.methods.get(method)
    if row is None:
        raise MethodNotAllowed(entry.methods)
    return row


async def _run_until_settled(
    door: Door, operation: AnyOperation, request: AnyRequest, attempt: Attempt | None, trail: Trail, now: datetime
) -> Answer:
    """Runs the operation until the facts it decided on hold, a few times at most.

    A row that another request created in the meantime is a changed fact like any other; one that is still there after
    all runs is what the operation was asked to create.
    """
    while True:
        try:
            return await _run(door, operation, request, attempt, trail, now)
        except (Conflict, UniqueViolation) as lost:
            if trail.attempts > RETRIES_MAX:
                raise (Busy() if isinstance(lost, Conflict) else Duplicate()) from lost
        trail.attempts += 1


async def _run(
    door: Door, operation: AnyOperation, request: AnyRequest, attempt: Attempt | None, trail: Trail, now: datetime
) -> Answer:
    """One run in one transaction, committed when this returns: with its reply, where the request has a key."""
    async with door.database.transaction(read_only=operation.method == "GET") as db:
        if attempt is not None and (replayed := await replay(door.replies, db, attempt, now)) is not None:
            return replayed
        call = Call(caller=trail.caller, request_id=trail.request_id, now=now, db=db, resources=door.resources)
        answer = _encoded(operation, await operation.run(call, request))
        if attempt is not None:
            await keep(door.replies, db, attempt, answer, now)
        return answer


def _encoded(operation: AnyOperation, reply: Reply) -> Answer:
    """A reply as bytes."""
    if reply.status not in operation.replies:
        raise AssertionError(f"{operation.operation_id} replied {reply.status}, which its row does not list")
    if reply.body is None:
        return Answer(reply.status)
    if isinstance(reply.body, Csv):
        return Answer(reply.status, media_type=reply.media_type.encode(), file=reply.body.file)
    if reply.media_type == JSON:
        return Answer(reply.status, encode(reply.body))
    if not isinstance(reply.body, bytes):
        raise TypeError(f"{operation.operation_id}: a body of type {reply.media_type} must be bytes")
    return Answer(reply.status, reply.body, reply.media_type.encode())


def _line(trail: Trail, answer: Answer | None, started: float, read_clock: clock.Clock) -> RequestLine:
    return RequestLine(
        time=read_clock(),
        request_id=trail.request_id,
        method=trail.method,
        path=trail.path,
        operation_id=trail.operation_id,
        status=CLIENT_GONE_STATUS if answer is None else answer.status,
        ms=round((clock.monotonic_seconds() - started) * 1000, 3),
        account_id=trail.caller.account_id or None,
        application_id=trail.caller.application_id,
        attempts=trail.attempts,
        error=trail.error,
    )


def _pattern(template: str) -> str:
    """The router's form of a path: parameters by position, since the rows of one path may name them differently."""
    parts = template.split("/")
    return "/".join(f"{{p{index}}}" if part.startswith("{") else part for index, part in enumerate(parts))
