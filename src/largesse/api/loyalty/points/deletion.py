"""Shops have the points of a customer forgotten, with all that happened to them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.loyalty.points.reaching import reach_profile_program
from largesse.api.loyalty.points.wire import CustomerPath
from largesse.engine.refusals import REQUIRED
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content
from largesse.plumbing.problems import Invalid, at_pointer
from largesse.storage.loyalty.ledgers import delete_transactions

# That it can be null is published.
SubledgerIds = Annotated[list[str] | None, Meta(extra_json_schema={"type": ["array", "null"]})]


class DeleteLoyaltyTransactions(Struct, frozen=True, kw_only=True, rename="camel"):
    """Of which ledgers; "" is the main one [IA DeleteLoyaltyTransactionsRequest]."""

    scope: Literal["AllSubledgers", "SelectedSubledgers"]
    subledger_ids: SubledgerIds | UnsetType = UNSET


async def delete_loyalty_transactions_from_ledgers(
    call: Call[object], request: Request[CustomerPath, None, DeleteLoyaltyTransactions]
) -> Reply:
    """Delete the transactions of a customer: their points are gone, and so are what is owed and the tiers held."""
    path, sent = request.path, request.body
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    chosen = given(sent.subledger_ids) if sent.scope == "SelectedSubledgers" else None
    if sent.scope == "SelectedSubledgers" and not chosen:
        raise Invalid(errors=(at_pointer(REQUIRED, "the ledgers must be given", "/subledgerIds"),))
    await delete_transactions(call.db, call.caller.account_id, program.id, path.integration_id, chosen)
    return no_content()


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/delete_transactions",
        operation_id="deleteLoyaltyTransactionsFromLedgers",
        summary="Delete what happened in the ledgers of a profile",
        access=Access.INTEGRATION,
        run=delete_loyalty_transactions_from_ledgers,
        path_params=CustomerPath,
        body=DeleteLoyaltyTransactions,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
)
