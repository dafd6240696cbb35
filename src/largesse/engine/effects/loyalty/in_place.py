"""From effects that have awarded or spent points to the points that they have put in place."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from largesse.engine.budgets import CountBudget
from largesse.engine.effects.loyalty.add_loyalty_points import AddLoyaltyPointsProps
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.loyalty.in_place import Award, PointsInPlace
from largesse.engine.loyalty.ledgers import LedgerKey


def points_in_place(effects: Iterable[EffectRecord], closed: datetime) -> Iterator[PointsInPlace]:
    """The points that effects of a session have awarded which was closed at a moment."""
    for record in effects:
        props = record.props
        if isinstance(props, AddLoyaltyPointsProps):
            term = props.term(closed)
            yield PointsInPlace(
                props.ledger(),
                props.transaction_uuid,
                props.value,
                Award(record.campaign_id, record.rule_name, props.name, props.place()),
                term.start,
                term.expiry,
                term.validity,
                tuple(use for use in record.used if isinstance(use, CountBudget)),
            )


def points_paid(effects: Iterable[EffectRecord]) -> dict[LedgerKey, tuple[UsePoints, ...]]:
    """The points that effects have spent, by the ledger that they come from."""
    found: dict[LedgerKey, tuple[UsePoints, ...]] = {}
    for use in (use for record in effects for use in record.used):
        if isinstance(use, UsePoints):
            found[use.key] = (*found.get(use.key, ()), use)
    return found
