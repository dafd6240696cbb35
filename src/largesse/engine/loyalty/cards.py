"""Loyalty cards: whose points belong to whoever shows the card."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import JSON

CardStatus = Literal["active", "inactive"]


class LoyaltyCard(Struct, frozen=True):
    """A card of a card-based loyalty program; only an active one can be used in a session.

    It is registered once it is linked to a profile; `profiles` are the integration ids of those, the first one first.
    """

    id: int
    program_id: int
    identifier: str
    status: CardStatus
    created: datetime
    profiles: tuple[str, ...] = ()
    attributes: dict[str, JSON] = {}


def card_fault(identifier: str, card: LoyaltyCard | None) -> str:
    """Why a session cannot use a card, "" where it can; None stands for a card that was not found."""
    if card is None:
        return f'The loyalty card "{identifier}" does not exist.'
    return "" if card.status == "active" else f'The loyalty card "{identifier}" is not active.'
