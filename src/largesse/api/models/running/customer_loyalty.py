"""The points of the customer an evaluation was about and of the card that was shown, as everything stands after it."""

from collections import defaultdict
from datetime import datetime

from msgspec import UNSET

from largesse.api.models.loyalty import Loyalty, LoyaltyCard, LoyaltyProgramLedgers, show_ledger
from largesse.api.models.running.loyalty_card import NOTHING_AHEAD, read_card
from largesse.api.resources import Resources
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.plumbing.context import Call
from largesse.storage.loyalty.cards import find_session_card
from largesse.storage.loyalty.ledgers import read_ledgers
from largesse.storage.loyalty.programs import find_program, program_definitions
from largesse.storage.scope import Scope


async def customer_loyalty(call: Call[Resources], scope: Scope, outcome: Outcome) -> Loyalty:
    """All programs in which the customer has, had or is about to have points, read again, since closing the session has
    changed them."""
    programs = await _customer_programs(call, scope, outcome)
    shown = outcome.session.loyalty_cards
    return Loyalty(programs=programs, cards=await _cards(call, scope, outcome) if shown else UNSET)


async def _cards(call: Call[Resources], scope: Scope, outcome: Outcome) -> list[LoyaltyCard]:
    """The cards of the session, blocked ones among them."""
    found = [await find_session_card(call.db, scope, identifier) for identifier in outcome.session.loyalty_cards]
    ahead = outcome.ledgers if _is_open(outcome) else NOTHING_AHEAD
    shown: list[LoyaltyCard] = []
    for card in filter(None, found):
        stored = await find_program(call.db, scope.account_id, card.program_id)
        if stored is not None:
            shown.append(await read_card(call, stored, card, ahead))
    return shown


async def _customer_programs(call: Call[Resources], scope: Scope, outcome: Outcome) -> dict[str, LoyaltyProgramLedgers]:
    profile = outcome.profile
    programs = {} if profile is None else await _programs(call, scope)
    if profile is None or not programs:
        return {}
    owner = profile.integration_id
    stored = await read_ledgers(call.db, scope.account_id, list(programs), [owner], call.now)
    names: dict[int, set[str]] = defaultdict(set)
    for key in {*stored, *outcome.ledgers}:
        if key.owner == owner and key.program_id in programs:
            names[key.program_id].add(key.subledger_id)
    return {
        str(program_id): _show(programs[program_id], owner, subledgers, stored, outcome, call.now)
        for program_id, subledgers in sorted(names.items())
    }


def _is_open(outcome: Outcome) -> bool:
    """Whether what the session has earned and spent is still ahead."""
    return outcome.session.state == "open" or not outcome.changes


async def _programs(call: Call[Resources], scope: Scope) -> dict[int, LoyaltyProgram]:
    found = await program_definitions(call.db, scope.account_id, scope.application_id)
    return {program.id: program for program in found if not program.card_based}


def _show(
    program: LoyaltyProgram,
    owner: str,
    subledgers: set[str],
    stored: dict[LedgerKey, Ledger],
    outcome: Outcome,
    now: datetime,
) -> LoyaltyProgramLedgers:
    def ledger(subledger_id: str) -> tuple[Ledger, Ledger]:
        """As it is, and as it will be once the session is closed; a session that is closed will be nothing more."""
        key = LedgerKey(program.id, owner, subledger_id)
        present = stored.get(key, NO_POINTS)
        return present, outcome.ledgers.get(key, present) if _is_open(outcome) else present

    joined = next((each.joined for key, each in stored.items() if key.program_id == program.id and each.joined), None)
    return LoyaltyProgramLedgers(
        id=program.id,
        title=program.title,
        name=program.name,
        join_date=UNSET if joined is None else joined,
        ledger=show_ledger(program, *ledger(""), now),
        sub_ledgers={name: show_ledger(program, *ledger(name), now) for name in sorted(subledgers - {""})},
    )
