"""Conditions on what the campaign may still give away."""

from decimal import Decimal
from typing import get_args

from largesse.engine.budgets import Action
from largesse.engine.evaluation.spending import room_for_units
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import ZERO
from largesse.engine.state import LimitReachedError
from largesse.language import Example, ExpressionError, Function, Known

ACTIONS: tuple[Action, ...] = get_args(Action)


def budget_available(frame: EvaluationFrame, action: str) -> bool:
    """Whether anything is left of the budgets for an action."""
    return _is_enough(frame, action, None)


def budget_enough_for(frame: EvaluationFrame, action: str, amount: Decimal) -> bool:
    """Whether so much is left of every budget for an action."""
    return _is_enough(frame, action, amount)


def _is_enough(frame: EvaluationFrame, action: str, amount: Decimal | None) -> bool:
    try:
        room = room_for_units(frame.state, _known(action))
    except LimitReachedError:
        return False
    return room is None or (room > ZERO if amount is None else room >= amount)


def _known(action: str) -> Action:
    for known in ACTIONS:
        if known == action:
            return known
    raise ExpressionError(_unknown(action))


def _unknown(action: object) -> str:
    return f'"{action}" is not an action with a budget; use one of {", ".join(ACTIONS)}'


def _refuse_unknown(arguments: tuple[Known, ...]) -> str | None:
    action = arguments[0].value
    return _unknown(action) if isinstance(action, str) and action not in ACTIONS else None


BUDGET_FUNCTIONS = (
    Function(
        "budgetAvailable(String)Boolean",
        budget_available,
        "Whether anything is left of the campaign's budgets for an action such as setDiscount or redeemCoupon. Without "
        "such a budget there always is; with a budget per profile there is nothing for a session without one.",
        (Example(["budgetAvailable", "createCoupon"], True),),
        needs_frame=True,
        refuses=_refuse_unknown,
    ),
    Function(
        "budgetEnoughFor(String, Decimal)Boolean",
        budget_enough_for,
        "Whether at least so much is left of each of the campaign's budgets for an action.",
        (
            Example(["budgetEnoughFor", "createCoupon", 3], True),
            Example(["budgetEnoughFor", "createCoupon", 4], False),
        ),
        needs_frame=True,
        refuses=_refuse_unknown,
    ),
)
