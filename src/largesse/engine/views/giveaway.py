"""`AwardedGiveaway`: the giveaway that was awarded last in this evaluation."""

from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.rewards.giveaways import Giveaway
from largesse.engine.views.values import custom_attributes
from largesse.language import DECIMAL, STRING, TIME, Field, Root, record


class GiveawayView:
    """A giveaway as rules see it."""

    __slots__ = ("attributes", "code", "end_date", "pool_id", "start_date")

    def __init__(self, giveaway: Giveaway, attributes: dict[str, JSON]) -> None:
        self.code = giveaway.code
        self.pool_id = Decimal(giveaway.pool_id)
        self.start_date = giveaway.start_date
        self.end_date = giveaway.end_date
        self.attributes = attributes


def giveaway_root(definitions: AttributeDefinitions) -> Root:
    """The root `AwardedGiveaway`."""
    fields = record(
        "AwardedGiveaway",
        Field("Code", STRING, "code", doc="Code of the giveaway"),
        Field("PoolId", DECIMAL, "pool_id", doc="Id of its pool"),
        Field("StartDate", TIME, "start_date", optional=True, doc="Awarded from"),
        Field("EndDate", TIME, "end_date", optional=True, doc="Awarded until"),
        custom_attributes("Giveaway", definitions),
    )
    return Root("AwardedGiveaway", fields, "awarded_giveaway", optional=True, doc="Giveaway awarded last, once closed")
