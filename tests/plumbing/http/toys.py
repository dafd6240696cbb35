"""A toy table of operations for tests of the HTTP door: notes in an account, and carts of a shop.

The operations do as little as they can; what is tested is the line every request walks around them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal

import httpx
from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.plumbing.context import Call, Caller
from largesse.plumbing.database import Database, Query
from largesse.plumbing.http.auth import Scheme
from largesse.plumbing.http.codec import EXTENSION, Omittable
from largesse.plumbing.http.dispatch import build_app
from largesse.plumbing.http.idempotency import Replies
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, no_content, ok
from largesse.plumbing.http.paging import OpenPage, Paging, open_page
from largesse.plumbing.http.published import PublishedOperation
from largesse.plumbing.telemetry import Telemetry
from largesse.storage.requests.idempotency import find_reply, keep_reply

NOW = datetime(2030, 1, 31, 12, 0, tzinfo=UTC)

SHOP_KEY = "a" * 64
STAFF_KEY = "b" * 64
NARROW_KEY = "c" * 64
TOKEN = "d" * 64


class CartPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one cart."""

    cart_id: str


class NotePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one note of an Application."""

    application_id: int
    note_id: int


class Line(Struct, frozen=True, kw_only=True, rename="camel"):
    """One line of a cart."""

    sku: Annotated[str, Meta(min_length=1, max_length=10)]
    quantity: Annotated[int, Meta(ge=1)]
    price: Omittable[Decimal] = UNSET
    attributes: Omittable[dict[str, object]] = UNSET


class Cost(Struct, frozen=True, kw_only=True, rename="camel"):
    """An additional cost."""

    price: Decimal


class Cart(Struct, frozen=True, kw_only=True, rename="camel"):
    """A cart, in and out."""

    state: Literal["open", "closed"] = "open"
    cart_items: list[Line]
    additional_costs: dict[str, Cost] | UnsetType = UNSET
    codes: Omittable[Annotated[list[str], Meta(max_length=2)]] = UNSET
    closed_at: Omittable[datetime] = UNSET
    note: Annotated[Omittable[str], EXTENSION] = UNSET


class CartQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """How a cart is evaluated."""

    dry: bool = False
    now: datetime | None = None


class Note(Struct, frozen=True, kw_only=True, rename="camel"):
    """A note, which says who asked."""

    id: int
    application_id: int
    asked_by: str


async def put_cart(call: Call[object], request: Request[CartPath, CartQuery, Cart]) -> Reply:
    """Sends the cart back as it was understood."""
    return ok(request.body)


async def get_note(call: Call[object], request: Request[NotePath, None, None]) -> Reply:
    """A note with the ids of its path."""
    note_id, application_id = request.path.note_id, request.path.application_id
    return ok(Note(id=note_id, application_id=application_id, asked_by=call.caller.kind))


async def list_notes(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """As many notes as asked for."""
    notes = [Note(id=number, application_id=1, asked_by="") for number in range(request.query.page_size + 1)]
    return ok(open_page(notes, request.query.page_size))


async def drop_notes(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
    """Forgets all notes, of which there are none."""
    return no_content()


async def say_hello(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
    """Asks the database for a number."""
    return ok({"number": await call.db.value(Query("six_times_seven", "SELECT 6 * 7"))})


PUT_CART = Operation(
    method="PUT",
    path="/v2/carts/{cartId}",
    operation_id="putCart",
    summary="Store a cart",
    access=Access.INTEGRATION,
    run=put_cart,
    path_params=CartPath,
    query=CartQuery,
    body=Cart,
    replies={200: Cart},
    problems=(400, 401),
    hot=True,
    tag="Carts",
)
GET_NOTE = Operation(
    method="GET",
    path="/v1/applications/{applicationId}/notes/{noteId}",
    operation_id="getNote",
    summary="One note",
    access=Access.MANAGEMENT,
    run=get_note,
    path_params=NotePath,
    replies={200: Note},
    problems=(401, 403, 404),
)
LIST_NOTES = Operation(
    method="GET",
    path="/v1/notes",
    operation_id="listNotes",
    summary="All notes",
    access=Access.MANAGEMENT,
    run=list_notes,
    path_params=NoPath,
    query=Paging,
    replies={200: OpenPage[Note]},
)
DROP_NOTES = Operation(
    method="DELETE",
    path="/v1/notes",
    operation_id="dropNotes",
    summary="Forget all notes",
    access=Access.MANAGEMENT,
    run=drop_notes,
    path_params=NoPath,
    replies={204: None},
    published=False,
    admin_only=True,
)
SAY_HELLO = Operation(
    method="GET",
    path="/v1/hello",
    operation_id="sayHello",
    summary="A number from the database",
    access=Access.PUBLIC,
    run=say_hello,
    path_params=NoPath,
    replies={200: dict[str, int]},
)

OPERATIONS: tuple[AnyOperation, ...] = (PUT_CART, GET_NOTE, LIST_NOTES, DROP_NOTES, SAY_HELLO)

UNBUILT = PublishedOperation(api="management", method="GET", path="/v1/notes/{id}", operation_id="getOldNote", tag="")

CALLERS: dict[tuple[Scheme, str], Caller] = {
    ("ApiKey-v1", SHOP_KEY): Caller(kind="application", account_id=1, application_id=7),
    ("ManagementKey-v1", STAFF_KEY): Caller(kind="management_key", account_id=1, is_admin=True),
    ("ManagementKey-v1", NARROW_KEY): Caller(
        kind="management_key",
        account_id=1,
        endpoints=("/v1/applications/{anyName}/notes/{noteId}",),
        allowed_application_ids=(7,),
    ),
    ("Bearer", TOKEN): Caller(kind="user", account_id=1, user_id=3),
}


class KeyRing:
    """An authenticator that knows a few callers, and counts how often it is asked."""

    def __init__(self, callers: dict[tuple[Scheme, str], Caller] | None = None) -> None:
        self.callers = CALLERS if callers is None else callers
        self.asked = 0

    async def find_caller(self, scheme: Scheme, secret: str, now: datetime) -> Caller | None:
        """The caller with this secret."""
        self.asked += 1
        return self.callers.get((scheme, secret))


def client_of(
    database: Database,
    *operations: AnyOperation,
    key_ring: KeyRing | None = None,
    lines: list[bytes] | None = None,
    now: datetime = NOW,
    published: Sequence[PublishedOperation] = (UNBUILT,),
) -> httpx.AsyncClient:
    """A client of an application with the toy operations and `operations`; its log lines go to `lines`."""
    app = build_app(
        [*OPERATIONS, *operations],
        database=database,
        resources="the resources",
        authenticator=key_ring or KeyRing(),
        replies=Replies(find_reply, keep_reply),
        telemetry=Telemetry((lines if lines is not None else []).append),
        published=published,
        clock=lambda: now,
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test")


def shop(key: str = SHOP_KEY) -> dict[str, str]:
    """The header of a shop's request."""
    return {"Authorization": f"ApiKey-v1 {key}"}


def staff(key: str = STAFF_KEY) -> dict[str, str]:
    """The header of a management key's request."""
    return {"Authorization": f"ManagementKey-v1 {key}"}
