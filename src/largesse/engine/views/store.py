"""`Store`: where the session takes place."""

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.shopping.stores import Store
from largesse.engine.views.values import custom_attributes
from largesse.language import STRING, Field, Root, record


class StoreView:
    """The session's store as rules see it."""

    __slots__ = ("attributes", "description", "integration_id", "name")

    def __init__(self, store: Store, attributes: dict[str, JSON]) -> None:
        self.integration_id = store.integration_id
        self.name = store.name
        self.description = store.description
        self.attributes = attributes


def store_root(definitions: AttributeDefinitions) -> Root:
    """The root `Store`."""
    fields = record(
        "Store",
        Field("IntegrationId", STRING, "integration_id", doc="Id the shop gave the store"),
        Field("Name", STRING, "name", doc="Name of the store"),
        Field("Description", STRING, "description", doc="Description of the store"),
        custom_attributes("Store", definitions),
    )
    return Root("Store", fields, "store", optional=True, constant=True, doc="Store of the session")
