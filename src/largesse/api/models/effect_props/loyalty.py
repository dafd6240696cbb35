"""Props of effects about points and tiers [IA *EffectProps]."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, field

from largesse.api.models.effect_props.numbers import Whole
from largesse.api.models.loyalty import CardIdentifier, ProfileId
from largesse.plumbing.http.codec import EXTENSION


class AddLoyaltyPointsEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points were earned."""

    name: str
    program_id: int
    sub_ledger_id: str
    value: Decimal
    desired_value: Decimal | UnsetType = UNSET
    recipient_integration_id: ProfileId
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    transaction_uuid: str = field(name="transactionUUID")
    cart_item_position: Whole | UnsetType = UNSET
    cart_item_sub_position: Whole | UnsetType = UNSET
    card_identifier: CardIdentifier | UnsetType = UNSET
    bundle_index: int | UnsetType = UNSET
    bundle_name: str | UnsetType = UNSET
    awaits_activation: bool | UnsetType = UNSET
    validity_duration: str | UnsetType = UNSET


class DeductLoyaltyPointsEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points were spent."""

    rule_title: str
    program_id: int
    sub_ledger_id: str
    value: Decimal
    transaction_uuid: str = field(name="transactionUUID")
    name: str
    card_identifier: CardIdentifier | UnsetType = UNSET


class RollbackAddedLoyaltyPointsEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Earned points were taken back."""

    program_id: int
    sub_ledger_id: str
    value: Decimal
    recipient_integration_id: ProfileId
    transaction_uuid: str = field(name="transactionUUID")
    cart_item_position: Whole | UnsetType = UNSET
    cart_item_sub_position: Whole | UnsetType = UNSET
    card_identifier: CardIdentifier | UnsetType = UNSET


class RollbackDeductedLoyaltyPointsEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Spent points were given back."""

    program_id: int
    sub_ledger_id: str
    value: Decimal
    recipient_integration_id: ProfileId
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    transaction_uuid: str = field(name="transactionUUID")
    card_identifier: CardIdentifier | UnsetType = UNSET


class ChangeLoyaltyTierLevelEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """The customer moved to another tier."""

    rule_title: str
    program_id: int
    sub_ledger_id: str
    previous_tier_name: str | UnsetType = UNSET
    new_tier_name: str
    expiry_date: datetime | UnsetType = UNSET


class LoyaltyLedgerEntryExpiryDateChange(Struct, frozen=True, kw_only=True, rename="camel"):
    """One transaction whose points now expire at another time."""

    transaction_uuid: UUID = field(name="transactionUUID")
    previous_expiry_date: datetime | UnsetType = UNSET
    new_expiry_date: datetime


class ExtendLoyaltyPointsExpiryDateEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points expire later."""

    program_id: int
    sub_ledger_id: str
    extension_duration: str
    # The contract requires this property without describing it.
    previous_expiration_date: Annotated[datetime, EXTENSION]
    affected_transactions: list[LoyaltyLedgerEntryExpiryDateChange] | UnsetType = UNSET


class SetLoyaltyPointsExpiryDateEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points expire at a given time."""

    program_id: int
    sub_ledger_id: str
    new_expiry_date: datetime
    affected_transactions: list[LoyaltyLedgerEntryExpiryDateChange] | UnsetType = UNSET
