"""Sending CSV files and reading those that come back."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

import httpx

from tests.support.api import Shop


async def upload(shop: Shop, path: str, content: str | bytes, *, key: str = "") -> httpx.Response:
    """The answer to an import."""
    files = {"upFile": ("a.csv", content if isinstance(content, bytes) else content.encode())}
    headers = {"Authorization": key or f"Bearer {shop.staff.token}"}
    return await shop.client.post(path, files=files, headers=headers)


async def download(shop: Shop, path: str) -> list[list[str]]:
    """The lines of an export, the header first."""
    answer = await shop.manage("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/csv"), answer.text
    return list(csv.reader(StringIO(answer.text)))


def lines(header: str, rows: Iterable[Sequence[Any]]) -> str:
    """A file of these rows."""
    text = StringIO()
    csv.writer(text).writerows([header.split(","), *rows])
    return text.getvalue()


def places(answer: httpx.Response) -> list[tuple[str, str]]:
    """(title, line) of every mistake in a file."""
    return [(error["title"], error["source"]["line"]) for error in answer.json()["errors"]]
