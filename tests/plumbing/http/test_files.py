"""Files over HTTP, with an operation made up for it: forms in, CSV out, refusals by line, memory that does not grow."""

import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from msgspec import Struct

from largesse.plumbing.context import Call
from largesse.plumbing.database import Database
from largesse.plumbing.http.files import uploads
from largesse.plumbing.http.files.csv_rows import (
    ERRORS_MAX,
    WrongCell,
    WrongLines,
    decimal_cell,
    integer_cell,
    object_cell,
    read_rows,
    time_cell,
)
from largesse.plumbing.http.files.downloads import csv_rows_reply
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Csv, NoPath, Operation, Reply, Request, ok
from largesse.plumbing.http.table import BadTable, prepare
from tests.plumbing.http.toys import client_of, staff

pytestmark = pytest.mark.anyio

COLUMNS = ("code", "limit", "price", "start", "more")


class Size(Struct, frozen=True, kw_only=True):
    """How much to write."""

    rows: int = 3


async def read_sheet(call: Call[object], request: Request[NoPath, None, Upload]) -> Reply:
    """Sends back what the rows of a file hold."""
    wrong = WrongLines()
    read = []
    for row in read_rows(request.body, COLUMNS, required=("code",), wrong=wrong, ignored=("note",)):
        code, limit, price, start, more = row.cells
        try:
            told = [integer_cell("limit", limit), decimal_cell("price", price), time_cell("start", start)]
            read.append([row.line, code, *told, object_cell("more", more)])
        except WrongCell as cell:
            wrong.add(row.line, cell.title, cell.details)
    wrong.settle()
    return ok(read)


async def write_sheet(call: Call[object], request: Request[NoPath, Size, None]) -> Reply:
    """As many rows as asked for."""

    async def chunks() -> AsyncIterator[list[tuple[object, ...]]]:
        for number in range(request.query.rows):
            yield [(number, f'a "quoted", row\n{number}', None)]

    return await csv_rows_reply(("id", "text", "nothing"), chunks())


READ = Operation(
    method="POST",
    path="/v1/sheets",
    operation_id="readSheet",
    summary="Read a file",
    access=Access.MANAGEMENT,
    run=read_sheet,
    path_params=NoPath,
    body=Upload,
    replies={200: list},
    problems=(400,),
)
WRITE = Operation(
    method="GET",
    path="/v1/sheets",
    operation_id="writeSheet",
    summary="Write a file",
    access=Access.MANAGEMENT,
    run=write_sheet,
    path_params=NoPath,
    query=Size,
    replies={200: Csv},
)
SHEETS: tuple[AnyOperation, ...] = (READ, WRITE)


async def send(
    database: Database, content: bytes, *, field: str = "upFile", name: str | None = "a.csv"
) -> httpx.Response:
    """The answer to a form with this file."""
    async with client_of(database, *SHEETS) as client:
        return await client.post("/v1/sheets", files={field: (name, content)}, headers=staff())


def places(answer: httpx.Response) -> list[tuple[str, str]]:
    """(title, line) of every error."""
    return [(error["title"], error["source"]["line"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("code\nA1\n", [[2, "A1", None, None, None, {}]]),
        ("code", "Required"),
        ("\ufeffCode,LIMIT\nA1,3\n", [[2, "A1", 3, None, None, {}]]),
        ("limit,code,note\n 0 , A1 ,x\r\n", [[2, "A1", 0, None, None, {}]]),
        ('code,price\n"A\n1",1.50\nB,-0.5', [[2, "A\n1", None, 1.5, None, {}], [4, "B", None, -0.5, None, {}]]),
        ("code,start\nA,2030-01-31T01:00:00+01:00\n", [[2, "A", None, None, "2030-01-31T00:00:00Z", {}]]),
        ('code,more\nA,"{""a"": [1, ""ü""]}"\n\n', [[2, "A", None, None, None, {"a": [1, "ü"]}]]),
    ],
)
async def test_rows_are_read_by_the_names_of_their_columns(database: Database, content: str, rows: Any) -> None:
    for name in ("a.csv", None):
        answer = await send(database, content.encode(), name=name)
        if rows == "Required":
            assert places(answer) == [("Required", "1")]
        else:
            assert (answer.status_code, answer.json()) == (200, rows)


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (b"", [("Required", "1")]),
        (b"limit\n1\n", [("Required", "1")]),
        (b"code,cod\nA,B\n", [("Unknown", "1")]),
        (b"code,code\nA,B\n", [("Invalid value", "1")]),
        (b"code,limit\nA\nB,1,2\nC,1\n", [("Invalid value", "2"), ("Invalid value", "3")]),
        (
            b"code,limit\nA,1\nB,-1\nC,1.5\nD,x\nE,1234567890123456\n",
            [("Invalid type", str(line)) for line in range(3, 7)],
        ),
        (
            b"code,price\nA,1e3\nB,NaN\nC,1.\nD,12345678901234567890\n",
            [("Invalid type", str(line)) for line in range(2, 6)],
        ),
        (b"code,start\nA,tomorrow\n", [("Invalid type", "2")]),
        (b"code,more\nA,[1]\nB,{\n", [("Invalid type", "2"), ("Invalid type", "3")]),
        (b"code\nA\n\xff\n", [("Invalid value", "3")]),
        (b"code\nA\0B\n", [("Invalid value", "2")]),
        (b'code\n"A"B\n', [("Malformed CSV", "2")]),
        (b'code\nA\n"B\n', [("Malformed CSV", "3")]),
        (b"code\n" + b"x" * 200_000, [("Malformed CSV", "2")]),
    ],
)
async def test_mistakes_are_told_by_their_lines(
    database: Database, content: bytes, errors: list[tuple[str, str]]
) -> None:
    answer = await send(database, content)
    assert (answer.status_code, places(answer)) == (400, errors)


