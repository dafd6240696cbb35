"""The points of a customer and of cards: after an evaluation those it was about, or all that the customer has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import UNSET

from largesse.api.models.loyalty import Loyalty, LoyaltyCard, LoyaltyProgramLedgers, show_ledger
from largesse.api.models.running.loyalty_card import NOTHING_AHEAD, read_card
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.loyalty.cards import LoyaltyCard as Card
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.plumbing.context import Call
from largesse.storage.loyalty.cards import cards_of_profile, find_session_card
from largesse.storage.loyalty.ledgers import read_ledgers
from largesse.storage.loyalty.programs import find_program, program_definitions
from largesse.storage.scope import Scope


async def customer_loyalty(call: Call[Any], scope: Scope, outcome: Outcome) -> Loyalty:
    """All programs in which the customer has, had or is about to have points, read again, since closing the session has
    changed them."""
    profile, shown = outcome.profile, outcome.session.loyalty_cards
    ahead = outcome.ledgers if _is_open(outcome) else NOTHING_AHEAD
    programs = {} if profile is None else await _customer_programs(call, scope, profile.integration_id, ahead)
    found = [await find_session_card(call.db, scope, identifier) for identifier in shown]
    cards = await _cards(call, scope, [card for card in found if card is not None], ahead)
    return Loyalty(programs=programs, cards=cards if shown else UNSET)


async def whole_loyalty(call: Call[Any], scope: Scope, profile_id: str) -> Loyalty:
    """All programs in which a customer has or had points, and all cards the customer is on."""
    programs = await _customer_programs(call, scope, profile_id, NOTHING_AHEAD)
    cards = await _cards(call, scope, await cards_of_profile(call.db, scope, profile_id), NOTHING_AHEAD)
    return Loyalty(programs=programs, cards=cards)


async def _cards(
    call: Call[Any], scope: Scope, cards: Sequence[Card], ahead: Mapping[LedgerKey, Ledger]
) -> list[LoyaltyCard]:
    """These cards with their ledgers, blocked ones among them."""
    shown: list[LoyaltyCard] = []
    for card in cards:
        stored = await find_program(call.db, scope.account_id, card.program_id)
        if stored is not None:
            shown.append(await read_card(call, stored, card, ahead))
    return shown


async def _customer_programs(
    call: Call[Any], scope: Scope, owner: str, ahead: Mapping[LedgerKey, Ledger]
) -> dict[str, LoyaltyProgramLedgers]:
    programs = await _programs(call, scope)
    if not programs:
        return {}
    stored = await read_ledgers(call.db, scope.account_id, list(programs), [owner], call.now)
    names: dict[int, set[str]] = defaultdict(set)
    for key in {*stored, *ahead}:
        if key.owner == owner and key.program_id in programs:
            names[key.program_id].add(key.subledger_id)
    return {
        str(program_id): _show(programs[program_id], owner, subledgers, stored, ahead, call.now)
        for program_id, subledgers in sorted(names.items())
    }


def _is_open(outcome: Outcome) -> bool:
    """Whether what the session has earned and spent is still ahead."""
    return outcome.session.state == "open" or not outcome.changes


async def _programs(call: Call[Any], scope: Scope) -> dict[int, LoyaltyProgram]:
    found = await program_definitions(call.db, scope.account_id, scope.application_id)
    return {program.id: program for program in found if not program.card_based}


def _show(
    program: LoyaltyProgram,
    owner: str,
    subledgers: set[str],
    stored: dict[LedgerKey, Ledger],
    ahead: Mapping[LedgerKey, Ledger],
    now: datetime,
) -> LoyaltyProgramLedgers:
    def ledger(subledger_id: str) -> tuple[Ledger, Ledger]:
        """As it is, and as it will be once the session is closed; a session that is closed will be nothing more."""
        key = LedgerKey(program.id, owner, subledger_id)
        present = stored.get(key, NO_POINTS)
        return present, ahead.get(key, present)

    joined = next((each.joined for key, each in stored.items() if key.program_id == program.id and each.joined), None)
    return LoyaltyProgramLedgers(
        id=program.id,
        title=program.title,
        name=program.name,
        join_date=UNSET if joined is None else joined,
        ledger=show_ledger(program, *ledger(""), now),
        sub_ledgers={name: show_ledger(program, *ledger(name), now) for name in sorted(subledgers - {""})},
    )
