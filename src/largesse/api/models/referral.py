"""Referrals on the wire. There are none yet; the shape is part of what updates answer with."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON

ReferralCode = Annotated[str, Meta(min_length=4)]
ReferralUsageLimit = Annotated[int, Meta(ge=0, le=999_999)]
AdvocateId = Annotated[str, Meta(max_length=1000)]


class Referral(Struct, frozen=True, kw_only=True, rename="camel"):
    """A code that an advocate gives to friends [IA Referral]."""

    id: int
    created: datetime
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    usage_limit: ReferralUsageLimit
    campaign_id: int
    advocate_profile_integration_id: AdvocateId
    friend_profile_integration_id: str | UnsetType = UNSET
    attributes: dict[str, JSON] | UnsetType = UNSET
    import_id: int | UnsetType = UNSET
    code: ReferralCode
    usage_counter: int
    batch_id: str | UnsetType = UNSET


class InventoryReferral(Referral, frozen=True, kw_only=True, rename="camel"):
    """A referral and the customers who have used it [IA InventoryReferral]."""

    referred_customers: list[str]
