"""What is wrong with a structured ruleset, noted while it is read and compiled."""

from dataclasses import dataclass, field
from decimal import Decimal

from largesse.language import Call, Diagnostic, Literal, Mistake, Node, Place


@dataclass(frozen=True, slots=True)
class Notes:
    """The mistakes found so far, in reading order. singles: the selectors that choose one item, each as the list that
    holds nothing else, for what is done to the items of a list."""

    found: list[Diagnostic] = field(default_factory=list)
    singles: dict[str, Node] = field(default_factory=dict)

    def mistake(self, message: str, pointer: str, mistake: Mistake = Mistake.WRONG_VALUE) -> None:
        """Note a mistake."""
        self.found.append(Diagnostic(mistake, message, pointer))

    def taken(self, read: tuple[Node, tuple[Diagnostic, ...]]) -> Node:
        """An expression that was read, its mistakes noted."""
        node, found = read
        self.found.extend(found)
        return node


NOTHING: Node = Call("noop")
"""Stands in for an effect with mistakes, so that only they are told and not what follows from them."""

HOLDING: Node = Literal(True)
"""Stands in for a condition with mistakes."""


def call(name: str, *arguments: Node, at: str = "") -> Node:
    """A call, placed at a JSON pointer."""
    return Call(name, arguments, Place(at))


def literal(value: str | bool | Decimal, at: str = "") -> Node:
    """A text, a truth value or a number, placed at a JSON pointer."""
    return Literal(value, Place(at))
