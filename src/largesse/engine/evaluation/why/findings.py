"""What one failing part of a condition is found to be, before its place in the rule is known."""

from typing import NamedTuple

from msgspec import UNSET, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import shown
from largesse.language import Call, Explanation


class Finding(NamedTuple):
    """Why a part does not hold; see Reason."""

    text: str
    actual: JSON | UnsetType = UNSET
    wanted: JSON | UnsetType = UNSET
    fix: Fix | UnsetType = UNSET


def compared(
    text: str, actual: Explanation, wanted: Explanation | None = None, fix: Fix | UnsetType = UNSET
) -> Finding:
    """A finding about a value, and the one it was held against."""
    return Finding(text, shown(actual.value), UNSET if wanted is None else shown(wanted.value), fix)


def is_constant(operand: Explanation) -> bool:
    """Whether an operand is the same in every session: it is written out, or computed from what is."""
    return not operand.children and operand.evaluated and not operand.function and not is_read(operand)


def is_read(operand: Explanation) -> bool:
    """Whether an operand is what a name stands for."""
    return isinstance(operand.node, Call) and operand.node.name == "."
