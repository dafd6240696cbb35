"""What decisions change in ledgers. Points are spent lot by lot, each guarded, so that nobody spends them twice."""

from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from largesse.engine.loyalty.ledgers import LedgerKey

TransactionType = Literal["addition", "subtraction"]


class PointsOrigin(Struct, frozen=True):
    """Where points come from or went: a rule of a campaign, or a person."""

    session_id: str = ""
    store_id: str = ""
    campaign_id: int | None = None
    ruleset_id: int | None = None
    rule_name: str = ""
    user_id: int | None = None


class AddPoints(Struct, frozen=True, tag=True):
    """Change: a new lot of points; no start awaits an action. `joins`: the owner becomes a member with it."""

    key: LedgerKey
    transaction_uuid: str
    amount: Decimal
    name: str
    start: datetime | None
    expiry: datetime | None
    validity: str
    origin: PointsOrigin
    joins: bool = False


class UsePoints(Struct, frozen=True, tag=True):
    """Change: take so many points out of one lot, refused where it has not as many left.

    `start` and `expiry` are the lot's, told where the points are given back. Points that are `revoked` count as never
    awarded, others as spent.
    """

    key: LedgerKey
    transaction_uuid: str
    amount: Decimal
    start: datetime | None = None
    expiry: datetime | None = None
    revoked: bool = False

    def inverse(self) -> "UsePoints":
        """Put the points back into the lot."""
        return structs.replace(self, amount=-self.amount)


class OwePoints(Struct, frozen=True, tag=True):
    """Change: the owner of a ledger owes so many points more."""

    key: LedgerKey
    amount: Decimal


class RecordPoints(Struct, frozen=True, tag=True):
    """Change: an entry of the ledger's log that is no new lot: points spent, taken back or given back."""

    key: LedgerKey
    transaction_uuid: str
    transaction_type: TransactionType
    amount: Decimal
    name: str
    origin: PointsOrigin
    start: datetime | None = None
    expiry: datetime | None = None
    creates_negative_balance: bool = False


class MoveExpiry(Struct, frozen=True, tag=True):
    """Change: the points of one lot expire at another time."""

    key: LedgerKey
    transaction_uuid: str
    expiry: datetime


class HoldTier(Struct, frozen=True, tag=True):
    """Change: remember the tier of a ledger in a program whose tiers expire."""

    key: LedgerKey
    tier_id: int
    start: datetime
    expiry: datetime | None


# What storage takes for one: the members of the union below.
LEDGER_CHANGES = (AddPoints, UsePoints, OwePoints, RecordPoints, MoveExpiry, HoldTier)

LedgerChange: TypeAlias = AddPoints | UsePoints | OwePoints | RecordPoints | MoveExpiry | HoldTier
