"""How a refused request is written down: one row each, what was sent beside what must come back."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.program import Reply

KEPT = "/v2/customer_sessions/kept"
CLOSED = "/v2/customer_sessions/closed"
NEW = "/v2/customer_sessions/new"

INVALID = "The submitted data was invalid"


@dataclass(frozen=True)
class Keys:
    """Authorization headers by the names that rows use."""

    application_id: int
    integration: str
    expired: str
    management: str
    token: str

    def header(self, name: str) -> str:
        """The header of that name; any other text is sent as it is."""
        return {
            "integration": self.integration,
            "expired": self.expired,
            "management": self.management,
            "token": self.token,
            "integration as token": self.integration.replace("ApiKey-v1", "Bearer"),
        }.get(name, name)


@dataclass(frozen=True)
class Refused:
    """A request, and the answer to it: the status, the message, and (title, place) of every error.

    A place is a JSON pointer, or the name of a parameter with a question mark before it.
    """

    what: str
    body: bytes
    status: int = 400
    message: str = INVALID
    errors: tuple[tuple[str, str], ...] = ()
    path: str = KEPT
    method: str = "PUT"
    key: str = "integration"

    def expect(self, reply: Reply) -> None:
        """Fails unless the reply is this refusal, whole and in the one shape that all refusals have."""
        assert reply.status == self.status, reply.text
        assert set(reply.json) == {"message", "errors", "StatusCode"}
        assert (reply.json["message"], reply.json["StatusCode"]) == (self.message, self.status), reply.text
        told = tuple((error["title"], _place(error["source"])) for error in reply.json["errors"])
        assert told == self.errors, reply.text
        assert all(error["details"] for error in reply.json["errors"]), reply.text


def session(**fields: Any) -> bytes:
    """The body of an update."""
    return json.dumps({"customerSession": fields}).encode()


def items(*changed: dict[str, Any]) -> bytes:
    """An update with items that are good but for what is changed."""
    good = {"name": "Shoe", "sku": "SHOE", "quantity": 1, "price": 10}
    return session(cartItems=[good | change for change in changed])


def price(text: str) -> bytes:
    """An update with one item whose price is written like this."""
    return items({"price": 0}).replace(b'"price": 0', f'"price": {text}'.encode())


def _place(source: dict[str, str]) -> str:
    return source["pointer"] if "pointer" in source else f"?{source['parameter']}"
