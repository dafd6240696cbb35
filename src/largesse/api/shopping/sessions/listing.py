"""What staff see of the sessions of an Application: lists with filters, and one by its id."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.models.cart import CartItem, show_item
from largesse.api.models.session import StoreId
from largesse.api.reach import reach_scope
from largesse.api.shopping.sessions.management import SessionIdPath
from largesse.engine.attributes import JSON
from largesse.engine.money import ZERO, total
from largesse.engine.shopping.sessions import SessionState
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import Paging, ordering
from largesse.plumbing.problems import NotFound
from largesse.storage.shopping.session_lists import (
    SORTABLE,
    ListedSession,
    SessionFilter,
    SessionTexts,
    list_sessions,
)

# Published: a shorter text is compared whole even where parts of fields are searched.
PARTIAL_CHARACTERS_MIN = 3


class SessionsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of the sessions of an Application."""

    application_id: int


class SessionsQuery(Paging, frozen=True, kw_only=True, rename="camel"):
    """Which sessions are wanted; `partial_match` searches inside the texts, in any case [MA getApplicationSessions]."""

    partial_match: bool = False
    profile: str | None = None
    state: SessionState | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    coupon: str | None = None
    referral: str | None = None
    integration_id: str | None = None
    store_integration_id: str | None = None


class ApplicationSession(Struct, frozen=True, kw_only=True, rename="camel"):
    """A session as staff see it [MA ApplicationSession].

    `profile_id` is the id of ours. `coupon` holds all codes, with commas between them. `discounts` belongs to an older
    contract and is always empty. `total_discounts` is 0 wherever several sessions are shown.
    """

    id: int
    created: datetime
    integration_id: Annotated[str, Meta(max_length=1000, extra_json_schema={"format": "string"})]
    store_integration_id: StoreId | UnsetType = UNSET
    application_id: int
    profile_id: int | UnsetType = UNSET
    profile_integration_id: Annotated[str, Meta(max_length=1000)] | UnsetType = field(
        default=UNSET, name="profileintegrationid"
    )
    coupon: str
    referral: str
    state: SessionState
    cart_items: list[CartItem]
    discounts: dict[str, Decimal]
    total_discounts: Decimal
    total: Decimal
    attributes: dict[str, JSON] | UnsetType = UNSET


class SessionPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of sessions; it always says whether another follows."""

    has_more: bool | UnsetType = UNSET
    data: list[ApplicationSession]


async def get_application_sessions(call: Call[object], request: Request[SessionsPath, SessionsQuery, None]) -> Reply:
    """A page of an Application's sessions, in the order of their creation unless said otherwise."""
    scope, query = await reach_scope(call, request.path.application_id), request.query
    by, is_descending = ordering(query, SORTABLE, default="id")
    equal, holding = _texts(query, partial=False), _texts(query, partial=True)
    wanted = SessionFilter(
        state=query.state,
        created_before=query.created_before,
        created_after=query.created_after,
        equal=equal,
        holding=holding,
    )
    found = await list_sessions(
        call.db, scope, wanted, by=by, is_descending=is_descending, rows_max=query.page_size + 1, skip=query.skip
    )
    page = found[: query.page_size]
    shown = [_show(each, ZERO if len(page) > 1 else _total_discounts(each)) for each in page]
    return ok(SessionPage(has_more=len(found) > query.page_size, data=shown))


async def get_application_session(call: Call[object], request: Request[SessionIdPath, None, None]) -> Reply:
    """One session, with the sum of the discounts it has."""
    scope = await reach_scope(call, request.path.application_id)
    wanted = SessionFilter(id=request.path.session_id)
    found = await list_sessions(call.db, scope, wanted, by=SORTABLE["id"], is_descending=False, rows_max=1, skip=0)
    if not found:
        raise NotFound("There is no such session")
    return ok(_show(found[0], _total_discounts(found[0])))


def _texts(query: SessionsQuery, *, partial: bool) -> SessionTexts:
    """The texts of a query that are compared in part, or those that are compared whole."""

    def chosen(text: str | None) -> str | None:
        is_partial = query.partial_match and len(text or "") >= PARTIAL_CHARACTERS_MIN
        return text or None if is_partial == partial else None

    return SessionTexts(
        integration_id=chosen(query.integration_id),
        profile=chosen(query.profile),
        coupon=chosen(query.coupon),
        referral=chosen(query.referral),
        store_integration_id=chosen(query.store_integration_id),
    )


def _total_discounts(listed: ListedSession) -> Decimal:
    return total([effect.props.discount() for effect in listed.stored.effects])


def _show(listed: ListedSession, discounts: Decimal) -> ApplicationSession:
    session = listed.stored.session
    return ApplicationSession(
        id=session.id,
        created=session.created,
        integration_id=session.integration_id,
        store_integration_id=session.store_integration_id or UNSET,
        application_id=session.application_id,
        profile_id=UNSET if listed.profile_id is None else listed.profile_id,
        profile_integration_id=session.profile_id or UNSET,
        coupon=",".join(session.coupon_codes),
        referral=session.referral_code,
        state=session.state,
        cart_items=[show_item(item, position) for position, item in enumerate(session.cart_items)],
        discounts={},
        total_discounts=discounts,
        total=session.totals.total,
        attributes=session.attributes,
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/sessions",
        operation_id="getApplicationSessions",
        summary="List the sessions of an Application",
        access=Access.MANAGEMENT,
        run=get_application_sessions,
        path_params=SessionsPath,
        query=SessionsQuery,
        replies={200: SessionPage},
        problems=(400, 404),
        tag="Customer data",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/sessions/{sessionId}",
        operation_id="getApplicationSession",
        summary="Get a session of an Application",
        access=Access.MANAGEMENT,
        run=get_application_session,
        path_params=SessionIdPath,
        replies={200: ApplicationSession},
        problems=(404,),
        tag="Customer data",
    ),
)
