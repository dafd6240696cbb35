"""What shops ask about the points of a card: balances as of any moment, the log, and what is unused."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType, field, structs

from largesse.api.loyalty.points.balances import chosen, ledgers_at, show_balance
from largesse.api.loyalty.points.lists import log_of, points_of
from largesse.api.loyalty.points.reaching import reach_card
from largesse.api.loyalty.points.wire import (
    Balance,
    CardPath,
    LogEntry,
    LogQuery,
    PointsEntry,
    PointsQuery,
    show_log_entry,
    show_points,
)
from largesse.api.models.loyalty import CardIdentifier, LoyaltyCardProfileRegistration
from largesse.api.models.running.loyalty_card import show_profiles
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.http.paging import OpenPage, open_page
from largesse.storage.loyalty.cards import profiles_of_card


class CardBalancesQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """As of when, and of which ledgers."""

    end_date: datetime | None = None
    subledger_id: list[str] | None = None


class CardBalancesReply(Struct, frozen=True, kw_only=True, rename="camel"):
    """What all ledgers of a card come to, and whose it is [IA LoyaltyCardBalances]."""

    balance: Balance | UnsetType = UNSET
    subledger_balances: dict[str, Balance] | UnsetType = UNSET
    profiles: list[LoyaltyCardProfileRegistration] | UnsetType = UNSET


class CardLogEntry(LogEntry, frozen=True, kw_only=True):
    """One entry of a card's log [IA CardLedgerTransactionLogEntryIntegrationAPI]."""

    card_identifier: CardIdentifier


class CardPointsEntry(PointsEntry, frozen=True, kw_only=True):
    """Unused points of a card [IA CardLedgerPointsEntryIntegrationAPI]."""

    customer_profile_id: str | UnsetType = field(default=UNSET, name="customerProfileID")


async def get_loyalty_card_balances(call: Call[object], request: Request[CardPath, CardBalancesQuery, None]) -> Reply:
    """What the ledgers of a card come to now, or came or will come to at another moment."""
    query = request.query
    stored, card = await reach_card(call, request.path)
    at = query.end_date or call.now
    found = await ledgers_at(call, stored.settings.program.id, card.identifier, at)
    main, others = chosen(found, query.subledger_id)
    linked = await profiles_of_card(call.db, call.caller.account_id, card)
    return ok(
        CardBalancesReply(
            balance=UNSET if main is None else show_balance(main, at),
            subledger_balances={name: show_balance(each, at) for name, each in others.items()},
            profiles=show_profiles(linked),
        )
    )


async def get_loyalty_card_transactions(
    call: Call[object], request: Request[CardPath, LogQuery[list[str]], None]
) -> Reply:
    """The log of a card, the latest entry first."""
    query = request.query
    stored, card = await reach_card(call, request.path)
    found = await log_of(call, stored.settings.program.id, card.identifier, query, query.subledger_id)
    shown: list[CardLogEntry] = []
    for each in found:
        entry = show_log_entry(each)
        fields = {name: getattr(entry, name) for name in LogEntry.__struct_fields__}
        shown.append(CardLogEntry(**fields, card_identifier=card.identifier))
    return ok(open_page(shown, query.page_size))


async def get_loyalty_card_points(call: Call[object], request: Request[CardPath, PointsQuery, None]) -> Reply:
    """The unused points of a card, award by award, with the first profile it is linked to."""
    query = request.query
    stored, card = await reach_card(call, request.path)
    found = await points_of(call, stored.settings.program.id, card.identifier, query)
    linked = await profiles_of_card(call.db, call.caller.account_id, card)
    profile_id = linked[0].integration_id if linked else UNSET
    shown = [CardPointsEntry(**structs.asdict(show_points(each)), customer_profile_id=profile_id) for each in found]
    return ok(open_page(shown, query.page_size))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/balances",
        operation_id="getLoyaltyCardBalances",
        summary="What the points of a loyalty card come to, as of any moment",
        access=Access.INTEGRATION,
        run=get_loyalty_card_balances,
        path_params=CardPath,
        query=CardBalancesQuery,
        replies={200: CardBalancesReply},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/transactions",
        operation_id="getLoyaltyCardTransactions",
        summary="The log of a loyalty card's points",
        access=Access.INTEGRATION,
        run=get_loyalty_card_transactions,
        path_params=CardPath,
        query=LogQuery[list[str]],
        replies={200: OpenPage[CardLogEntry]},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/points",
        operation_id="getLoyaltyCardPoints",
        summary="The unused points of a loyalty card",
        access=Access.INTEGRATION,
        run=get_loyalty_card_points,
        path_params=CardPath,
        query=PointsQuery,
        replies={200: OpenPage[CardPointsEntry]},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
)
