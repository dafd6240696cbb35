"""What shops ask about the points of a profile: balances as of any moment, and the log."""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType

from largesse.api.loyalty.points.reaching import reach_profile_program
from largesse.api.loyalty.points.wire import (
    Balance,
    BalancesQuery,
    BalancesReply,
    CustomerPath,
    ProjectedTier,
    TransactionLogEntry,
    TransactionsQuery,
    show_log_entry,
)
from largesse.api.models.loyalty import show_tier
from largesse.engine.loyalty.history import Entry, replay
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, balances
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import standing
from largesse.engine.money import EXACT, ZERO, total
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import OpenPage, open_page
from largesse.plumbing.problems import Invalid, at_parameter
from largesse.storage.loyalty.ledgers import (
    StoredTransaction,
    TransactionFilter,
    list_transactions,
    points_sums,
    read_ledgers,
)

# A log that is played again to look at the past; of a longer one the latest entries are played.
ENTRIES_PLAYED_MAX = 100_000


class _Totals(Struct, frozen=True):
    """A ledger as of a moment, what was spent from it, and what of it is lost."""

    ledger: Ledger = NO_POINTS
    spent: Decimal = ZERO
    expired: Decimal = ZERO


async def get_loyalty_balances(call: Call[object], request: Request[CustomerPath, BalancesQuery, None]) -> Reply:
    """What the ledgers of a profile come to now, or came or will come to at another moment."""
    path, query = request.path, request.query
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    at = query.end_date or call.now
    find = _past if at < call.now else _coming
    found = await find(call, program.id, path.integration_id, at)
    wanted = sorted(found) if query.subledger_id is None else [query.subledger_id]
    shown = {name: _show(program, found.get(name, _Totals()), query, at) for name in {"", *wanted}}
    main = shown.pop("")
    is_main_wanted = query.subledger_id in (None, "")
    return ok(BalancesReply(balance=main if is_main_wanted else UNSET, subledger_balances=shown))


async def get_loyalty_program_profile_transactions(
    call: Call[object], request: Request[CustomerPath, TransactionsQuery, None]
) -> Reply:
    """The log of a profile in a program, the latest entry first."""
    path, query = request.path, request.query
    if query.awaits_activation is False:
        raise Invalid(errors=[at_parameter(INVALID_VALUE, "awaitsActivation can only be true", "awaitsActivation")])
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    wanted = TransactionFilter(
        owner=path.integration_id,
        subledger_id=query.subledger_id,
        session_ids=query.customer_session_ids,
        transaction_uuids=query.transaction_uuids,
        kind=query.loyalty_transaction_type,
        start=query.start_date,
        end=query.end_date,
        awaits_activation=bool(query.awaits_activation),
    )
    found = await list_transactions(
        call.db,
        call.caller.account_id,
        program.id,
        wanted,
        now=call.now,
        rows_max=query.page_size + 1,
        skip=query.skip,
    )
    return ok(open_page([show_log_entry(each) for each in found], query.page_size))


async def _coming(call: Call[object], program_id: int, owner: str, at: datetime) -> dict[str, _Totals]:
    """The ledgers as they are now, and will be if nothing happens."""
    account_id = call.caller.account_id
    ledgers = await read_ledgers(call.db, account_id, [program_id], [owner], call.now)
    sums = await points_sums(call.db, account_id, program_id, owner, at)
    found = {key.subledger_id: _Totals(ledger) for key, ledger in ledgers.items()}
    for name, each in sums.items():
        found[name] = _Totals(found.get(name, _Totals()).ledger, each.spent, each.expired)
    return found


async def _past(call: Call[object], program_id: int, owner: str, at: datetime) -> dict[str, _Totals]:
    """The ledgers as their log says they were."""
    wanted = TransactionFilter(owner=owner, end=at)
    log = await list_transactions(
        call.db, call.caller.account_id, program_id, wanted, now=call.now, rows_max=ENTRIES_PLAYED_MAX, skip=0
    )
    found: dict[str, _Totals] = {}
    for name in {each.key.subledger_id for each in log}:
        entries = [_entry_of(each) for each in reversed(log) if each.key.subledger_id == name]
        ledger = replay(entries)
        spent = total([entry.amount for entry in entries if entry.type == "subtraction"])
        found[name] = _Totals(ledger, spent, balances(ledger, at).expired)
    return found


def _entry_of(stored: StoredTransaction) -> Entry:
    return Entry(stored.type, stored.transaction_uuid, stored.amount, stored.created, stored.start, stored.expiry)


def _show(program: LoyaltyProgram, totals: _Totals, query: BalancesQuery, at: datetime) -> Balance:
    found = balances(totals.ledger, at)
    shown = Balance(
        active_points=found.active,
        pending_points=found.pending,
        spent_points=totals.spent,
        expired_points=totals.expired,
        negative_points=found.negative,
    )
    if not (query.include_tiers or query.include_projected_tier):
        return shown
    place = standing(program, totals.ledger, at)
    return Balance(
        active_points=shown.active_points,
        pending_points=shown.pending_points,
        spent_points=shown.spent_points,
        expired_points=shown.expired_points,
        negative_points=shown.negative_points,
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
        query=TransactionsQuery,
        replies={200: OpenPage[TransactionLogEntry]},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
)
