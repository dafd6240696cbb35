"""`LoyaltyCard`: the card that is shown in the session."""

from largesse.language import STRING, Field, Root, record


def loyalty_card_root() -> Root:
    """The root `LoyaltyCard`."""
    fields = record(
        "LoyaltyCard",
        Field("Identifier", STRING, "identifier", doc="What is written on the card"),
        Field("Status", STRING, "status", doc="Always active: another card cannot be shown"),
    )
    return Root("LoyaltyCard", fields, "card", optional=True, constant=True, doc="Loyalty card of the session")
