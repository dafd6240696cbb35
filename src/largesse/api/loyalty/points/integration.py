"""What is asked about the points of a profile: balances as of any moment, the log, and what is unused.

Staff ask for the first two at paths of their own and get the same answers.
"""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType, structs

from largesse.api.loyalty.points.balances import Totals, chosen, ledgers_at, show_balance
from largesse.api.loyalty.points.lists import log_of, points_of
from largesse.api.loyalty.points.reaching import reach_profile_program
from largesse.api.loyalty.points.wire import (
    BalancesQuery,
    BalancesReply,
    CustomerPath,
    LogQuery,
    PointsEntry,
    PointsQuery,
    ProjectedTier,
    TieredBalance,
    TransactionLogEntry,
    show_log_entry,
    show_points,
)
from largesse.api.models.loyalty import show_tier
from largesse.engine.loyalty.ledgers import Ledger, balances
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import standing
from largesse.engine.money import EXACT
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import OpenPage, open_page


async def get_loyalty_balances(call: Call[object], request: Request[CustomerPath, BalancesQuery, None]) -> Reply:
    """What the ledgers of a profile come to now, or came or will come to at another moment."""
    path, query = request.path, request.query
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    at = query.end_date or call.now
    found = await ledgers_at(call, program.id, path.integration_id, at)
    main, others = chosen(found, None if query.subledger_id is None else [query.subledger_id])
    return ok(
        BalancesReply(
            balance=UNSET if main is None else _show(program, main, query, at),
            subledger_balances={name: _show(program, each, query, at) for name, each in others.items()},
        )
    )


async def get_loyalty_program_profile_transactions(
    call: Call[object], request: Request[CustomerPath, LogQuery[str], None]
) -> Reply:
    """The log of a profile in a program, the latest entry first."""
    path, query = request.path, request.query
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    wanted = None if query.subledger_id is None else [query.subledger_id]
    found = await log_of(call, program.id, path.integration_id, query, wanted)
    return ok(open_page([show_log_entry(each) for each in found], query.page_size))


async def get_loyalty_program_profile_points(
    call: Call[object], request: Request[CustomerPath, PointsQuery, None]
) -> Reply:
    """The unused points of a profile in a program, award by award."""
    path, query = request.path, request.query
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    found = await points_of(call, program.id, path.integration_id, query)
    return ok(open_page([show_points(each) for each in found], query.page_size))


def _show(program: LoyaltyProgram, totals: Totals, query: BalancesQuery, at: datetime) -> TieredBalance:
    shown = show_balance(totals, at)
    if not (query.include_tiers or query.include_projected_tier):
        return shown
    place = standing(program, totals.ledger, at)
    return structs.replace(
        shown,
        current_tier=show_tier(program, place) if query.include_tiers else UNSET,
        projected_tier=_projected(program, totals.ledger, at) if query.include_projected_tier else UNSET,
        points_to_next_tier=_known(place.points_to_next) if query.include_tiers else UNSET,
        next_tier_name=UNSET if place.next_tier is None or not query.include_tiers else place.next_tier.name,
    )


def _projected(program: LoyaltyProgram, ledger: Ledger, at: datetime) -> ProjectedTier | UnsetType:
    """Where the tier goes when it expires, if nothing happens until then."""
    place = standing(program, ledger, at)
    if place.tier is None or place.expiry is None:
        return UNSET
    then = balances(ledger, place.expiry).active
    after = standing(program, ledger, place.expiry).tier
    is_lowered = after is None or after.points_min < place.tier.points_min
    return ProjectedTier(
        projected_active_points=then,
        stay_in_tier_points=EXACT.subtract(place.tier.points_min, then) if is_lowered else UNSET,
        projected_tier_name=UNSET if after is None else after.name,
    )


def _known(points: Decimal | None) -> Decimal | UnsetType:
    return UNSET if points is None else points


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/balances",
        operation_id="getLoyaltyBalances",
        summary="What the points of a profile come to, as of any moment",
        access=Access.INTEGRATION,
        run=get_loyalty_balances,
        path_params=CustomerPath,
        query=BalancesQuery,
        replies={200: BalancesReply},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/transactions",
        operation_id="getLoyaltyProgramProfileTransactions",
        summary="The log of a profile's points",
        access=Access.INTEGRATION,
        run=get_loyalty_program_profile_transactions,
        path_params=CustomerPath,
        query=LogQuery[str],
        replies={200: OpenPage[TransactionLogEntry]},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/points",
        operation_id="getLoyaltyProgramProfilePoints",
        summary="The unused points of a profile",
        access=Access.INTEGRATION,
        run=get_loyalty_program_profile_points,
        path_params=CustomerPath,
        query=PointsQuery,
        replies={200: OpenPage[PointsEntry]},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/ledger_balances",
        operation_id="getLoyaltyLedgerBalances",
        summary="What the points of a profile come to, as of any moment, for staff",
        access=Access.MANAGEMENT,
        run=get_loyalty_balances,
        path_params=CustomerPath,
        query=BalancesQuery,
        replies={200: BalancesReply},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/ledger_transactions",
        operation_id="getLoyaltyProgramProfileLedgerTransactions",
        summary="The log of a profile's points, for staff",
        access=Access.MANAGEMENT,
        run=get_loyalty_program_profile_transactions,
        path_params=CustomerPath,
        query=LogQuery[str],
        replies={200: OpenPage[TransactionLogEntry]},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
)
