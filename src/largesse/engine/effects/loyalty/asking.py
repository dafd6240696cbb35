"""Which ledgers effects have changed: what must be read before they can be taken back."""

from collections.abc import Iterable
from datetime import datetime

from largesse.engine.effects.loyalty.add_loyalty_points import AddLoyaltyPointsProps
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.loyalty.ledgers import NO_LEDGERS, LedgerKey, LedgerQuestion


def ledgers_in(effects: Iterable[EffectRecord], at: datetime) -> LedgerQuestion:
    """The ledgers in which effects have awarded or spent points, and the lots they have touched."""
    keys: set[LedgerKey] = set()
    lots: set[str] = set()
    for record in effects:
        match record.props:
            case AddLoyaltyPointsProps() as props:
                keys.add(props.ledger())
                lots.add(props.transaction_uuid)
            case _:
                for use in record.used:
                    if isinstance(use, UsePoints):
                        keys.add(use.key)
                        lots.add(use.transaction_uuid)
    if not keys:
        return NO_LEDGERS
    programs, owners = {key.program_id for key in keys}, {key.owner for key in keys}
    return LedgerQuestion(at, tuple(programs), tuple(owners), transaction_uuids=tuple(lots))
