"""A row of the table from which the whole HTTP door is derived.

Routing, access, decoding, encoding, metrics, the OpenAPI documents and the comparison with the published contract all
read the same `Operation`; nothing about an endpoint is said twice. A noun writes its structs, a function and a row:

    async def get_campaign(call: Call[Resources], request: Request[CampaignPath, None, None]) -> Reply: ...

    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/campaigns/{campaignId}",
        operation_id="getCampaign",
        summary="One campaign",
        access=Access.MANAGEMENT,
        run=get_campaign,
        path_params=CampaignPath,
        replies={200: Campaign},
        problems=(404,),
    )

`path_params`, `query` and `body` are the three parameters of the `Request` the function takes; `table` refuses a row
that disagrees with its function when the program starts.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any, Generic, TypeVar

import msgspec

from largesse.plumbing.context import Call

P = TypeVar("P")
Q = TypeVar("Q")
B = TypeVar("B")

JSON = "application/json"
CSV = "application/csv"


class Access(Enum):
    """Who may call: the key of a shop, staff (key or token), or anyone."""

    INTEGRATION = "integration"
    MANAGEMENT = "management"
    PUBLIC = "public"


class NoPath(msgspec.Struct, frozen=True):
    """The path parameters of a path that has none."""


class Request(msgspec.Struct, Generic[P, Q, B], frozen=True, kw_only=True):
    """What was sent, decoded: path and query parameters, the body, and the body's bytes as they came."""

    path: P
    query: Q
    body: B
    raw: bytes = b""
    content_type: str = ""


class Csv:
    """A CSV file to send, closed when it is sent; see `files.downloads`. As a type it marks a reply that is one."""

    __slots__ = ("file",)

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file


class Reply(msgspec.Struct, frozen=True):
    """What to send back.

    `body` is a wire struct (or a list or mapping of them), encoded by the codec, or a `Csv`; with another `media_type`
    than JSON it must be bytes and is sent as it is. None sends no body.
    """

    status: int
    body: object | None = None
    media_type: str = JSON


def ok(body: object) -> Reply:
    """200 with a body."""
    return Reply(200, body)


def created(body: object | None = None) -> Reply:
    """201, usually with what was created."""
    return Reply(201, body)


def no_content() -> Reply:
    """204: done, and nothing to say."""
    return Reply(204)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Generic[P, Q, B]):
    """One method on one path.

    * `path` names its parameters in braces exactly as the contract does; `path_params` has a field for each.
    * `query`: a struct whose fields are the query parameters (see `query`); None when there are none.
    * `body`: what the JSON body decodes into; `Upload` for a form with a file; None when no body is read.
    * `replies`: every success status and the type of its body (None = empty, `Csv` = a file).
    * `problems`: the error statuses the contract documents for it. Others may still happen (413, 500, ...).
    * `published`: False marks an extension of ours, which the contract does not know.
    * `replayable`: sent again under the same Idempotency-Key it is answered as before, and not run again.
    * `hot`: routed first, and its key is worth remembering between requests.
    * `admin_only`: only callers that are administrators.
    * `tag`: the heading in the documents.
    """

    method: str
    path: str
    operation_id: str
    summary: str
    access: Access
    run: Callable[[Call[Any], Request[P, Q, B]], Awaitable[Reply]]
    path_params: type[P]
    query: type[Q] | None = None
    body: type[B] | None = None
    replies: Mapping[int, object]
    problems: tuple[int, ...] = ()
    published: bool = True
    replayable: bool = False
    hot: bool = False
    admin_only: bool = False
    tag: str = ""


AnyOperation = Operation[Any, Any, Any]
"""An operation among others, whose parameter types no longer matter to the reader."""
