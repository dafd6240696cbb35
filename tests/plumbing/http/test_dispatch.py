"""The line of a request, walked over HTTP in process: every answer there is, its shape and its line in the log."""

import asyncio
from typing import Any

import msgspec
import pytest

from largesse.plumbing.context import Call
from largesse.plumbing.database import Crowded, Database, Query
from largesse.plumbing.http import exchange
from largesse.plumbing.http.exchange import REQUEST_BYTES_MAX
from largesse.plumbing.http.operation import AnyOperation, NoPath, Reply, Request, created, ok
from largesse.plumbing.problems import Busy, Duplicate, FieldError, Invalid, NotFound, Problem, Unavailable
from tests.plumbing.http.toys import NOW, SAY_HELLO, STAFF_KEY, client_of, shop, staff

pytestmark = pytest.mark.anyio

CART = {"cartItems": [{"sku": "a", "quantity": 1, "price": 10.5}]}
NoRequest = Request[NoPath, None, None]


def operation_that(run: Any, **changes: object) -> AnyOperation:
    """A public operation at GET /v1/it that does what `run` does."""
    row: dict[str, Any] = {"path": "/v1/it", "operation_id": "doIt", "replies": {200: None}, **changes}
    fields: dict[str, Any] = {name: getattr(SAY_HELLO, name) for name in SAY_HELLO.__slots__}
    return type(SAY_HELLO)(**{**fields, **row, "run": run})


def raising(error: Exception) -> AnyOperation:
    """An operation that fails like this."""

    async def fail(call: Call[object], request: NoRequest) -> Reply:
        raise error

    return operation_that(fail)


async def test_a_good_request(database: Database) -> None:
    lines: list[bytes] = []
    async with client_of(database, lines=lines) as client:
        answer = await client.put(
            "/v2/carts/c1?dry=true&trace=1", json={**CART, "note": None}, headers={**shop(), "X-Request-Id": "req-1"}
        )
    assert answer.status_code == 200
    assert answer.json() == {"state": "open", **CART, "note": None}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-request-id"] == "req-1"
    line = msgspec.json.decode(lines[0])
    assert line.pop("ms") > 0
    assert line == {
        "time": NOW.isoformat().replace("+00:00", "Z"),
        "requestId": "req-1",
        "method": "PUT",
        "path": "/v2/carts/{cartId}",
        "operationId": "putCart",
        "status": 200,
        "accountId": 1,
        "applicationId": 7,
    }


async def test_a_log_line_tells_no_secret(database: Database) -> None:
    lines: list[bytes] = []
    async with client_of(database, lines=lines) as client:
        await client.put("/v2/carts/secret-cart?now=2030-01-01", json={"cartItems": "secret-body"}, headers=shop())
        await client.get("/v1/notes?sort=secret-sort", headers=staff())
    assert len(lines) == 2
    assert not any(word in line for line in lines for word in (b"secret", STAFF_KEY.encode(), b"aaaa"))


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "line\tbreak"])
async def test_a_request_id_that_would_harm_the_log_is_replaced(database: Database, given: str) -> None:
    async with client_of(database) as client:
        answer = await client.get("/v1/hello", headers={"X-Request-Id": given})
    assert len(answer.headers["x-request-id"]) == 32


async def test_the_path_is_matched_as_it_was_sent(database: Database) -> None:
    async with client_of(database) as client:
        escaped = await client.put("/v2/carts/a%2Fb%25", json=CART, headers=shop())
        longer = await client.put("/v2/carts/a/b", json=CART, headers=shop())
        trailing = await client.put("/v2/carts/a/", json=CART, headers=shop())
    assert [escaped.status_code, longer.status_code, trailing.status_code] == [200, 404, 404]


async def test_refusals_on_the_way(database: Database) -> None:
    async with client_of(database) as client:
        unknown_path = await client.get("/v3/nothing", headers=shop())
        wrong_method = await client.post("/v1/notes", headers=staff())
        wrong_query = await client.put("/v2/carts/c1?dry=maybe", json=CART, headers=shop())
        wrong_body = await client.put("/v2/carts/c1", content=b'{"cartItems": ', headers=shop())
        wrong_path = await client.get("/v1/applications/seven/notes/1", headers=staff())
        unbuilt = await client.get("/v1/notes/12", headers=staff())
        unbuilt_unknown = await client.get("/v1/notes/12")
    assert unknown_path.status_code == 404
    assert unknown_path.json() == {"message": "There is nothing at this path", "errors": [], "StatusCode": 404}
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "DELETE, GET")
    assert wrong_query.json() == {
        "message": "The submitted data was invalid",
        "errors": [
            {"title": "Invalid type", "details": "dry must be true or false", "source": {"parameter": "dry"}},
        ],
        "StatusCode": 400,
    }
    assert wrong_body.json()["errors"][0]["title"] == "Malformed JSON"
    assert wrong_path.json()["errors"][0]["source"] == {"parameter": "applicationId"}
    assert (unbuilt.status_code, unbuilt.json()["StatusCode"]) == (501, 501)
    assert unbuilt_unknown.status_code == 401


