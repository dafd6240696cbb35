"""Points of campaigns that decide anew about what is left of a cart.

What such a campaign has awarded is in place, and meets what it awards now; only what is new is added. What nothing
meets any more is taken back, as far as the return policy of the loyalty program goes, and holds where it does not. What
was spent stays spent, and stands in for as much that is spent now. Source: semantics, sections 16 and 17.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import Struct, structs

from largesse.engine.budgets import CountBudget
from largesse.engine.changes import together
from largesse.engine.effects.loyalty.add_loyalty_points import AddLoyaltyPointsProps
from largesse.engine.effects.loyalty.change_loyalty_tier_level import risen_tier
from largesse.engine.effects.loyalty.deduct_loyalty_points import DeductLoyaltyPointsProps
from largesse.engine.effects.loyalty.in_place import points_in_place, points_paid
from largesse.engine.effects.loyalty.storing import changes_of
from largesse.engine.effects.loyalty.taking_back import TakingBack, unspent
from largesse.engine.effects.record import EffectRecord
from largesse.engine.evaluation.rollback import less, rolled_back, value_of
from largesse.engine.loyalty.changes import AddPoints, LedgerChange
from largesse.engine.loyalty.in_place import Award, PointsInPlace, by_ledger
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey, Lot, with_lot
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import tier_to_hold
from largesse.engine.money import EXACT, ZERO, shortest, total
from largesse.engine.state import State

# When a session was closed does not matter to what its effects have awarded.
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class PointsDifference(Struct, frozen=True):
    """What deciding anew changes of points: the effects that take some back, the effects that are new, what ledgers
    change beside what effects use, and what earlier effects have become, each with its effects now."""

    rollbacks: tuple[EffectRecord, ...]
    given: tuple[EffectRecord, ...]
    changes: tuple[LedgerChange, ...]
    became: tuple[tuple[EffectRecord, tuple[EffectRecord, ...]], ...]

    @property
    def before(self) -> tuple[EffectRecord, ...]:
        """The earlier effects."""
        return tuple(record for record, _ in self.became)

    @property
    def after(self) -> tuple[EffectRecord, ...]:
        """What there is instead of the earlier effects."""
        return (*(record for _, records in self.became for record in records), *self.given)

    def applied_to(self, kept: Iterable[EffectRecord]) -> tuple[EffectRecord, ...]:
        """All effects that hold now, given those that held before."""
        now = {id(record): records for record, records in self.became}
        return (*(each for record in kept for each in now.get(id(record), (record,))), *self.given)


def is_of_points(record: EffectRecord) -> bool:
    """Whether an effect awards or spends points."""
    return isinstance(record.props, AddLoyaltyPointsProps | DeductLoyaltyPointsProps)


def is_award(record: EffectRecord) -> bool:
    """Whether an effect awards points."""
    return isinstance(record.props, AddLoyaltyPointsProps)


def hold_points(
    state: State,
    effects: Sequence[EffectRecord],
    ledgers: Mapping[LedgerKey, Ledger],
    closed: datetime,
    *,
    are_free: bool,
) -> None:
    """Let these effects of a session that was closed at a moment meet what is awarded and spent from now on; where
    awards `are_free`, the facts do not contain what they have used."""
    parts = tuple(points_in_place(effects, closed))
    hidden = {part.transaction_uuid for part in parts}
    state.in_place = by_ledger(parts)
    state.in_place_counts = are_free
    state.paid = points_paid(effects)
    shown = unspent(ledgers, (use for record in effects for use in record.used))
    lots = (lot for ledger in shown.values() for lot in ledger.lots)
    state.hidden_lots = {lot.transaction_uuid: lot for lot in lots if lot.transaction_uuid in hidden}


def points_difference(
    state: State,
    earlier: Iterable[EffectRecord],
    decided: Iterable[EffectRecord],
    taking: TakingBack,
    programs: Iterable[LoyaltyProgram],
) -> PointsDifference:
    """Compare the points that campaigns have given and taken before with those that they have decided on now."""
    awarded = [record for record in earlier if is_award(record)]
    known = {_lot_of(record) for record in awarded}
    held: dict[str, list[EffectRecord]] = defaultdict(list)
    new: list[EffectRecord] = []
    for record in decided:
        if _lot_of(record) in known:
            held[_lot_of(record)].append(record)
        elif is_of_points(record):
            new.append(record)
    taking.spend(use for record in new for use in record.used)
    rollbacks: list[EffectRecord] = []
    for part in (part for parts in state.in_place.values() for part in parts):
        record = _effect_of(part, awarded)
        rollback = rolled_back(record)
        settled = () if rollback is None else taking.settled(record, rollback)
        rollbacks += settled
        taken = total([value_of(each) for each in settled])
        if taken < part.amount:
            held[part.transaction_uuid].append(less(record, taken))
    became = tuple((record, _joined(held.pop(_lot_of(record), ()), awarded)) for record in awarded)
    given, changes = _given(state, new, taking.ledgers, {program.id: program for program in programs})
    return PointsDifference(tuple(rollbacks), tuple(given), tuple(changes), became)


def _given(
    state: State,
    new: Iterable[EffectRecord],
    ledgers: Mapping[LedgerKey, Ledger],
    programs: dict[int, LoyaltyProgram],
) -> tuple[list[EffectRecord], list[LedgerChange]]:
    """New effects with the tiers that they raise, and what both change."""
    given: list[EffectRecord] = []
    changes: list[LedgerChange] = []
    after: dict[LedgerKey, Ledger] = {}
    now = state.moment.now
    for record in new:
        given.append(record)
        for change in changes_of(state, record, programs):
            changes.append(change)
            if isinstance(change, AddPoints) and state.knows(change.key):
                key = change.key
                before = after.get(key) or ledgers.get(key, NO_POINTS)
                lot = Lot(change.transaction_uuid, change.amount, now, change.start, change.expiry, change.validity)
                after[key] = with_lot(before, lot)
                props = risen_tier(programs[key.program_id], key, record.rule_name, before, after[key], now)
                if props is not None:
                    raised = structs.replace(record, effect_type="changeLoyaltyTierLevel", props=props, used=())
                    given.append(raised)
    for key, ledger in after.items():
        if tier := tier_to_hold(programs[key.program_id], key, ledger, now):
            changes.append(tier)
    return given, changes


def _lot_of(record: EffectRecord) -> str:
    """The transaction of the points that an effect has awarded, "" for other effects."""
    return record.props.transaction_uuid if isinstance(record.props, AddLoyaltyPointsProps) else ""


def _share_of(record: EffectRecord) -> tuple[str, Award] | None:
    """The points that an effect has awarded, and what awarded them; None for other effects."""
    part = next(points_in_place([record], _ANY_TIME), None)
    return None if part is None else (part.transaction_uuid, part.award)


def _effect_of(part: PointsInPlace, awarded: Iterable[EffectRecord]) -> EffectRecord:
    """The effect that has awarded points, for so many of them as are left without one."""
    record = next(each for each in awarded if _share_of(each) == (part.transaction_uuid, part.award))
    return structs.replace(record, props=structs.replace(record.props, value=part.amount), used=part.used)


def _joined(records: Iterable[EffectRecord], awarded: Sequence[EffectRecord]) -> tuple[EffectRecord, ...]:
    """Effects that are parts of one award as one effect; an award that has not changed stays the effect it was."""
    joined: dict[tuple[str, Award] | None, EffectRecord] = {}
    for record in records:
        first = joined.get(_share_of(record))
        joined[_share_of(record)] = record if first is None else _sum_of(first, record)
    before = {_share_of(record): record for record in awarded}
    return tuple(
        before[award] if award in before and _points(before[award]) == _points(record) else record
        for award, record in joined.items()
    )


def _sum_of(first: EffectRecord, second: EffectRecord) -> EffectRecord:
    value = shortest(EXACT.add(_points(first), _points(second)))
    used = tuple(use for use in together([*first.used, *second.used]) if isinstance(use, CountBudget))
    return structs.replace(first, props=structs.replace(first.props, value=value), used=used)


def _points(record: EffectRecord) -> Decimal:
    return record.props.value if isinstance(record.props, AddLoyaltyPointsProps) else ZERO
