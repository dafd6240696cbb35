"""What staff do with types of prices: create, list and change them."""

from datetime import datetime

from msgspec import UNSET, Struct

from largesse.api.models.attribute import Name
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import unknown_catalogs
from largesse.engine.refusals import INVALID_VALUE, UNKNOWN
from largesse.engine.shopping.catalogs import BASE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.operation import Access, AnyOperation, NoPath, Operation, Reply, Request, created, ok
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import Duplicate, NotFound, at_pointer
from largesse.storage.shopping import price_types
from largesse.storage.shopping.price_types import (
    PriceTypeSettings,
    PriceTypeTaken,
    StoredPriceType,
    existing_audiences,
)

SORTABLE = ("id", "name")


class PriceTypePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One type of prices."""

    price_type_id: int


class NewPriceType(Struct, frozen=True, kw_only=True, rename="camel"):
    """A type of prices to create, or all that may change about one: its name stays [SDK NewPriceType]."""

    name: Name
    title: str
    description: Omittable[str] = UNSET
    targeted_audiences_ids: Omittable[list[int]] = UNSET
    subscribed_catalogs_ids: Omittable[list[int]] = UNSET


class PriceType(Struct, frozen=True, kw_only=True, rename="camel"):
    """A type of prices [SDK PriceType]."""

    id: int
    created: datetime
    account_id: int
    name: str
    title: str
    description: str
    modified: datetime
    subscribed_catalogs_ids: list[int]
    targeted_audiences_ids: list[int]


async def create_price_type(call: Call[object], request: Request[NoPath, None, NewPriceType]) -> Reply:
    """A new type of prices; its name is unique in the account, and not that of the base price."""
    settings, name = await _accept(call, request.body), request.body.name
    try:
        made = await price_types.create_price_type(call.db, call.caller.account_id, name, settings, call.now)
    except PriceTypeTaken:
        details = "There is another price type with this name"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/name"),)) from None
    return created(_show(made))


async def get_price_types(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The account's types of prices."""
    query = request.query
    found = await price_types.list_price_types(
        call.db, call.caller.account_id, sort=sort_of(query, SORTABLE), page_size=query.page_size, skip=query.skip
    )
    return ok(page([_show(each) for each in found.entries], found.total))


async def update_price_type(call: Call[object], request: Request[PriceTypePath, None, NewPriceType]) -> Reply:
    """Everything about a type of prices but its name, anew."""
    settings = await _accept(call, request.body)
    place = (call.caller.account_id, request.path.price_type_id)
    changed = await price_types.update_price_type(call.db, *place, settings, call.now)
    if changed is None:
        raise NotFound("There is no such price type")
    return ok(_show(changed))


async def _accept(call: Call[object], sent: NewPriceType) -> PriceTypeSettings:
    """The settings sent. Raises `Invalid` with all that is wrong with them."""
    catalogs = given(sent.subscribed_catalogs_ids) or []
    audiences = given(sent.targeted_audiences_ids) or []
    errors = await unknown_catalogs(call, catalogs)
    if sent.name == BASE:
        errors.append(at_pointer(INVALID_VALUE, f'"{BASE}" is the price that an item itself has', "/name"))
    known = await existing_audiences(call.db, call.caller.account_id, audiences)
    errors += [
        at_pointer(UNKNOWN, f"There is no audience {audience_id}", f"/targetedAudiencesIds/{index}")
        for index, audience_id in enumerate(audiences)
        if audience_id not in known
    ]
    refuse_if_any(errors)
    return PriceTypeSettings(
        title=sent.title,
        description=given(sent.description) or "",
        targeted_audiences_ids=tuple(audiences),
        subscribed_catalogs_ids=tuple(catalogs),
    )


def _show(price_type: StoredPriceType) -> PriceType:
    settings = price_type.settings
    return PriceType(
        id=price_type.id,
        created=price_type.created,
        account_id=price_type.account_id,
        name=price_type.name,
        title=settings.title,
        description=settings.description,
        modified=price_type.modified,
        subscribed_catalogs_ids=list(settings.subscribed_catalogs_ids),
        targeted_audiences_ids=list(settings.targeted_audiences_ids),
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/price_types",
        operation_id="createPriceType",
        summary="Create a type of prices for catalog items",
        access=Access.MANAGEMENT,
        run=create_price_type,
        path_params=NoPath,
        body=NewPriceType,
        replies={201: PriceType},
        problems=(400, 409),
        published=False,
        tag="Catalogs",
    ),
    Operation(
        method="GET",
        path="/v1/price_types",
        operation_id="getPriceTypes",
        summary="List the types of prices",
        access=Access.MANAGEMENT,
        run=get_price_types,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[PriceType]},
        problems=(400,),
        published=False,
        tag="Catalogs",
    ),
    Operation(
        method="PUT",
        path="/v1/price_types/{priceTypeId}",
        operation_id="updatePriceType",
        summary="Change a type of prices, but for its name",
        access=Access.MANAGEMENT,
        run=update_price_type,
        path_params=PriceTypePath,
        body=NewPriceType,
        replies={200: PriceType},
        problems=(400, 404),
        published=False,
        tag="Catalogs",
    ),
)