async def test_a_file_full_of_mistakes_is_not_read_to_its_end(database: Database) -> None:
    answer = await send(database, b"code,limit\n" + b"A,x\n" * 10_000)
    assert len(answer.json()["errors"]) == ERRORS_MAX


@pytest.mark.parametrize(
    ("content_type", "body", "places"),
    [
        ("application/json", b"{}", []),
        ("multipart/form-data", b"--x--", []),
        ("multipart/form-data; boundary=x", b"nothing of the kind", []),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="upFile"\r\n\r\ncode\nA', []),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x--", []),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="other"\r\n\r\ncode\nA\r\n--x--\r\n',
            ["/upFile"],
        ),
    ],
)
async def test_what_is_no_form_with_a_file_is_refused(
    database: Database, content_type: str, body: bytes, places: list[str]
) -> None:
    async with client_of(database, *SHEETS) as client:
        answer = await client.post("/v1/sheets", content=body, headers={**staff(), "Content-Type": content_type})
    assert (answer.status_code, [error["source"]["pointer"] for error in answer.json()["errors"]]) == (400, places)


async def test_a_file_has_a_ceiling(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UPLOAD_BYTES_MAX", 2_000)
    assert (await send(database, b"code\n" + b"A\n" * 2_000)).status_code == 413

    async def pieces() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="upFile"\r\n\r\n'
        for _ in range(30):
            yield b"x" * 100

    headers = {**staff(), "Content-Type": "multipart/form-data; boundary=x"}
    async with client_of(database, *SHEETS) as client:
        assert (await client.post("/v1/sheets", content=pieces(), headers=headers)).status_code == 413


async def test_a_file_is_sent_as_csv(database: Database) -> None:
    async with client_of(database, *SHEETS) as client:
        answer = await client.get("/v1/sheets?rows=2", headers=staff())
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/csv")
    assert answer.text == 'id,text,nothing\n0,"a ""quoted"", row\n0",\n1,"a ""quoted"", row\n1",\n'


async def test_memory_does_not_grow_with_the_file(database: Database) -> None:
    line, lines = b"A,1," + b"x" * 80 + b"\n", 60_000

    async def pieces() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="upFile"\r\n\r\ncode,limit,note\n'
        for _ in range(lines // 1_000):
            yield line * 1_000
        yield b"A,x,\n\r\n--x--\r\n"

    headers = {**staff(), "Content-Type": "multipart/form-data; boundary=x"}
    async with client_of(database, COUNT) as client:
        tracemalloc.start()
        answer = await client.post("/v1/counted_sheets", content=pieces(), headers=headers)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert answer.json() == lines + 1
    assert peak < 3 * 1024 * 1024 < lines * len(line)


async def count_rows(call: Call[object], request: Request[NoPath, None, Upload]) -> Reply:
    """How many rows a file has; it is read twice, as after a conflict."""
    first, second = (
        sum(1 for _ in read_rows(request.body, COLUMNS, required=("code",), wrong=WrongLines(), ignored=("note",)))
        for _ in range(2)
    )
    assert first == second
    return ok(first)


COUNT = Operation(
    method="POST",
    path="/v1/counted_sheets",
    operation_id="countRows",
    summary="Count the rows of a file",
    access=Access.MANAGEMENT,
    run=count_rows,
    path_params=NoPath,
    body=Upload,
    replies={200: int},
    problems=(400,),
)


def test_a_file_is_not_kept_under_a_key() -> None:
    fields: dict[str, Any] = {name: getattr(READ, name) for name in READ.__slots__}
    with pytest.raises(BadTable, match="a file is not kept under a key"):
        prepare(Operation(**{**fields, "replayable": True}))
