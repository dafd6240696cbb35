"""rollbackDeductedLoyaltyPoints: points spent in a cancelled or reopened session are given back."""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType, field

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class RollbackDeductedLoyaltyPointsProps(Props, frozen=True):
    """So many points, to whom, and from when until when they can be spent; one effect for each lot they came from."""

    program_id: int
    sub_ledger_id: str
    value: Decimal
    recipient_integration_id: str
    transaction_uuid: str = field(name="transactionUUID")
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    card_identifier: str | UnsetType = UNSET


ROLLBACK_DEDUCTED_LOYALTY_POINTS = Effect(
    name="rollbackDeductedLoyaltyPoints",
    props=RollbackDeductedLoyaltyPointsProps,
    doc="Points that were spent are given back because their session was cancelled or reopened.",
    example={"programId": 1, "subLedgerId": "", "value": 10, "recipientIntegrationId": "ann"},
)
