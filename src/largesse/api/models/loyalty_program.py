"""Loyalty programs as callers see them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.engine.loyalty.programs import (
    POINTS_MAX,
    JoinPolicy,
    ReturnPolicy,
    TiersDowngradePolicy,
    TiersExpirationPolicy,
)

Points = Annotated[Decimal, Meta(extra_json_schema={"minimum": 0, "maximum": POINTS_MAX})]


class LoyaltyTier(Struct, frozen=True, kw_only=True, rename="camel"):
    """One level of a program and the points it takes [MA LoyaltyTier]."""

    id: int
    created: datetime
    program_id: int = field(name="programID")
    program_name: str | UnsetType = UNSET
    program_title: str | UnsetType = UNSET
    name: str
    min_points: Points


class LoyaltyProgram(Struct, frozen=True, kw_only=True, rename="camel"):
    """A loyalty program with its settings [MA LoyaltyProgram]."""

    id: int
    created: datetime
    account_id: int = field(name="accountID")
    name: str
    title: str
    description: str
    subscribed_applications: list[int]
    default_validity: str
    default_pending: str
    allow_subledger: bool
    users_per_card_limit: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    sandbox: bool
    program_join_policy: JoinPolicy | UnsetType = UNSET
    tiers_expiration_policy: TiersExpirationPolicy | UnsetType = UNSET
    tier_cycle_start_date: datetime | UnsetType = UNSET
    tiers_expire_in: str | UnsetType = UNSET
    tiers_downgrade_policy: TiersDowngradePolicy | UnsetType = UNSET
    card_code_settings: CodeGeneratorSettings | UnsetType = UNSET
    return_policy: ReturnPolicy | UnsetType = UNSET
    tiers: list[LoyaltyTier] | UnsetType = UNSET
    timezone: Annotated[str, Meta(min_length=1)]
    card_based: bool
    can_update_tiers: bool | UnsetType = UNSET
    can_update_tier_expiration_policy: bool | UnsetType = UNSET
    can_upgrade_to_advanced_tiers: bool | UnsetType = UNSET
    can_update_subledgers: bool | UnsetType = UNSET
