"""What staff do with giveaways: define pools, and fill them with codes."""

from largesse.api.allowed_lists import knowing
from largesse.api.models.rewards.giveaway import Giveaway, show_giveaway
from largesse.api.models.rewards.giveaways_pool import GiveawaysPool, NewGiveawaysPool, show_pool
from largesse.api.refusals import refuse_if_any
from largesse.api.rewards.giveaways.pools import definitions_of, found, reach_pool
from largesse.api.rewards.giveaways.wire import GiveawaysQuery, PoolPath, SentGiveaways, accept_giveaways
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import POINTER, unknown_applications
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import FieldError, NotFound, at_pointer
from largesse.storage.applications import list_applications
from largesse.storage.rewards import giveaways
from largesse.storage.rewards.giveaways import PoolSettings

POOLS_SORTABLE = ("id", "name", "created")
GIVEAWAYS_SORTABLE = ("id", "code")


async def create_pool(call: Call[object], request: Request[NoPath, None, NewGiveawaysPool]) -> Reply:
    """Define a pool for the live or for the sandbox Applications of the account."""
    sent = request.body
    settings = await _accept(call, sent, sent.sandbox)
    user_id = call.caller.user_id or 0
    pool = await giveaways.create_pool(call.db, call.caller.account_id, settings, sent.sandbox, user_id, call.now)
    return created(show_pool(pool))


