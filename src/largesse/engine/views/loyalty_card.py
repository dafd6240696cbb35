"""`LoyaltyCard`: the card that is shown in the session."""

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.loyalty.cards import LoyaltyCard
from largesse.engine.views.values import custom_attributes
from largesse.language import STRING, Field, ListType, Root, record


class LoyaltyCardView:
    """The card as rules see it."""

    __slots__ = ("attributes", "identifier", "profiles", "status")

    def __init__(self, card: LoyaltyCard, attributes: dict[str, JSON]) -> None:
        self.identifier = card.identifier
        self.status = card.status
        self.profiles = card.profiles
        self.attributes = attributes


def loyalty_card_root(definitions: AttributeDefinitions) -> Root:
    """The root `LoyaltyCard`."""
    fields = record(
        "LoyaltyCard",
        Field("Identifier", STRING, "identifier", doc="What is written on the card"),
        Field("Status", STRING, "status", doc="Always active: another card cannot be shown"),
        Field("Profiles", ListType(STRING), "profiles", doc="Ids of the profiles that the card is linked to"),
        custom_attributes("LoyaltyCard", definitions),
    )
    return Root("LoyaltyCard", fields, "card", optional=True, constant=True, doc="Loyalty card of the session")
