"""Loyalty cards: whose points belong to whoever shows the card."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

CardStatus = Literal["active", "inactive"]


class LoyaltyCard(Struct, frozen=True):
    """A card of a card-based loyalty program; only an active one can be used in a session."""

    id: int
    program_id: int
    identifier: str
    status: CardStatus
    created: datetime


def card_fault(identifier: str, card: LoyaltyCard | None) -> str:
    """Why a session cannot use a card, "" where it can; None stands for a card that was not found."""
    if card is None:
        return f'The loyalty card "{identifier}" does not exist.'
    return "" if card.status == "active" else f'The loyalty card "{identifier}" is not active.'
