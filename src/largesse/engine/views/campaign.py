"""`Campaign`: the campaign that a rule belongs to."""

from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.views.values import custom_attributes
from largesse.language import BOOLEAN, DECIMAL, STRING, TIME, Field, ListType, Root, record


def campaign_root(definitions: AttributeDefinitions) -> Root:
    """The root `Campaign`."""
    fields = record(
        "Campaign",
        Field("Id", DECIMAL, "id", doc="Id of the campaign"),
        Field("Name", STRING, "name", doc="Campaign name"),
        Field("Description", STRING, "description", doc="Description of the campaign"),
        Field("StartTime", TIME, "start_time", optional=True, doc="Start of the schedule"),
        Field("EndTime", TIME, "end_time", optional=True, doc="End of the schedule"),
        Field("Tags", ListType(STRING), "tags", doc="Tags of the campaign"),
        Field("Type", STRING, "type", doc="cartItem or advanced"),
        Field("ReevaluateOnReturn", BOOLEAN, "reevaluate_on_return", doc="Whether returns evaluate it again"),
        custom_attributes("Campaign", definitions),
    )
    return Root("Campaign", fields, "campaign", doc="Campaign the rule belongs to")
