"""Requests to our own server: JSON in, JSON out, one connection."""

import http.client
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import click
import msgspec

from largesse.cli.demo.plans import JSON

ANSWER_TIMEOUT_SECONDS = 60.0
"""A thousand coupons take a tenth of a second; only a machine in distress needs longer."""

_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Client:
    """A caller of the server at `url`; `authorization` is sent with every request once it is set."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=ANSWER_TIMEOUT_SECONDS)
        self.authorization = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, path: str) -> JSON:
        """What is at a path."""
        return self._expect("GET", path, None)

    def post(self, path: str, body: JSON) -> JSON:
        """What came of sending a body to a path; None where nothing is answered."""
        return self._expect("POST", path, body)

    def put(self, path: str, body: JSON) -> JSON:
        """The same with PUT."""
        return self._expect("PUT", path, body)

    def send(self, method: str, path: str, body: JSON) -> tuple[int, bytes]:
        """The status and the body of an answer, whatever it is."""
        headers = {"Content-Type": "application/json"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        content = None if body is None else _ENCODER.encode(body)
        self._connection.request(method, path, content, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def _expect(self, method: str, path: str, body: JSON) -> JSON:
        status, answer = self.send(method, path, body)
        if status >= 300:
            text = answer.decode("utf-8", "replace")
            raise click.ClickException(f"The demo could not be made: {method} {path} answered {status}: {text}")
        return msgspec.json.decode(answer) if answer else None
