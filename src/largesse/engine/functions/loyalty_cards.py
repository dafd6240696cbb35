"""Conditions on the loyalty card of the session."""

from decimal import Decimal

from largesse.engine.frame import EvaluationFrame
from largesse.engine.functions.loyalty import program_numbered
from largesse.language import Example, Function


def card_valid(frame: EvaluationFrame, program_id: Decimal | None = None) -> bool:
    """Whether the session shows a card that can be used, and where a program is named, one of that program."""
    card = frame.state.moment.card
    if program_id is None:
        return card is not None
    program = program_numbered(frame, program_id)
    return card is not None and card.program_id == program.id


def card_registered(frame: EvaluationFrame, program_id: Decimal | None = None) -> bool:
    """Whether such a card is linked to a profile, whoever's it is."""
    card = frame.state.moment.card
    return card_valid(frame, program_id) and card is not None and bool(card.profiles)


_VALID = (
    "Whether the session shows a loyalty card that can be used: it exists and is active. With the id of a loyalty "
    "program, whether it is a card of that program."
)
_REGISTERED = (
    "Whether the session shows a loyalty card that can be used and is linked to a profile, which need not be that of "
    "the session. With the id of a loyalty program, whether it is a card of that program."
)

LOYALTY_CARD_FUNCTIONS = tuple(
    Function(f"{name}({kinds})Boolean", implementation, doc, (Example([name, *named], True),), needs_frame=True)
    for name, implementation, doc in (
        ("loyaltyCardValid", card_valid, _VALID),
        ("loyaltyCardRegistered", card_registered, _REGISTERED),
    )
    for kinds, named in (("", ()), ("Decimal", (2,)))
)
