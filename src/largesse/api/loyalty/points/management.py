"""What staff do with the points of a profile: look at them, add some, take some."""

from largesse.api.loyalty.points.by_hand import add_points, deduct_points
from largesse.api.loyalty.points.reaching import reach_profile_program
from largesse.api.loyalty.points.wire import (
    AddLoyaltyPoints,
    DeductLoyaltyPoints,
    FullLedger,
    OwnerPath,
    SubLedger,
    show_entry,
    show_sub_ledger,
)
from largesse.api.models.loyalty import show_tier
from largesse.engine.loyalty.ledgers import NO_POINTS, LedgerKey, balances
from largesse.engine.loyalty.tiers import standing
from largesse.engine.money import ZERO
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content, ok
from largesse.storage.loyalty.ledgers import (
    PointsSums,
    TransactionFilter,
    list_transactions,
    points_sums,
    read_ledgers,
)

# The deprecated answer has no pages: who wants more of the log asks the shop's operation for it.
TRANSACTIONS_SHOWN_MAX = 1_000
NOTHING = PointsSums(ZERO, ZERO, ZERO)


async def get_loyalty_points(call: Call[object], request: Request[OwnerPath, None, None]) -> Reply:
    """All ledgers of a profile in a program, each with its log."""
    path, account_id = request.path, call.caller.account_id
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    owner = path.integration_id
    found = await read_ledgers(call.db, account_id, [program.id], [owner], call.now)
    sums = await points_sums(call.db, account_id, program.id, owner, call.now)
    wanted = TransactionFilter(owner=owner)
    log = await list_transactions(
        call.db, account_id, program.id, wanted, now=call.now, rows_max=TRANSACTIONS_SHOWN_MAX, skip=0
    )

    def show(subledger_id: str) -> SubLedger:
        ledger = found.get(LedgerKey(program.id, owner, subledger_id), NO_POINTS)
        entries = [show_entry(each) for each in log if each.key.subledger_id == subledger_id]
        tier = show_tier(program, standing(program, ledger, call.now))
        return show_sub_ledger(balances(ledger, call.now), sums.get(subledger_id, NOTHING), entries, tier)

    others = sorted({*sums, *(key.subledger_id for key in found)} - {""})
    return ok(FullLedger(ledger=show(""), sub_ledgers={name: show(name) for name in others}))


async def add_loyalty_points(call: Call[object], request: Request[OwnerPath, None, AddLoyaltyPoints]) -> Reply:
    """Add points to a profile, from when until when the body or the program says."""
    path = request.path
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    await add_points(call, program, path.integration_id, request.body)
    return no_content()


async def remove_loyalty_points(call: Call[object], request: Request[OwnerPath, None, DeductLoyaltyPoints]) -> Reply:
    """Take active points from a profile."""
    path = request.path
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    await deduct_points(call, program, path.integration_id, request.body)
    return no_content()


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}",
        operation_id="getLoyaltyPoints",
        summary="All ledgers of a profile in a loyalty program",
        access=Access.MANAGEMENT,
        run=get_loyalty_points,
        path_params=OwnerPath,
        replies={200: FullLedger},
        problems=(404,),
        tag="Loyalty",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/add_points",
        operation_id="addLoyaltyPoints",
        summary="Add points to a profile",
        access=Access.MANAGEMENT,
        run=add_loyalty_points,
        path_params=OwnerPath,
        body=AddLoyaltyPoints,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/deduct_points",
        operation_id="removeLoyaltyPoints",
        summary="Take active points from a profile",
        access=Access.MANAGEMENT,
        run=remove_loyalty_points,
        path_params=OwnerPath,
        body=DeductLoyaltyPoints,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
)
