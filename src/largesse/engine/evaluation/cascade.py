"""Cascading discounts: what a discount leaves of the amounts that later rules see.

Only where the Application has cascading switched on; a discount is then also cut to what is left of its scope. A
session discount lowers the session's totals but no item's price; an item discount lowers the item and the totals above
it. Source: semantics, section 10.
"""

from decimal import Decimal

from largesse.engine.applications import DiscountScope, ItemDiscountScope
from largesse.engine.money import ZERO
from largesse.engine.state import State
from largesse.engine.views.items import Unit


def session_room(state: State, scope: DiscountScope) -> Decimal:
    """What is left of the part of the session a discount is meant for."""
    match scope:
        case "sessionTotal":
            return state.session.total
        case "cartItems":
            return state.session.cart_item_total
        case "additionalCosts":
            return state.session.additional_cost_total


def lower_session(state: State, scope: DiscountScope, amount: Decimal) -> None:
    """Take a session discount off the totals it covers."""
    _lower(state, state.session, "total", amount)
    if scope == "cartItems":
        _lower(state, state.session, "cart_item_total", amount)
    elif scope == "additionalCosts":
        _lower(state, state.session, "additional_cost_total", amount)


def unit_room(unit: Unit, scope: ItemDiscountScope) -> Decimal:
    """What is left of the part of an item a discount is meant for."""
    match scope:
        case "price":
            return unit.price
        case "additionalCosts":
            return unit.cost_total
        case "itemTotal":
            return unit.price + unit.cost_total


def lower_unit(state: State, unit: Unit, scope: ItemDiscountScope, amount: Decimal) -> None:
    """Take an item discount off the item (its price before its costs) and off the totals above it."""
    from_price = ZERO if scope == "additionalCosts" else min(amount, unit.price)
    from_costs = amount - from_price
    _lower(state, unit, "price", from_price)
    _lower(state, unit, "cost_total", from_costs)
    _lower(state, state.session, "cart_item_total", from_price)
    _lower(state, state.session, "cart_item_additional_cost_total", from_costs)
    _lower(state, state.session, "total", amount)


def lower_cost(state: State, name: str, amount: Decimal) -> None:
    """Take a discount off one additional cost of the session."""
    remainders = state.session.cost_remainders
    state.put(remainders, name, remainders[name] - amount)
    _lower(state, state.session, "additional_cost_total", amount)
    _lower(state, state.session, "total", amount)


def _lower(state: State, view: object, attribute: str, amount: Decimal) -> None:
    if amount:
        left: Decimal = getattr(view, attribute)
        state.set(view, attribute, left - amount)
