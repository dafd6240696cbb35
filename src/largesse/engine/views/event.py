"""`Event`: what happened."""

from datetime import datetime

from largesse.language import (
    STRING,
    TIME,
    Field,
    Root,
    record,
)


class EventView:
    """What is evaluated, by the name of the built-in event."""

    __slots__ = ("created", "type")

    def __init__(self, event_type: str, created: datetime) -> None:
        self.type = event_type
        self.created = created


def event_root() -> Root:
    """The root `Event`."""
    fields = record(
        "Event",
        Field("Type", STRING, "type", doc="Event type, such as talon_session_closed"),
        Field("Created", TIME, "created", doc="When the event happened"),
    )
    return Root("Event", fields, "event", constant=True, doc="What happened to the session")
