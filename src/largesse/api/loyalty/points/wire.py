"""Points of profiles as callers write and see them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.models.loyalty import Tier
from largesse.api.models.session import StoreId
from largesse.engine.loyalty.changes import TransactionType
from largesse.engine.loyalty.durations import IMMEDIATE, ON_ACTION, UNLIMITED
from largesse.engine.loyalty.ledgers import Balances
from largesse.engine.loyalty.programs import POINTS_MAX
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import Skipping
from largesse.storage.loyalty.ledgers import PointsSums, StoredTransaction, TransactionKind
from largesse.storage.loyalty.unused import PointsStatus, StoredPoints

S = TypeVar("S")

Points = Annotated[Decimal, Meta(extra_json_schema={"exclusiveMinimum": 0, "maximum": POINTS_MAX})]
SessionId = Annotated[str, Meta(max_length=255)]
ShortText = Annotated[str, Meta(max_length=255)]
StartText = Annotated[str, Meta(max_length=64)]
LogEntryType = Annotated[TransactionType, Meta(extra_json_schema={"maxLength": 255})]
# Published as these two; a leading "-", for descending, is described beside them [IA getLoyaltyCardPoints].
PointsSort = Annotated[str, Meta(extra_json_schema={"enum": ["startDate", "expiryDate"]})]
SubledgerText = Annotated[str, Meta(max_length=64)]


class OwnerPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """A profile in a loyalty program, by the program's id as a text."""

    loyalty_program_id: str
    integration_id: str


class CustomerPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """A profile in a loyalty program."""

    loyalty_program_id: int
    integration_id: str


class CardPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One card of a loyalty program, by its identifier."""

    loyalty_program_id: int
    loyalty_card_id: Annotated[str, Meta(min_length=4, max_length=108)]


class AddLoyaltyPoints(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points to add, from when until when [MA AddLoyaltyPoints]."""

    points: Points
    name: Omittable[str] = UNSET
    validity_duration: Omittable[str] = UNSET
    valid_until: Omittable[datetime] = UNSET
    pending_duration: Omittable[str] = UNSET
    pending_until: Omittable[datetime] = UNSET
    subledger_id: Omittable[str] = UNSET
    application_id: Omittable[int] = UNSET


