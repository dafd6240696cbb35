"""`Event`: what happened."""

from datetime import datetime

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.shopping.events import Event
from largesse.engine.views.values import custom_attributes
from largesse.language import STRING, TIME, Field, Root, record


class EventView:
    """What is evaluated; `session_id` and `integration_id` are None where there is no such id."""

    __slots__ = ("attributes", "created", "integration_id", "session_id", "type")

    def __init__(self, event: Event, attributes: dict[str, JSON], session_id: str, created: datetime) -> None:
        self.type = event.type
        self.attributes = attributes
        self.integration_id = event.integration_id or None
        self.session_id = session_id or None
        self.created = created


def event_root(definitions: AttributeDefinitions) -> Root:
    """The root `Event`."""
    fields = record(
        "Event",
        Field("Type", STRING, "type", doc="Event type, such as talon_session_closed"),
        Field("SessionId", STRING, "session_id", optional=True, doc="Session ID of Event"),
        Field("IntegrationId", STRING, "integration_id", optional=True, doc="Id the shop gave the event"),
        Field("Created", TIME, "created", doc="When the event happened"),
        custom_attributes("Event", definitions),
    )
    return Root("Event", fields, "event", constant=True, doc="What happened")


def advanced_event_root(definitions: AttributeDefinitions) -> Root:
    """The root `AdvancedEvent`."""
    fields = record(
        "AdvancedEvent",
        Field("Type", STRING, "type", doc="Event type"),
        Field("IntegrationId", STRING, "integration_id", optional=True, doc="Id the shop gave the event"),
        Field("Created", TIME, "created", doc="When the event happened"),
        custom_attributes("Event", definitions),
    )
    return Root(
        "AdvancedEvent", fields, "advanced_event", optional=True, constant=True, doc="Event to which a shop gave an id"
    )
