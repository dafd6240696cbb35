"""What all discounts share: refusing nonsense, the ceiling of cascading, the budgets."""

from decimal import Decimal
from typing import TypeVar

from largesse.engine.applications import DiscountScope, ItemDiscountScope
from largesse.engine.evaluation.spending import Grant, grant_discount
from largesse.engine.money import ZERO
from largesse.engine.state import LimitReachedError, State
from largesse.language import ExpressionError

Scope = TypeVar("Scope", DiscountScope, ItemDiscountScope)


def give_discount(state: State, amount: Decimal, room: Decimal | None, partial: bool | None) -> Grant | None:
    """Decide what a discount really comes to; None means that there is nothing to give and no effect,
    as where no session is evaluated.

    `room` is what cascading leaves to discount (None: no ceiling). `partial` None follows the Application's setting. A
    negative discount fails the rule: it would be a surcharge.
    """
    if not state.with_session:
        return None
    if amount < ZERO:
        raise LimitReachedError(f"a discount of {amount} is below zero")
    wanted = amount if room is None else min(amount, room)
    if wanted <= ZERO:
        return None
    return grant_discount(state, wanted, state.application.enable_partial_discounts if partial is None else partial)


def named_scope(name: str, allowed: tuple[Scope, ...], default: Scope) -> Scope:
    """The scope a rule asks for, the default when it names none."""
    if not name:
        return default
    for scope in allowed:
        if scope == name:
            return scope
    raise ExpressionError(f'"{name}" is not a scope; use one of {", ".join(allowed)}')
