"""`Referral`: the referral of the session, in the passes of its campaign."""

from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.codes.referrals import Referral
from largesse.engine.views.values import custom_attributes
from largesse.language import DECIMAL, STRING, TIME, Field, Root, record


class ReferralView:
    """The session's referral as rules of its campaign see it."""

    __slots__ = (
        "advocate_profile_integration_id",
        "attributes",
        "batch_id",
        "campaign_id",
        "code",
        "expiry_date",
        "friend_profile_integration_id",
        "start_date",
        "usage_counter",
        "usage_limit",
    )

    def __init__(self, referral: Referral, attributes: dict[str, JSON]) -> None:
        self.code = referral.code
        self.campaign_id = Decimal(referral.campaign_id)
        self.advocate_profile_integration_id = referral.advocate_profile_integration_id
        self.friend_profile_integration_id = referral.friend_profile_integration_id
        self.start_date = referral.start_date
        self.expiry_date = referral.expiry_date
        self.usage_limit = Decimal(referral.usage_limit)
        self.usage_counter = Decimal(referral.usage_counter)
        self.batch_id = referral.batch_id
        self.attributes = attributes


def referral_root(definitions: AttributeDefinitions) -> Root:
    """The root `Referral`."""
    fields = record(
        "Referral",
        Field("Code", STRING, "code", doc="Referral code"),
        Field("CampaignId", DECIMAL, "campaign_id", doc="Id of the referral's campaign"),
        Field("AdvocateProfileIntegrationId", STRING, "advocate_profile_integration_id", doc="Id of the advocate"),
        Field(
            "FriendProfileIntegrationId", STRING, "friend_profile_integration_id", optional=True, doc="Id of the friend"
        ),
        Field("StartDate", TIME, "start_date", optional=True, doc="Valid from"),
        Field("ExpiryDate", TIME, "expiry_date", optional=True, doc="Valid until"),
        Field("UsageLimit", DECIMAL, "usage_limit", doc="Redemptions allowed, 0 without limit"),
        Field("UsageCounter", DECIMAL, "usage_counter", doc="Total referral redemptions"),
        Field("BatchId", STRING, "batch_id", optional=True, doc="Id of the batch it was created in"),
        custom_attributes("Referral", definitions),
    )
    return Root("Referral", fields, "referral", optional=True, doc="Referral of the session")
