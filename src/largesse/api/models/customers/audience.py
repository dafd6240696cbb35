"""Audiences as callers write and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.plumbing.http.codec import Omittable
from largesse.storage.customers.audiences import StoredAudience

AudienceName = Annotated[str, Meta(min_length=1)]
ThirdPartyId = Annotated[str, Meta(min_length=1, max_length=1000)]
Subscriptions = Annotated[list[int], Meta(extra_json_schema={"uniqueItems": True})]


class NewAudience(Struct, frozen=True, kw_only=True, rename="camel"):
    """An audience to create [IA NewAudience]."""

    name: AudienceName
    description: Omittable[str] = UNSET
    sandbox: Omittable[bool] = UNSET
    subscribed_applications_ids: Omittable[Subscriptions] = UNSET
    integration: Omittable[str] = UNSET
    integration_id: Omittable[ThirdPartyId] = UNSET
    created_in_3rd_party: Omittable[bool] = field(default=UNSET, name="createdIn3rdParty")
    last_update: Omittable[Annotated[datetime, Meta(tz=True)]] = UNSET


class UpdateAudience(Struct, frozen=True, kw_only=True, rename="camel"):
    """What may be changed about an audience [IA UpdateAudience]."""

    name: AudienceName
    subscribed_applications_ids: Omittable[Subscriptions] = UNSET


class Audience(Struct, frozen=True, kw_only=True, rename="camel"):
    """An audience [IA Audience]; `last_update` is when its memberships last changed, to the minute."""

    account_id: int
    id: int
    created: datetime
    name: AudienceName
    description: str | UnsetType = UNSET
    sandbox: bool | UnsetType = UNSET
    subscribed_applications_ids: Subscriptions | UnsetType = UNSET
    integration: str | UnsetType = UNSET
    integration_id: ThirdPartyId | UnsetType = UNSET
    created_in_3rd_party: bool | UnsetType = field(default=UNSET, name="createdIn3rdParty")
    last_update: datetime | UnsetType = UNSET


class AudienceAnalytics(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many customers are in an audience [MA AudienceAnalytics]."""

    audience_id: int | UnsetType = UNSET
    members_count: int | UnsetType = UNSET


def show_audience(audience: StoredAudience) -> Audience:
    """A stored audience as callers see it."""
    settings = audience.settings
    return Audience(
        account_id=audience.account_id,
        id=audience.id,
        created=audience.created,
        name=settings.name,
        description=settings.description,
        sandbox=settings.sandbox,
        subscribed_applications_ids=list(settings.subscribed_applications_ids),
        integration=settings.integration,
        integration_id=UNSET if settings.integration_id is None else settings.integration_id,
        created_in_3rd_party=settings.created_in_3rd_party,
        last_update=UNSET if settings.last_update is None else settings.last_update,
    )
