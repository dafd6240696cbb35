"""Customer profiles on the wire."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.customers.profiles import Profile


class LoyaltyMembership(Struct, frozen=True, kw_only=True, rename="camel"):
    """A program the customer has joined [IA LoyaltyMembership]."""

    joined: datetime | UnsetType = UNSET
    loyalty_program_id: int


class AudienceMembership(Struct, frozen=True, kw_only=True, rename="camel"):
    """An audience the customer belongs to [IA AudienceMembership]."""

    id: int
    name: str


class CustomerProfile(Struct, frozen=True, kw_only=True, rename="camel"):
    """One customer [IA CustomerProfile].

    `closed_sessions` and `total_sales` leave out cancelled and reopened sessions. `loyalty_memberships` is deprecated
    and never given.
    """

    id: int
    created: datetime
    integration_id: Annotated[str, Meta(max_length=1000, extra_json_schema={"format": "string"})]
    attributes: dict[str, JSON]
    account_id: int
    closed_sessions: int
    total_sales: Decimal
    loyalty_memberships: list[LoyaltyMembership] | UnsetType = UNSET
    audience_memberships: list[AudienceMembership] | UnsetType = UNSET
    last_activity: datetime
    sandbox: bool | UnsetType = UNSET


def show_profile(
    profile: Profile, account_id: int, audiences: Iterable[tuple[int, str]] | UnsetType = UNSET
) -> CustomerProfile:
    """A profile as callers see it; before any activity, its creation counts as the last one.

    `audiences` are those it is in, by id and name; where they are not given, nothing is said of them.
    """
    return CustomerProfile(
        id=profile.id,
        created=profile.created,
        integration_id=profile.integration_id,
        attributes=profile.attributes,
        account_id=account_id,
        closed_sessions=profile.closed_sessions,
        total_sales=profile.total_sales,
        audience_memberships=UNSET
        if audiences is UNSET
        else [AudienceMembership(id=audience_id, name=name) for audience_id, name in audiences],
        last_activity=profile.last_activity or profile.created,
        sandbox=profile.sandbox,
    )
