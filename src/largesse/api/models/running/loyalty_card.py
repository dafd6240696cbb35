"""A loyalty card with its profiles and its ledgers, read for callers."""

from collections.abc import Iterable, Mapping
from typing import Any

from largesse.api.models.loyalty import LoyaltyCard, LoyaltyCardProfileRegistration, show_ledger
from largesse.engine.loyalty import cards as engine
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey
from largesse.plumbing.context import Call
from largesse.storage.loyalty.cards import LinkedProfile, profiles_of_card
from largesse.storage.loyalty.ledgers import read_ledgers
from largesse.storage.loyalty.programs import StoredProgram

NOTHING_AHEAD: Mapping[LedgerKey, Ledger] = {}


async def read_card(
    call: Call[Any],
    stored: StoredProgram,
    card: engine.LoyaltyCard,
    ahead: Mapping[LedgerKey, Ledger] = NOTHING_AHEAD,
) -> LoyaltyCard:
    """The card as it stands; `ahead` are its ledgers as they will be once the session at hand is closed."""
    account_id, program = call.caller.account_id, stored.settings.program
    found = await read_ledgers(call.db, account_id, [program.id], [card.identifier], call.now)
    linked = await profiles_of_card(call.db, account_id, card)
    about = {key for key in ahead if key.owner == card.identifier and key.program_id == program.id}
    shown = {
        key.subledger_id: show_ledger(
            program, found.get(key, NO_POINTS), ahead.get(key, found.get(key, NO_POINTS)), call.now
        )
        for key in {LedgerKey(program.id, card.identifier, ""), *found, *about}
    }
    return LoyaltyCard(
        id=card.id,
        created=card.created,
        program_id=program.id,
        program_name=program.name,
        program_title=program.title,
        status=card.status,
        identifier=card.identifier,
        users_per_card_limit=stored.settings.users_per_card_limit,
        profiles=show_profiles(linked),
        ledger=shown.pop(""),
        subledgers=dict(sorted(shown.items())),
    )


def show_profiles(linked: Iterable[LinkedProfile]) -> list[LoyaltyCardProfileRegistration]:
    """The profiles that a card is linked to."""
    return [
        LoyaltyCardProfileRegistration(integration_id=each.integration_id, timestamp=each.created) for each in linked
    ]
