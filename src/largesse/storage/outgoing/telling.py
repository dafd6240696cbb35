"""Telling others of changes: around operations that may change an Application's evaluation tree."""

import functools
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from largesse.engine.outgoing.notifications.evaluation_trees import CHANGE_TYPE, Tree, told_tree, tree_changed
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Reply, Request
from largesse.storage.evaluation_groups import StoredTree, find_tree
from largesse.storage.outgoing.notifications import is_told, tell

B = TypeVar("B")
Q = TypeVar("Q")


class OfApplication(Protocol):
    """The path of something that belongs to an Application."""

    @property
    def application_id(self) -> int:
        """The Application."""
        ...


P = TypeVar("P", bound=OfApplication)


def telling_tree(
    run: Callable[[Call[object], Request[P, Q, B]], Awaitable[Reply]],
) -> Callable[[Call[object], Request[P, Q, B]], Awaitable[Reply]]:
    """An operation after which everybody who wants to know is told what has become of the evaluation tree.

    Where nobody does, it costs one look.
    """

    @functools.wraps(run)
    async def run_and_tell(call: Call[object], request: Request[P, Q, B]) -> Reply:
        account_id, application_id = call.caller.account_id, request.path.application_id
        if not await is_told(call.db, account_id, application_id, "campaign"):
            return await run(call, request)
        before = await find_tree(call.db, account_id, application_id)
        reply = await run(call, request)
        after = await find_tree(call.db, account_id, application_id)
        if before is not None and after is not None and before.version != after.version:
            payload = tree_changed(_told(before, application_id), _told(after, application_id))
            await tell(call.db, account_id, application_id, "campaign", CHANGE_TYPE, payload, call.now)
        return reply

    return run_and_tell


def _told(stored: StoredTree, application_id: int) -> Tree:
    return told_tree(stored.tree, application_id, stored.id, stored.version, stored.updated_by)