class DeductLoyaltyPoints(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points to take [MA DeductLoyaltyPoints]."""

    points: Points
    name: Omittable[str] = UNSET
    subledger_id: Omittable[str] = UNSET
    application_id: Omittable[int] = UNSET


class LedgerEntryFlags(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is special about an entry [MA LoyaltyLedgerEntryFlags]."""

    creates_negative_balance: bool | UnsetType = UNSET


class LoyaltyLedgerEntry(Struct, frozen=True, kw_only=True, rename="camel"):
    """One entry of a ledger [MA LoyaltyLedgerEntry]."""

    created: datetime
    program_id: int = field(name="programID")
    customer_profile_id: str | UnsetType = field(default=UNSET, name="customerProfileID")
    card_id: int | UnsetType = field(default=UNSET, name="cardID")
    customer_session_id: str | UnsetType = field(default=UNSET, name="customerSessionID")
    event_id: int | UnsetType = field(default=UNSET, name="eventID")
    type: str
    amount: Decimal
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    name: str
    sub_ledger_id: str = field(name="subLedgerID")
    user_id: int | UnsetType = field(default=UNSET, name="userID")
    archived: bool | UnsetType = UNSET
    flags: LedgerEntryFlags | UnsetType = UNSET
    validity_duration: str | UnsetType = UNSET


class SubLedger(Struct, frozen=True, kw_only=True, rename="camel"):
    """What one ledger comes to, and its entries [MA LoyaltySubLedger]."""

    total: Decimal
    total_active_points: Decimal
    total_pending_points: Decimal
    total_spent_points: Decimal
    total_expired_points: Decimal
    total_negative_points: Decimal
    transactions: list[LoyaltyLedgerEntry] | UnsetType = UNSET
    expiring_points: list[LoyaltyLedgerEntry] | UnsetType = UNSET
    active_points: list[LoyaltyLedgerEntry] | UnsetType = UNSET
    pending_points: list[LoyaltyLedgerEntry] | UnsetType = UNSET
    expired_points: list[LoyaltyLedgerEntry] | UnsetType = UNSET
    current_tier: Tier | UnsetType = UNSET


class FullLedger(Struct, frozen=True, kw_only=True, rename="camel"):
    """All ledgers of a profile in one program [MA LoyaltyLedger]."""

    ledger: SubLedger
    sub_ledgers: dict[str, SubLedger] | UnsetType = UNSET


class BalancesQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """As of when, of which ledger, and whether tiers are told."""

    end_date: datetime | None = None
    subledger_id: str | None = None
    include_tiers: bool = False
    include_projected_tier: bool = False


class ProjectedTier(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where the tier goes when it expires [IA ProjectedTier]."""

    projected_active_points: Decimal
    stay_in_tier_points: Decimal | UnsetType = UNSET
    projected_tier_name: str | UnsetType = UNSET


class Balance(Struct, frozen=True, kw_only=True, rename="camel"):
    """What one ledger comes to [IA LoyaltyBalance]."""

    active_points: Decimal | UnsetType = UNSET
    pending_points: Decimal | UnsetType = UNSET
    spent_points: Decimal | UnsetType = UNSET
    expired_points: Decimal | UnsetType = UNSET
    negative_points: Decimal | UnsetType = UNSET


class TieredBalance(Balance, frozen=True, kw_only=True):
    """The same, and the tier of it [IA LoyaltyBalanceWithTier]."""

    current_tier: Tier | UnsetType = UNSET
    projected_tier: ProjectedTier | UnsetType = UNSET
    points_to_next_tier: Decimal | UnsetType = UNSET
    next_tier_name: str | UnsetType = UNSET


class BalancesReply(Struct, frozen=True, kw_only=True, rename="camel"):
    """What all ledgers of a profile come to [IA LoyaltyBalancesWithTiers]."""

    balance: TieredBalance | UnsetType = UNSET
    subledger_balances: dict[str, TieredBalance] | UnsetType = UNSET


class LogQuery(Skipping, Generic[S], frozen=True, kw_only=True):
    """Which entries of a log are wanted; `S` is one subledger or several."""

    customer_session_ids: list[str] | None = field(default=None, name="customerSessionIDs")
    transaction_uuids: list[str] | None = field(default=None, name="transactionUUIDs")
    subledger_id: S | None = None
    loyalty_transaction_type: TransactionKind | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    page_size: Annotated[int, Meta(ge=1, le=1000)] = 50
    awaits_activation: bool | None = None


class PointsQuery(Skipping, frozen=True, kw_only=True):
    """Which unused points are wanted, and in which order."""

    status: PointsStatus = "active"
    customer_session_ids: list[str] | None = field(default=None, name="customerSessionIDs")
    transaction_uuids: list[str] | None = field(default=None, name="transactionUUIDs")
    subledger_id: list[str] | None = None
    page_size: Annotated[int, Meta(ge=1, le=1000)] = 50
    sort: PointsSort | None = None


class LogEntry(Struct, frozen=True, kw_only=True, rename="camel"):
    """One entry of a log."""

    transaction_uuid: str = field(name="transactionUUID")
    created: datetime
    program_id: int
    customer_session_id: SessionId | UnsetType = UNSET
    type: LogEntryType
    name: ShortText
    start_date: StartText
    expiry_date: str
    subledger_id: SubledgerText
    amount: Decimal
    id: int
    ruleset_id: int | UnsetType = UNSET
    rule_name: str | UnsetType = UNSET
    validity_duration: str | UnsetType = UNSET


class TransactionLogEntry(LogEntry, frozen=True, kw_only=True):
    """One entry of a profile's log [IA LedgerTransactionLogEntryIntegrationAPI]."""

    store_integration_id: StoreId | UnsetType = UNSET
    flags: LedgerEntryFlags | UnsetType = UNSET


class PointsEntry(Struct, frozen=True, kw_only=True, rename="camel"):
    """Points awarded together, as far as they are unused [IA LedgerPointsEntryIntegrationAPI]."""

    id: int
    transaction_uuid: str = field(name="transactionUUID")
    created: datetime
    program_id: int
    customer_session_id: SessionId | UnsetType = UNSET
    name: ShortText
    start_date: StartText
    expiry_date: str
    subledger_id: SubledgerText
    amount: Decimal
    validity_duration: str | UnsetType = UNSET


def show_sub_ledger(
    found: Balances, sums: PointsSums, entries: list[LoyaltyLedgerEntry], tier: Tier | UnsetType
) -> SubLedger:
    """One ledger as staff see it."""
    return SubLedger(
        total=found.active,
        total_active_points=found.active,
        total_pending_points=found.pending,
        total_spent_points=sums.spent,
        total_expired_points=sums.expired,
        total_negative_points=found.negative,
        transactions=entries,
        current_tier=tier,
    )


def show_entry(stored: StoredTransaction) -> LoyaltyLedgerEntry:
    """One entry as staff see it."""
    return LoyaltyLedgerEntry(
        created=stored.created,
        program_id=stored.key.program_id,
        customer_profile_id=stored.key.owner,
        customer_session_id=stored.origin.session_id or UNSET,
        type=stored.type,
        amount=stored.amount,
        start_date=stored.start or UNSET,
        expiry_date=stored.expiry or UNSET,
        name=stored.name,
        sub_ledger_id=stored.key.subledger_id,
        user_id=stored.origin.user_id or UNSET,
        flags=_flags(stored),
        validity_duration=stored.validity or UNSET,
    )


def show_log_entry(stored: StoredTransaction) -> TransactionLogEntry:
    """One entry as shops see it."""
    return TransactionLogEntry(
        transaction_uuid=stored.transaction_uuid,
        created=stored.created,
        program_id=stored.key.program_id,
        customer_session_id=stored.origin.session_id or UNSET,
        store_integration_id=stored.origin.store_id or UNSET,
        type=stored.type,
        name=stored.name,
        start_date=start_text(stored.start, stored.created, awaits=stored.awaits),
        expiry_date=expiry_text(stored.expiry),
        subledger_id=stored.key.subledger_id,
        amount=stored.amount,
        id=stored.id,
        ruleset_id=stored.origin.ruleset_id or UNSET,
        rule_name=stored.origin.rule_name or UNSET,
        flags=_flags(stored),
        validity_duration=stored.validity or UNSET,
    )


def show_points(stored: StoredPoints) -> PointsEntry:
    """Unused points as shops see them."""
    lot = stored.lot
    return PointsEntry(
        id=stored.id,
        transaction_uuid=lot.transaction_uuid,
        created=lot.created,
        program_id=stored.key.program_id,
        customer_session_id=stored.session_id or UNSET,
        name=stored.name,
        start_date=start_text(lot.start, lot.created, awaits=lot.start is None),
        expiry_date=expiry_text(lot.expiry),
        subledger_id=stored.key.subledger_id,
        amount=lot.remaining,
        validity_duration=lot.validity or UNSET,
    )


def start_text(start: datetime | None, created: datetime, *, awaits: bool) -> str:
    """When points become active, as lists say it."""
    if awaits:
        return ON_ACTION
    return IMMEDIATE if start is None or start <= created else start.isoformat().replace("+00:00", "Z")


def expiry_text(expiry: datetime | None) -> str:
    """When points expire, as lists say it."""
    return UNLIMITED if expiry is None else expiry.isoformat().replace("+00:00", "Z")


def _flags(stored: StoredTransaction) -> LedgerEntryFlags | UnsetType:
    return LedgerEntryFlags(creates_negative_balance=True) if stored.is_negative else UNSET
