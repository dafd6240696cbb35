"""`Application`: the shop."""

from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.views.values import custom_attributes
from largesse.language import STRING, Field, Root, record


def application_root(definitions: AttributeDefinitions) -> Root:
    """The root `Application`."""
    fields = record(
        "Application",
        Field("Name", STRING, "name", doc="Name of the Application"),
        Field("Currency", STRING, "currency", doc="Currency of its sessions"),
        Field("Timezone", STRING, "timezone", doc="Time zone of its schedules"),
        custom_attributes("Application", definitions),
    )
    return Root("Application", fields, "application", constant=True, doc="Application of the session")
