"""What staff call about attributes and additional costs."""

from talon_one import NewAdditionalCost, NewAttribute

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk


def new_attribute(name: str, description: str = "") -> NewAttribute:
    """A text on sessions."""
    return NewAttribute(
        entity="CustomerSession",
        name=name,
        title=name,
        type="string",
        description=description,
        suggestions=["web", "app"],
        restrictedBySuggestions=True,
        editable=True,
    )


def create_attribute(sdk: Sdk, shop: Furnished) -> None:
    """An attribute, and the same again."""
    attribute = sdk.management.create_attribute(new_attribute("device"))
    assert (attribute.account_id, attribute.name, attribute.suggestions) == (shop.account_id, "device", ["web", "app"])


def get_attributes(sdk: Sdk, shop: Furnished) -> None:
    """The attributes of profiles."""
    listed = sdk.management.get_attributes(entity="CustomerProfile", page_size=5)
    assert [(attribute.name, attribute.type) for attribute in listed.data] == [("tier", "string")]


def get_attribute(sdk: Sdk, shop: Furnished) -> None:
    """One attribute."""
    assert sdk.management.get_attribute(shop.attribute_id).name == "channel"


def update_attribute(sdk: Sdk, shop: Furnished) -> None:
    """Its description, which is all that can change."""
    sent = new_attribute("channel", "Where the cart is")
    changed = sdk.management.update_attribute(shop.attribute_id, sent)
    assert (changed.id, changed.description) == (shop.attribute_id, "Where the cart is")


def create_additional_cost(sdk: Sdk, shop: Furnished) -> None:
    """A cost."""
    sent = NewAdditionalCost(name="wrapping", title="Wrapping", description="", type="item")
    cost = sdk.management.create_additional_cost(sent)
    assert (cost.account_id, cost.name, cost.type) == (shop.account_id, "wrapping", "item")


def get_additional_costs(sdk: Sdk, shop: Furnished) -> None:
    """All costs, the first one first."""
    listed = sdk.management.get_additional_costs(page_size=1, sort="id")
    assert [cost.id for cost in listed.data] == [shop.cost_id]


def get_additional_cost(sdk: Sdk, shop: Furnished) -> None:
    """One cost."""
    cost = sdk.management.get_additional_cost(shop.cost_id)
    assert (cost.name, cost.type) == ("shipping", "session")


def update_additional_cost(sdk: Sdk, shop: Furnished) -> None:
    """Its title and description."""
    sent = NewAdditionalCost(name="shipping", title="Parcel", description="By bicycle", type="session")
    changed = sdk.management.update_additional_cost(shop.cost_id, sent)
    assert (changed.id, changed.title, changed.description) == (shop.cost_id, "Parcel", "By bicycle")


def list_event_types(sdk: Sdk, shop: Furnished) -> None:
    """The types of events that may be sent."""
    assert "liked" in [each.name for each in sdk.management.get_event_types().data]


def list_recorded_types(sdk: Sdk, shop: Furnished) -> None:
    """The types of events that were recorded."""
    assert "talon_session_created" in sdk.management.get_application_event_types(shop.application_id).data


def import_allowed_list(sdk: Sdk, shop: Furnished) -> None:
    """The values of a file."""
    made = sdk.management.import_allowed_list(shop.attribute_id, up_file="item\nweb\napp\n")
    assert (made.entity, made.amount) == ("AttributeAllowedList", 2)


CALLS = {
    "importAllowedList": import_allowed_list,
    "getEventTypes": list_event_types,
    "getApplicationEventTypes": list_recorded_types,
    "createAttribute": create_attribute,
    "getAttributes": get_attributes,
    "getAttribute": get_attribute,
    "updateAttribute": update_attribute,
    "createAdditionalCost": create_additional_cost,
    "getAdditionalCosts": get_additional_costs,
    "getAdditionalCost": get_additional_cost,
    "updateAdditionalCost": update_additional_cost,
}
