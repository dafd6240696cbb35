"""Referrals: codes that advocates give to friends, when one may be redeemed, and what redeeming it stores.

Source: semantics, section 12.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.customers.profiles import Profile

ReferralRejection = Literal[
    "ReferralNotFound",
    "AdvocateNotFound",
    "ReferralRecipientIdSameAsAdvocate",
    "ReferralCustomerAlreadyReferred",
    "ReferralPartOfNotRunningCampaign",
    "ReferralExpired",
    "ReferralStartDateInFuture",
    "ReferralRecipientDoesNotMatch",
    "ReferralLimitReached",
    "ProfileLimitReached",
    "CampaignLimitReached",
    "ReferralRejectedByCondition",
    "EffectCouldNotBeApplied",
    "ReferralPartOfNotTriggeredCampaign",
]


class Referral(Struct, frozen=True):
    """One referral as stored; `code` is in its stored spelling.

    `usage_limit` 0 means unlimited. Without `friend_profile_integration_id` anybody but the advocate may redeem it.
    `advocate` is the advocate's profile (None: there is none), `referred_in` the session in which the profile of the
    session at hand was referred, by this or any other code of the Application (None: it was not).
    """

    id: int
    campaign_id: int
    code: str
    created: datetime
    advocate_profile_integration_id: str
    friend_profile_integration_id: str | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    usage_limit: int = 1
    usage_counter: int = 0
    attributes: dict[str, JSON] = {}
    batch_id: str | None = None
    import_id: int | None = None
    advocate: Profile | None = None
    referred_in: str | None = None


class UseReferral(Struct, frozen=True, tag=True):
    """Change: redeem a referral `uses` times for a friend ("": anonymous), who is noted as referred by this session.

    Refused beyond the referral's limit, and where the friend was referred meanwhile.
    """

    referral_id: int
    friend_id: str
    session_id: str
    uses: int

    def inverse(self) -> "UseReferral":
        """Make the referral as usable as it was, and forget that the friend was referred."""
        return UseReferral(self.referral_id, self.friend_id, self.session_id, -self.uses)


class SetReferralAttributes(Struct, frozen=True, tag=True):
    """Change: set attributes of a referral; null clears one. Never rolled back."""

    referral_id: int
    attributes: dict[str, JSON]


def rejection_of_people(referral: Referral, session_id: str, profile_id: str) -> ReferralRejection | None:
    """Why these people have no use for a referral, whatever its campaign does."""
    if referral.advocate is None:
        return "AdvocateNotFound"
    if referral.advocate_profile_integration_id == profile_id:
        return "ReferralRecipientIdSameAsAdvocate"
    if referral.referred_in is not None and referral.referred_in != session_id:
        return "ReferralCustomerAlreadyReferred"
    return None


def rejection_of(referral: Referral, profile_id: str, now: datetime) -> ReferralRejection | None:
    """Why a referral of a running campaign cannot be used by this profile now, before budgets and conditions are asked.

    The order of the checks is the order in which callers learn of several faults.
    """
    if referral.expiry_date is not None and now >= referral.expiry_date:
        return "ReferralExpired"
    if referral.start_date is not None and now < referral.start_date:
        return "ReferralStartDateInFuture"
    if referral.friend_profile_integration_id and referral.friend_profile_integration_id != profile_id:
        return "ReferralRecipientDoesNotMatch"
    if referral.usage_limit and referral.usage_counter >= referral.usage_limit:
        return "ReferralLimitReached"
    return None
