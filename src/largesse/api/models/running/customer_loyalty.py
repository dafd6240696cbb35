"""The points of the customer an evaluation was about, as everything stands after it."""

from collections import defaultdict
from datetime import datetime

from msgspec import UNSET

from largesse.api.models.loyalty import Loyalty, LoyaltyProgramLedgers, show_ledger
from largesse.api.resources import Resources
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.plumbing.context import Call
from largesse.storage.loyalty.ledgers import read_ledgers
from largesse.storage.loyalty.programs import program_definitions
from largesse.storage.scope import Scope


async def customer_loyalty(call: Call[Resources], scope: Scope, outcome: Outcome) -> Loyalty:
    """All programs in which the customer has, had or is about to have points, read again, since closing the session has
    changed them."""
    profile = outcome.profile
    programs = {} if profile is None else await _programs(call, scope)
    if profile is None or not programs:
        return Loyalty(programs={})
    owner = profile.integration_id
    stored = await read_ledgers(call.db, scope.account_id, list(programs), [owner], call.now)
    names: dict[int, set[str]] = defaultdict(set)
    for key in {*stored, *outcome.ledgers}:
        if key.owner == owner and key.program_id in programs:
            names[key.program_id].add(key.subledger_id)
    return Loyalty(
        programs={
            str(program_id): _show(programs[program_id], owner, subledgers, stored, outcome, call.now)
            for program_id, subledgers in sorted(names.items())
        }
    )


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
        is_open = outcome.session.state == "open" or not outcome.changes
        return present, outcome.ledgers.get(key, present) if is_open else present

    joined = next((each.joined for key, each in stored.items() if key.program_id == program.id and each.joined), None)
    return LoyaltyProgramLedgers(
        id=program.id,
        title=program.title,
        name=program.name,
        join_date=UNSET if joined is None else joined,
        ledger=show_ledger(program, *ledger(""), now),
        sub_ledgers={name: show_ledger(program, *ledger(name), now) for name in sorted(subledgers - {""})},
    )
