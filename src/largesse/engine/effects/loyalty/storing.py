"""From effects on points to what is to be stored of them, once their session is closed."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime

from msgspec import UNSET

from largesse.engine.effects.loyalty.add_loyalty_points import AddLoyaltyPointsProps
from largesse.engine.effects.loyalty.deduct_loyalty_points import DeductLoyaltyPointsProps
from largesse.engine.effects.loyalty.expiry_dates import (
    ExtendLoyaltyPointsExpiryDateProps,
    SetLoyaltyPointsExpiryDateProps,
)
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.by_hand import joins
from largesse.engine.loyalty.changes import AddPoints, LedgerChange, MoveExpiry, PointsOrigin, RecordPoints
from largesse.engine.loyalty.ledgers import LedgerKey, Lot
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import tier_to_hold
from largesse.engine.state import State


def points_changes(
    state: State,
    effects: Iterable[EffectRecord],
    programs: Iterable[LoyaltyProgram],
    in_place: Container[str] = frozenset(),
) -> Iterator[LedgerChange]:
    """What effects on points change in ledgers, beside the points that they used; points that are `in_place` already
    are not added once more."""
    by_id = {program.id: program for program in programs}
    for record in effects:
        if not isinstance(record.props, AddLoyaltyPointsProps) or record.props.transaction_uuid not in in_place:
            yield from changes_of(state, record, by_id)
    for key, ledger in state.ledgers.items():
        if state.knows(key) and (tier := tier_to_hold(by_id[key.program_id], key, ledger, state.moment.now)):
            yield tier


def changes_of(state: State, record: EffectRecord, programs: dict[int, LoyaltyProgram]) -> Iterator[LedgerChange]:
    """What one effect changes in ledgers, beside the points that it used."""
    session = state.session
    store_id = session.store_integration_id or ""
    origin = PointsOrigin(session.integration_id, store_id, record.campaign_id, record.ruleset_id, record.rule_name)
    match record.props:
        case AddLoyaltyPointsProps() as props:
            yield _added(props, origin, programs[props.program_id], state.moment.now)
        case DeductLoyaltyPointsProps() as props:
            owner = session.profile_id if props.card_identifier is UNSET else props.card_identifier
            key = LedgerKey(props.program_id, owner, props.sub_ledger_id)
            yield RecordPoints(key, props.transaction_uuid, "subtraction", props.value, props.name, origin)
        case ExtendLoyaltyPointsExpiryDateProps() | SetLoyaltyPointsExpiryDateProps() as props:
            key = LedgerKey(props.program_id, state.owner_in(programs[props.program_id]), props.sub_ledger_id)
            for moved in props.affected_transactions:
                yield MoveExpiry(key, moved.transaction_uuid, moved.new_expiry_date)
        case _:
            pass


def _added(props: AddLoyaltyPointsProps, origin: PointsOrigin, program: LoyaltyProgram, now: datetime) -> AddPoints:
    term = props.term(now)
    lot = Lot(props.transaction_uuid, props.value, now, term.start, term.expiry, term.validity)
    return AddPoints(
        props.ledger(),
        props.transaction_uuid,
        props.value,
        props.name,
        term.start,
        term.expiry,
        term.validity,
        origin,
        joins(program, lot, now),
    )
