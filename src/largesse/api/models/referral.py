"""Referrals as callers see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from largesse.engine.attributes import JSON
from largesse.engine.codes import referrals

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


def show_referral(referral: referrals.Referral) -> Referral:
    """A stored referral as callers see it; what it does not have is left out."""
    return Referral(
        id=referral.id,
        created=referral.created,
        start_date=referral.start_date or UNSET,
        expiry_date=referral.expiry_date or UNSET,
        usage_limit=referral.usage_limit,
        campaign_id=referral.campaign_id,
        advocate_profile_integration_id=referral.advocate_profile_integration_id,
        friend_profile_integration_id=referral.friend_profile_integration_id or UNSET,
        attributes=referral.attributes,
        import_id=UNSET if referral.import_id is None else referral.import_id,
        code=referral.code,
        usage_counter=referral.usage_counter,
        batch_id=referral.batch_id or UNSET,
    )


def show_inventory_referral(referral: referrals.Referral, referred: list[str]) -> InventoryReferral:
    """A stored referral with the customers it has referred."""
    return InventoryReferral(**structs.asdict(show_referral(referral)), referred_customers=referred)
