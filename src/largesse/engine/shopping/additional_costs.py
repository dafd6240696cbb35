"""Additional costs: shipping, fees and the like, on a session or on an item, each defined before it may be sent.

Source: semantics, section 5.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import escape
from largesse.engine.money import ZERO
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, UNKNOWN, Refusal

CostType = Literal["session", "item", "both"]
CostLevel = Literal["session", "item"]


class AdditionalCost(Struct, frozen=True):
    """What one additional cost comes to on a session, or on one unit of an item."""

    price: Decimal


class AdditionalCostDefinition(Struct, frozen=True):
    """One additional cost an account has defined; no subscription means that every Application may use it."""

    id: int
    name: str
    type: CostType = "session"
    subscribed_applications_ids: tuple[int, ...] = ()


def usable_in(
    application_id: int, definitions: Iterable[AdditionalCostDefinition]
) -> dict[str, AdditionalCostDefinition]:
    """The costs that one Application may use, by exact name."""
    return {
        definition.name: definition
        for definition in definitions
        if not definition.subscribed_applications_ids or application_id in definition.subscribed_applications_ids
    }


def refusals(
    sent: Mapping[str, AdditionalCost],
    level: CostLevel,
    definitions: Mapping[str, AdditionalCostDefinition],
    pointer: str,
) -> list[Refusal]:
    """What is wrong with the costs sent at one level: unknown, meant for the other level, or below zero."""
    found: list[Refusal] = []
    for name, cost in sent.items():
        where = f"{pointer}/{escape(name)}"
        definition = definitions.get(name)
        if definition is None:
            found.append(Refusal(UNKNOWN, f'The additional cost "{name}" is not defined.', where))
        elif definition.type not in (level, "both"):
            found.append(
                Refusal(INVALID_VALUE, f'The additional cost "{name}" cannot be set on a {_LEVELS[level]}.', where)
            )
        elif cost.price < ZERO:
            found.append(Refusal(OUT_OF_RANGE, "price must not be negative", f"{where}/price"))
    return found


_LEVELS: Mapping[CostLevel, str] = {"session": "customer session", "item": "cart item"}
