"""From a path to the pool that it names, and what giveaways may carry."""

from largesse.api.rewards.giveaways.wire import PoolPath
from largesse.engine.attributes import AttributeDefinitions
from largesse.plumbing.context import Call
from largesse.plumbing.problems import NotFound
from largesse.storage.attributes import attribute_definitions
from largesse.storage.rewards.giveaways import StoredPool, find_pool


async def reach_pool(call: Call[object], path: PoolPath) -> StoredPool:
    """The account's pool with the id in the path. Raises `NotFound`."""
    return found(await find_pool(call.db, call.caller.account_id, path.pool_id))


def found(pool: StoredPool | None) -> StoredPool:
    """The pool, if there is one. Raises `NotFound`."""
    if pool is None:
        raise NotFound("There is no such pool of giveaways")
    return pool


async def definitions_of(call: Call[object]) -> AttributeDefinitions:
    """The attributes of giveaways that all Applications may use: a pool is for several of them."""
    return AttributeDefinitions(await attribute_definitions(call.db, call.caller.account_id, "Giveaway"), 0)