@pytest.mark.parametrize(
    ("problem", "status"),
    [(NotFound("gone"), 404), (Busy(), 409), (Duplicate(), 409), (Invalid(), 400)],
)
async def test_problems_of_operations(database: Database, problem: Problem, status: int) -> None:
    async with client_of(database, raising(problem)) as client:
        answer = await client.get("/v1/it")
    assert answer.status_code == status
    assert answer.json() == {"message": problem.message, "errors": [], "StatusCode": status}


async def test_errors_carry_one_place(database: Database) -> None:
    errors = [
        FieldError(title="Unknown", details="d", line="N/A"),
        FieldError(title="Unknown", details="d", pointer="/a"),
    ]
    async with client_of(database, raising(Invalid("Broken file", errors=errors))) as client:
        answer = await client.get("/v1/it")
    assert [error["source"] for error in answer.json()["errors"]] == [{"line": "N/A"}, {"pointer": "/a"}]


async def test_a_crowd_is_told_what_is_crowded_and_no_ids(database: Database) -> None:
    async with client_of(database, raising(Crowded("session 1/7/secret"))) as client:
        answer = await client.get("/v1/it")
    assert answer.status_code == 409
    assert answer.json()["message"] == "Too many requests are updating this session at the same time"


async def test_a_bug_is_logged_and_not_told(database: Database) -> None:
    lines: list[bytes] = []
    async with client_of(database, raising(ZeroDivisionError("the secret of the bug")), lines=lines) as client:
        answer = await client.get("/v1/it")
    assert (answer.status_code, answer.json()["StatusCode"]) == (500, 500)
    assert "secret" not in answer.text
    assert "ZeroDivisionError: the secret of the bug" in msgspec.json.decode(lines[0])["error"]


async def test_a_part_that_does_not_answer(database: Database) -> None:
    lines: list[bytes] = []
    async with client_of(database, raising(Unavailable("server 10.0.0.1 refused")), lines=lines) as client:
        answer = await client.get("/v1/it")
    assert answer.status_code == 503
    assert "10.0.0.1" not in answer.text
    assert msgspec.json.decode(lines[0])["error"] == "server 10.0.0.1 refused"


async def test_a_reply_that_the_row_does_not_list_is_a_bug(database: Database) -> None:
    async def surprise(call: Call[object], request: NoRequest) -> Reply:
        return created({"a": 1})

    async with client_of(database, operation_that(surprise)) as client:
        assert (await client.get("/v1/it")).status_code == 500


async def test_other_media_types_are_sent_as_they_are(database: Database) -> None:
    async def export(call: Call[object], request: NoRequest) -> Reply:
        return Reply(200, b"id\n1\n", "application/csv")

    async with client_of(database, operation_that(export)) as client:
        answer = await client.get("/v1/it")
    assert (answer.content, answer.headers["content-type"]) == (b"id\n1\n", "application/csv")


async def test_an_empty_reply_has_neither_body_nor_type(database: Database) -> None:
    async with client_of(database) as client:
        answer = await client.delete("/v1/notes", headers=staff())
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers
    assert "content-length" not in answer.headers


async def test_a_body_past_its_ceiling_is_refused_while_it_comes(database: Database) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 1024 * 1024

    async with client_of(database) as client:
        declared = await client.put(
            "/v2/carts/c1", content=b"", headers={**shop(), "Content-Length": str(REQUEST_BYTES_MAX + 1)}
        )
        streamed = await client.put("/v2/carts/c1", content=endless(), headers=shop())
    for answer in (declared, streamed):
        assert (answer.status_code, answer.json()["StatusCode"]) == (413, 413)
    assert sent <= REQUEST_BYTES_MAX // (1024 * 1024) + 1


async def test_a_body_that_does_not_come_is_not_waited_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "BODY_TIMEOUT_SECONDS", 0.0)

    async def never() -> Any:
        yield b"{"
        await asyncio.Event().wait()

    async with client_of(database) as client:
        answer = await client.put("/v2/carts/c1", content=never(), headers=shop())
    assert (answer.status_code, answer.json()["StatusCode"]) == (408, 408)


async def test_a_call_knows_who_when_and_with_what(database: Database) -> None:
    seen: list[Call[object]] = []

    async def look(call: Call[object], request: NoRequest) -> Reply:
        seen.append(call)
        return ok(await call.db.value(Query("one", "SELECT 1")))

    async with client_of(database, operation_that(look)) as client:
        await client.get("/v1/it", headers={"X-Request-Id": "r"})
    (call,) = seen
    assert (call.caller.kind, call.request_id, call.now, call.resources) == ("anonymous", "r", NOW, "the resources")


async def test_metrics_count_by_operation_and_status(database: Database) -> None:
    async with client_of(database) as client:
        for _ in range(3):
            await client.put("/v2/carts/c1", json=CART, headers=shop())
        await client.put("/v2/carts/c1", json={}, headers=shop())
        await client.get("/v9")
        metrics = (await client.get("/metrics")).text
    assert 'largesse_http_requests_total{operation="putCart",status="200"} 3.0' in metrics
    assert 'largesse_http_requests_total{operation="putCart",status="400"} 1.0' in metrics
    assert 'largesse_http_requests_total{operation="unknown",status="404"} 1.0' in metrics
    assert 'largesse_http_request_seconds_count{operation="putCart"} 4.0' in metrics
