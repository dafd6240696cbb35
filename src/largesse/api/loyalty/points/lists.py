"""Lists of what lies in the ledgers of an owner: the log, and what is unused."""

from collections.abc import Sequence
from typing import Any

from largesse.api.loyalty.points.wire import LogQuery, PointsQuery
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.paging import order_of
from largesse.plumbing.problems import Invalid, at_parameter
from largesse.storage.loyalty.ledgers import StoredTransaction, TransactionFilter, list_transactions
from largesse.storage.loyalty.unused import PointsFilter, StoredPoints, list_unused

SORTABLE = {"startDate": "startDate", "expiryDate": "expiryDate"}


async def log_of(
    call: Call[object], program_id: int, owner: str, query: LogQuery[Any], subledger_ids: Sequence[str] | None
) -> list[StoredTransaction]:
    """A page of an owner's log and one entry more, the latest entry first; None asks for all ledgers."""
    if query.awaits_activation is False:
        raise Invalid(errors=[at_parameter(INVALID_VALUE, "awaitsActivation can only be true", "awaitsActivation")])
    wanted = TransactionFilter(
        owner=owner,
        subledger_ids=subledger_ids,
        session_ids=query.customer_session_ids,
        transaction_uuids=query.transaction_uuids,
        kind=query.loyalty_transaction_type,
        start=query.start_date,
        end=query.end_date,
        awaits_activation=bool(query.awaits_activation),
    )
    return await list_transactions(
        call.db,
        call.caller.account_id,
        program_id,
        wanted,
        now=call.now,
        rows_max=query.page_size + 1,
        skip=query.skip,
    )


async def points_of(call: Call[object], program_id: int, owner: str, query: PointsQuery) -> list[StoredPoints]:
    """A page of an owner's unused points and one award more, by when they start unless another order is asked for."""
    wanted = PointsFilter(
        status=query.status,
        subledger_ids=query.subledger_id,
        session_ids=query.customer_session_ids,
        transaction_uuids=query.transaction_uuids,
    )
    order = order_of(query.sort, SORTABLE, default="startDate")
    return await list_unused(
        call.db,
        call.caller.account_id,
        program_id,
        owner,
        wanted,
        now=call.now,
        sort=f"-{order.by}" if order.is_descending else order.by,
        rows_max=query.page_size + 1,
        skip=query.skip,
    )
