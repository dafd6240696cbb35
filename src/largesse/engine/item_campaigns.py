"""What campaigns of type cartItem may do: give effects about items of the cart, and no others. [MA Campaign type]"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from largesse.engine.attributes import JSON
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.language import Kind

# An effect about items is told which: its first argument is a list of them.
ABOUT_THE_SESSION = frozenset(
    function.name.lower()
    for effect in CATALOGUE
    for function in effect.functions
    if not function.shape.parameters or Kind.LIST not in function.shape.parameters[0]
)


class Excess(NamedTuple):
    """An effect that is not about items: the index of its rule, its own, and the function it calls."""

    rule_index: int
    effect_index: int
    name: str


def excesses(rules: Sequence[JSON]) -> Iterator[Excess]:
    """The effects of rules, given as plain JSON, that a campaign of type cartItem may not give; one for each place."""
    for rule_index, rule in enumerate(rules):
        for effect_index, effect in enumerate(rule["effects"]):
            for name in _called(effect):
                if name.lower() in ABOUT_THE_SESSION:
                    yield Excess(rule_index, effect_index, name)
                    break


def _called(expression: JSON) -> Iterator[str]:
    if isinstance(expression, list) and expression:
        if isinstance(expression[0], str):
            yield expression[0]
        for part in expression:
            yield from _called(part)
