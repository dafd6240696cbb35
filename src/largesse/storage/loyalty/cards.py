"""Loyalty cards as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from largesse.engine.attributes import JSON
from largesse.engine.loyalty.cards import CardStatus, LoyaltyCard
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.loyalty", "cards.sql")

# The list of a customer's cards is published without pages, and each of them is read with its ledgers.
CARDS_LISTED_MAX = 100


class LinkedProfile(NamedTuple):
    """A profile that a card is linked to, and since when."""

    integration_id: str
    created: datetime


async def create_card(
    db: Transaction, account_id: int, program_id: int, identifier: str, status: CardStatus, now: datetime
) -> LoyaltyCard | None:
    """Store a new card; None where there is one with this identifier."""
    row = await db.row(QUERIES["insert_card"], account_id, program_id, identifier, status, now)
    return None if row is None else _card_of(row)


async def link_profiles(
    db: Transaction, account_id: int, card: LoyaltyCard, profile_ids: Sequence[str], now: datetime
) -> None:
    """Link a card to profiles."""
    await db.run(QUERIES["link_profiles"], account_id, card.program_id, card.id, profile_ids, now)


async def link_profile(db: Transaction, account_id: int, card: LoyaltyCard, profile_id: str, now: datetime) -> bool:
    """Link a card to one profile more; whether it is linked to it now, False where its program allows no more."""
    place = (account_id, card.program_id, card.id)
    await db.run(QUERIES["hold_card"], *place)
    await db.run(QUERIES["link_profile"], *place, profile_id, now)
    return bool(await db.value(QUERIES["is_linked"], *place, profile_id))


async def unlink_profile(db: Transaction, account_id: int, card: LoyaltyCard, profile_id: str) -> bool:
    """Take a profile off a card; False where it is not linked to it."""
    return await db.run(QUERIES["unlink_profile"], account_id, card.program_id, card.id, profile_id) > 0


async def find_card(db: Transaction, account_id: int, program_id: int, identifier: str) -> LoyaltyCard | None:
    """The card of a program with this identifier, or None."""
    row = await db.row(QUERIES["find_card"], account_id, program_id, identifier)
    return None if row is None else _card_of(row)


async def profiles_of_card(db: Transaction, account_id: int, card: LoyaltyCard) -> list[LinkedProfile]:
    """The profiles a card is linked to, the first one first."""
    rows = await db.rows(QUERIES["profiles_of_card"], account_id, card.program_id, card.id)
    return [LinkedProfile(row["integration_id"], row["created"]) for row in rows]


async def find_session_card(db: Transaction, scope: Scope, identifier: str) -> LoyaltyCard | None:
    """The card with this identifier, of a program that the Application may use."""
    row = await db.row(QUERIES["session_card"], scope.account_id, scope.application_id, identifier)
    return None if row is None else structs.replace(_card_of(row), profiles=tuple(row["profiles"]))


async def cards_of_profile(db: Transaction, scope: Scope, profile_id: str) -> list[LoyaltyCard]:
    """The cards a profile is linked to, of programs that the Application may use, at most `CARDS_LISTED_MAX`."""
    arguments = (scope.account_id, scope.application_id, profile_id, CARDS_LISTED_MAX)
    return [_card_of(row) for row in await db.rows(QUERIES["cards_of_profile"], *arguments)]


async def set_card_attributes(
    db: Transaction, account_id: int, card: LoyaltyCard, attributes: dict[str, JSON]
) -> LoyaltyCard:
    """Give a card other attributes."""
    rows = await db.rows(QUERIES["set_card_attributes"], account_id, card.program_id, card.id, attributes)
    return _card_of(rows[0])


def _card_of(row: Record) -> LoyaltyCard:
    attributes = attributes_of(row["attributes"])
    return LoyaltyCard(
        row["id"], row["program_id"], row["identifier"], row["status"], row["created"], attributes=attributes
    )