async def list_pools(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The account's pools."""
    query = request.query
    listed = await giveaways.list_pools(
        call.db,
        call.caller.account_id,
        sort=sort_of(query, POOLS_SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([show_pool(each) for each in listed.entries], listed.total))


async def get_pool(call: Call[object], request: Request[PoolPath, None, None]) -> Reply:
    """One pool."""
    return ok(show_pool(await reach_pool(call, request.path)))


async def update_pool(call: Call[object], request: Request[PoolPath, None, NewGiveawaysPool]) -> Reply:
    """Change a pool; whether it is of the sandbox stays."""
    before = await reach_pool(call, request.path)
    settings = await _accept(call, request.body, before.sandbox)
    user_id = call.caller.user_id or 0
    pool = await giveaways.update_pool(call.db, *_place(call, request.path), settings, user_id, call.now)
    return ok(show_pool(found(pool)))


async def delete_pool(call: Call[object], request: Request[PoolPath, None, None]) -> Reply:
    """Delete a pool with all its giveaways; those awarded are known to the sessions that were given them."""
    if not await giveaways.delete_pool(call.db, *_place(call, request.path)):
        raise NotFound("There is no such pool of giveaways")
    return no_content()


async def add_giveaways(call: Call[object], request: Request[PoolPath, None, SentGiveaways]) -> Reply:
    """Add giveaways to a pool; a code may be added any number of times, and is awarded as often."""
    pool = await reach_pool(call, request.path)
    sent = [given(each.attributes) for each in request.body.giveaways]
    known = await knowing(call, await definitions_of(call), "Giveaway", *sent)
    accepted = accept_giveaways(request.body.giveaways, known)
    added = await giveaways.add_giveaways(call.db, call.caller.account_id, pool.id, accepted, call.now)
    return created(page([show_giveaway(each) for each in added], len(added)))


async def list_giveaways(call: Call[object], request: Request[PoolPath, GiveawaysQuery, None]) -> Reply:
    """The giveaways of a pool, and whose they are."""
    pool = await reach_pool(call, request.path)
    query = request.query
    listed = await giveaways.list_giveaways(
        call.db,
        call.caller.account_id,
        pool.id,
        used=query.used,
        sort=sort_of(query, GIVEAWAYS_SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([show_giveaway(each) for each in listed.entries], listed.total))


async def _accept(call: Call[object], sent: NewGiveawaysPool, sandbox: bool) -> PoolSettings:
    """The settings sent. Raises `Invalid`."""
    errors: list[FieldError] = []
    if sent.sandbox is not sandbox:
        errors.append(at_pointer(INVALID_VALUE, "sandbox cannot be changed", "/sandbox"))
    application_ids = given(sent.subscribed_applications_ids) or []
    errors += await unknown_applications(call, application_ids) or await _of_other_kind(call, application_ids, sandbox)
    refuse_if_any(errors)
    return PoolSettings(
        name=sent.name,
        description=given(sent.description) or "",
        subscribed_applications_ids=tuple(application_ids),
    )


async def _of_other_kind(call: Call[object], ids: list[int], sandbox: bool) -> list[FieldError]:
    """What is wrong with Applications that exist: live ones have live pools, those of the sandbox have its own."""
    if not ids:
        return []
    known = await list_applications(call.db, call.caller.account_id, ids=ids, page_size=len(ids))
    others = {application.id for application in known.entries if application.settings.sandbox is not sandbox}
    details = "A pool and its Applications must all be live or all of the sandbox"
    return [
        at_pointer(INVALID_VALUE, details, f"{POINTER}/{index}") for index, each in enumerate(ids) if each in others
    ]


def _place(call: Call[object], path: PoolPath) -> tuple[int, int]:
    return (call.caller.account_id, path.pool_id)


POOLS = "/v1/giveaways/pools"

OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path=POOLS,
        operation_id="createGiveawaysPool",
        summary="Define a pool of giveaways",
        access=Access.MANAGEMENT,
        run=create_pool,
        path_params=NoPath,
        body=NewGiveawaysPool,
        replies={201: GiveawaysPool},
        problems=(400,),
        published=False,
        tag="Giveaways",
    ),
    Operation(
        method="GET",
        path=POOLS,
        operation_id="listGiveawaysPools",
        summary="List pools of giveaways",
        access=Access.MANAGEMENT,
        run=list_pools,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[GiveawaysPool]},
        problems=(400,),
        published=False,
        tag="Giveaways",
    ),
    Operation(
        method="GET",
        path=f"{POOLS}/{{poolId}}",
        operation_id="getGiveawaysPool",
        summary="Read a pool of giveaways",
        access=Access.MANAGEMENT,
        run=get_pool,
        path_params=PoolPath,
        replies={200: GiveawaysPool},
        problems=(404,),
        published=False,
        tag="Giveaways",
    ),
    Operation(
        method="PUT",
        path=f"{POOLS}/{{poolId}}",
        operation_id="updateGiveawaysPool",
        summary="Change a pool of giveaways",
        access=Access.MANAGEMENT,
        run=update_pool,
        path_params=PoolPath,
        body=NewGiveawaysPool,
        replies={200: GiveawaysPool},
        problems=(400, 404),
        published=False,
        tag="Giveaways",
    ),
    Operation(
        method="DELETE",
        path=f"{POOLS}/{{poolId}}",
        operation_id="deleteGiveawaysPool",
        summary="Delete a pool with all its giveaways",
        access=Access.MANAGEMENT,
        run=delete_pool,
        path_params=PoolPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Giveaways",
    ),
    Operation(
        method="POST",
        path=f"{POOLS}/{{poolId}}/giveaways",
        operation_id="addGiveaways",
        summary="Add giveaways to a pool",
        access=Access.MANAGEMENT,
        run=add_giveaways,
        path_params=PoolPath,
        body=SentGiveaways,
        replies={201: Page[Giveaway]},
        problems=(400, 404),
        published=False,
        tag="Giveaways",
    ),
    Operation(
        method="GET",
        path=f"{POOLS}/{{poolId}}/giveaways",
        operation_id="listGiveaways",
        summary="List the giveaways of a pool",
        access=Access.MANAGEMENT,
        run=list_giveaways,
        path_params=PoolPath,
        query=GiveawaysQuery,
        replies={200: Page[Giveaway]},
        problems=(400, 404),
        published=False,
        tag="Giveaways",
    ),
)
