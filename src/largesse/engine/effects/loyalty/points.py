"""What effects on points share: whose ledger is meant, how much the budgets allow, and what is left."""

from decimal import Decimal
from typing import Literal

from largesse.engine.evaluation.spending import ONE, Grant, room_for_units, use
from largesse.engine.frame import EvaluationFrame
from largesse.engine.loyalty.acceptance import subledger_fault
from largesse.engine.loyalty.ledgers import LedgerKey, with_lot
from largesse.engine.loyalty.programs import POINTS_MAX, POINTS_UNIT, LoyaltyProgram, rounded
from largesse.engine.money import EXACT, ZERO
from largesse.engine.state import LimitReachedError, State
from largesse.language import ExpressionError

PointsAction = Literal["createLoyaltyPoints", "redeemLoyaltyPoints"]


def ledger_key(frame: EvaluationFrame, program: LoyaltyProgram, subledger_id: str, recipient: str = "") -> LedgerKey:
    """The ledger of a profile ("": the session's own) in a program."""
    if fault := subledger_fault(subledger_id, program):
        raise ExpressionError(fault)
    owner = recipient or frame.state.owner_in(program)
    if not owner:
        raise LimitReachedError(f'nobody in this session can have points in "{program.name}"')
    return LedgerKey(program.id, owner, subledger_id)


def amount_of_points(points: Decimal) -> Decimal:
    """An amount as ledgers keep it; below zero it fails the rule."""
    amount = rounded(points)
    if amount < ZERO:
        raise LimitReachedError(f"{points} points are below zero")
    if amount > POINTS_MAX:
        raise LimitReachedError(f"{points} points are more than {POINTS_MAX}")
    return amount


def count_effect(state: State, action: PointsAction) -> None:
    """Count one effect on points, or raise LimitReachedError."""
    use(state, "createLoyaltyPointsEffect" if action == "createLoyaltyPoints" else "redeemLoyaltyPointsEffect", ONE)


def grant_points(
    state: State, action: PointsAction, amount: Decimal, partial: bool | None, *, more: bool = False
) -> Grant:
    """Take points from the campaign's budgets; with `partial` (None: as the Application has it) cut to what is left.
    `more` points of an effect that is counted already are no effect of their own.

    Raises LimitReachedError where nothing is left or, without `partial`, not enough.
    """
    cut = state.application.enable_partial_discounts if partial is None else partial
    room = room_for_units(state, action)
    value = amount
    if room is not None and room < amount:
        left = max(room, ZERO)
        value = EXACT.subtract(left, EXACT.remainder(left, POINTS_UNIT))
        if not cut or value <= ZERO:
            raise LimitReachedError(f"{amount} points are more than the {left} left of the budget for {action}")
    if not more:
        count_effect(state, action)
    use(state, action, value)
    return Grant(value, amount if cut else None)


def show_lot(state: State, key: LedgerKey, transaction_uuid: str) -> None:
    """Put a lot back where rules see it, if it is one that was hidden from them."""
    lot = state.hidden_lots.get(transaction_uuid)
    ledger = state.ledger(key)
    if lot is not None and all(each.transaction_uuid != transaction_uuid for each in ledger.lots):
        state.put(state.ledgers, key, with_lot(ledger, lot))
