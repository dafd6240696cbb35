"""JSON columns as the engine wants them."""

import msgspec

from largesse.engine.attributes import JSON, normalise
from largesse.engine.budgets import Limit


def attributes_of(column: JSON) -> dict[str, JSON]:
    """Attributes from a jsonb column: the column knows whole numbers, the engine only decimals."""
    return {name: normalise(value) for name, value in column.items()}


def limits_of(column: JSON) -> tuple[Limit, ...]:
    """Limits from a jsonb column, which holds them as they are written on the wire."""
    return msgspec.convert(column or (), tuple[Limit, ...])
