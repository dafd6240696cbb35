"""`Profile` and `AdvocateProfile`: who buys, and who has referred them."""

from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.customers.profiles import Profile
from largesse.engine.views.values import custom_attributes
from largesse.language import (
    BOOLEAN,
    DECIMAL,
    STRING,
    TIME,
    Field,
    RecordType,
    Root,
    record,
)


class ProfileView:
    """The customer profile as rules see it."""

    __slots__ = (
        "attributes",
        "closed_sessions",
        "created",
        "id",
        "integration_id",
        "last_activity",
        "sandbox",
        "total_sales",
    )

    def __init__(self, profile: Profile, attributes: dict[str, JSON]) -> None:
        self.id = profile.id
        self.integration_id = profile.integration_id
        self.attributes = attributes
        self.closed_sessions = Decimal(profile.closed_sessions)
        self.total_sales = profile.total_sales
        self.last_activity = profile.last_activity
        self.created = profile.created
        self.sandbox = profile.sandbox


def _profile(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Profile",
        Field("IntegrationId", STRING, "integration_id", doc="Id the shop gave the profile"),
        Field("ClosedSessions", DECIMAL, "closed_sessions", doc="Closed sessions, without cancelled ones"),
        Field("TotalSales", DECIMAL, "total_sales", doc="Total sales before discounts"),
        Field("LastActivity", TIME, "last_activity", optional=True, doc="Last activity of the customer"),
        Field("Created", TIME, "created", doc="When the profile was created"),
        Field("Sandbox", BOOLEAN, "sandbox", doc="Whether it is of the world for trying things out"),
        custom_attributes("CustomerProfile", definitions, varies=True),
    )


def profile_root(definitions: AttributeDefinitions) -> Root:
    """The root `Profile`."""
    return Root("Profile", _profile(definitions), "profile", optional=True, constant=True, doc="Customer profile")


def advocate_root(definitions: AttributeDefinitions) -> Root:
    """The root `AdvocateProfile`."""
    return Root("AdvocateProfile", _profile(definitions), "advocate", optional=True, doc="Profile of the advocate")
