"""A customer's loyalty on the wire: programs, ledgers, cards."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.engine.loyalty.ledgers import Ledger, balances
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import Standing, standing
from largesse.engine.money import ZERO

DowngradePolicy = Literal["one_down", "balance_based"]
CardIdentifier = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._%+@-]+$", min_length=4, max_length=108)]
ProfileId = Annotated[str, Meta(max_length=1000)]


class Tier(Struct, frozen=True, kw_only=True, rename="camel"):
    """The level a customer is on [IA Tier]."""

    id: int
    name: str
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    downgrade_policy: DowngradePolicy | UnsetType = UNSET


class LedgerInfo(Struct, frozen=True, kw_only=True, rename="camel"):
    """The balances of one ledger [IA LedgerInfo]."""

    current_balance: Decimal
    pending_balance: Decimal
    negative_balance: Decimal | UnsetType = UNSET
    expired_balance: Decimal
    spent_balance: Decimal
    tentative_current_balance: Decimal
    tentative_pending_balance: Decimal | UnsetType = UNSET
    tentative_negative_balance: Decimal | UnsetType = UNSET
    current_tier: Tier | UnsetType = UNSET
    points_to_next_tier: Decimal | UnsetType = UNSET
    next_tier_name: str | UnsetType = UNSET


class LoyaltyProgramLedgers(Struct, frozen=True, kw_only=True, rename="camel"):
    """One program as one customer sees it [IA LoyaltyProgramLedgers]."""

    id: int
    title: str
    name: str
    join_date: datetime | UnsetType = UNSET
    ledger: LedgerInfo
    sub_ledgers: dict[str, LedgerInfo] | UnsetType = UNSET


class LoyaltyCardProfileRegistration(Struct, frozen=True, kw_only=True, rename="camel"):
    """Since when a customer is on a card [IA LoyaltyCardProfileRegistration]."""

    integration_id: ProfileId
    timestamp: datetime


class LoyaltyCard(Struct, frozen=True, kw_only=True, rename="camel"):
    """A card and its ledgers [IA LoyaltyCard]."""

    id: int
    created: datetime
    program_id: int = field(name="programID")
    program_name: str | UnsetType = UNSET
    program_title: str | UnsetType = UNSET
    status: str
    block_reason: str | UnsetType = UNSET
    identifier: CardIdentifier
    users_per_card_limit: Annotated[int, Meta(ge=0)]
    profiles: list[LoyaltyCardProfileRegistration] | UnsetType = UNSET
    ledger: LedgerInfo | UnsetType = UNSET
    subledgers: dict[str, LedgerInfo] | UnsetType = UNSET
    modified: datetime | UnsetType = UNSET
    old_card_identifier: CardIdentifier | UnsetType = UNSET
    new_card_identifier: CardIdentifier | UnsetType = UNSET
    batch_id: str | UnsetType = UNSET


class Loyalty(Struct, frozen=True, kw_only=True, rename="camel"):
    """All programs of a customer, by program id, and the cards of the session [IA Loyalty]."""

    cards: list[LoyaltyCard] | UnsetType = UNSET
    programs: dict[str, LoyaltyProgramLedgers]


def show_tier(program: LoyaltyProgram, at: Standing) -> Tier | UnsetType:
    """The tier somebody is on, nothing where it is none."""
    tier = at.tier
    if tier is None:
        return UNSET
    return Tier(
        id=tier.id,
        name=tier.name,
        start_date=UNSET if at.start is None else at.start,
        expiry_date=UNSET if at.expiry is None else at.expiry,
        downgrade_policy=program.tiers_downgrade_policy or UNSET,
    )


def show_ledger(program: LoyaltyProgram, stored: Ledger, tentative: Ledger, now: datetime) -> LedgerInfo:
    """One ledger, and what it comes to once the session at hand is closed."""
    found, then, place = balances(stored, now), balances(tentative, now), standing(program, stored, now)
    return LedgerInfo(
        current_balance=found.active,
        pending_balance=found.pending,
        negative_balance=found.negative,
        expired_balance=ZERO,
        spent_balance=ZERO,
        tentative_current_balance=then.active,
        tentative_pending_balance=then.pending,
        tentative_negative_balance=then.negative,
        current_tier=show_tier(program, place),
        points_to_next_tier=UNSET if place.points_to_next is None else place.points_to_next,
        next_tier_name=UNSET if place.next_tier is None else place.next_tier.name,
    )
