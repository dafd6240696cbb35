"""`Profile` and `AdvocateProfile`: who buys, and who has referred them."""

from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.customers.audiences import Audience
from largesse.engine.customers.profiles import Profile
from largesse.engine.definitions import Definitions
from largesse.engine.state import State
from largesse.engine.views.values import custom_attributes
from largesse.language import (
    BOOLEAN,
    DECIMAL,
    STRING,
    TIME,
    Field,
    ListType,
    RecordType,
    Root,
    record,
)


class MembershipView:
    """An audience that somebody is in."""

    __slots__ = ("id", "name")

    def __init__(self, audience: Audience) -> None:
        self.id = Decimal(audience.id)
        self.name = audience.name


class ProfileView:
    """The customer profile as rules see it; who is in which audience is looked up when a rule reads it."""

    __slots__ = (
        "_audiences",
        "_state",
        "attributes",
        "closed_sessions",
        "created",
        "id",
        "integration_id",
        "last_activity",
        "sandbox",
        "total_sales",
    )

    # Never told, as published; there are operations that do.
    loyalty_memberships = None

    def __init__(self, profile: Profile, attributes: dict[str, JSON], state: State, definitions: Definitions) -> None:
        self._state = state
        self._audiences = definitions.audiences
        self.id = profile.id
        self.integration_id = profile.integration_id
        self.attributes = attributes
        self.closed_sessions = Decimal(profile.closed_sessions)
        self.total_sales = profile.total_sales
        self.last_activity = profile.last_activity
        self.created = profile.created
        self.sandbox = profile.sandbox

    @property
    def account_id(self) -> Decimal:
        """The account that knows the customer."""
        return Decimal(self._state.application.account_id)

    @property
    def audience_memberships(self) -> list[MembershipView]:
        """The audiences that the customer is in by now, of those that the Application may use."""
        return [
            MembershipView(audience)
            for audience_id, audience in sorted(self._audiences.items())
            if self._state.is_member(self.integration_id, audience_id)
        ]


AUDIENCE_MEMBERSHIPS = "Profile.AudienceMemberships"
"""The field as `Reads` name it, for the customer and the advocate."""

_AUDIENCE_MEMBERSHIP = record(
    "AudienceMembership",
    Field("Id", DECIMAL, "id", doc="Id of the audience"),
    Field("Name", STRING, "name", doc="Name of the audience"),
)
_LOYALTY_MEMBERSHIP = record(
    "LoyaltyMembership",
    Field("LoyaltyProgramId", DECIMAL, "loyalty_program_id", doc="Id of the loyalty program"),
    Field("Joined", TIME, "joined", doc="Since when"),
)


def _profile(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Profile",
        Field("IntegrationId", STRING, "integration_id", doc="Id the shop gave the profile"),
        Field("ClosedSessions", DECIMAL, "closed_sessions", doc="Closed sessions, without cancelled ones"),
        Field("TotalSales", DECIMAL, "total_sales", doc="Total sales before discounts"),
        Field("LastActivity", TIME, "last_activity", optional=True, doc="Last activity of the customer"),
        Field("Created", TIME, "created", doc="When the profile was created"),
        Field("AccountId", DECIMAL, "account_id", doc="Id of the account"),
        Field(
            "AudienceMemberships",
            ListType(_AUDIENCE_MEMBERSHIP),
            "audience_memberships",
            doc="Audiences that the customer is in",
            varies=True,
        ),
        Field(
            "LoyaltyMemberships",
            ListType(_LOYALTY_MEMBERSHIP),
            "loyalty_memberships",
            optional=True,
            doc="Never there (deprecated)",
        ),
        Field("Sandbox", BOOLEAN, "sandbox", doc="Whether it is of the world for trying things out"),
        custom_attributes("CustomerProfile", definitions, varies=True),
    )


def profile_root(definitions: AttributeDefinitions) -> Root:
    """The root `Profile`."""
    return Root("Profile", _profile(definitions), "profile", optional=True, constant=True, doc="Customer profile")


def advocate_root(definitions: AttributeDefinitions) -> Root:
    """The root `AdvocateProfile`."""
    return Root("AdvocateProfile", _profile(definitions), "advocate", optional=True, doc="Profile of the advocate")
