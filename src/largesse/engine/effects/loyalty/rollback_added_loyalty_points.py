"""rollbackAddedLoyaltyPoints: points of a cancelled or reopened session, or of a returned item, are taken back."""

from decimal import Decimal

from msgspec import UNSET, UnsetType, field

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props


class RollbackAddedLoyaltyPointsProps(Props, frozen=True):
    """Which points, and how many of them could be taken back; the item is named where they were for one."""

    program_id: int
    sub_ledger_id: str
    value: Decimal
    recipient_integration_id: str
    transaction_uuid: str = field(name="transactionUUID")
    cart_item_position: int | UnsetType = UNSET
    cart_item_sub_position: int | UnsetType = UNSET
    card_identifier: str | UnsetType = UNSET


ROLLBACK_ADDED_LOYALTY_POINTS = Effect(
    name="rollbackAddedLoyaltyPoints",
    props=RollbackAddedLoyaltyPointsProps,
    doc="Points are taken back because their session was cancelled or reopened, or their item returned, as far as the "
    "return policy of the loyalty program has it so.",
    example={"programId": 1, "subLedgerId": "", "value": 100, "recipientIntegrationId": "ann"},
)
