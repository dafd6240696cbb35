"""The tree of an expression as it was written, before anything is known about its names.

Three nodes are enough. `["=", 1, 2]` is a Call; `[["Item"], body]`, an array whose head is not a string, is a Group.
Whether a group is a block with a parameter or a sequence of expressions depends on who receives it, so that is decided
when the rule is checked. [TL]
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeAlias

Atom: TypeAlias = Decimal | str | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node was written: a JSON pointer, or start and end in a text. No part of what the node means."""

    pointer: str = ""
    span: tuple[int, int] | None = None


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """A number, text, truth value, time or Null."""

    value: Atom
    place: Place = field(default=NOWHERE, repr=False)

    def __eq__(self, other: object) -> bool:
        """Equal in class and value: without the class, true would equal 1."""
        return isinstance(other, Literal) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Call:
    """`["name", argument, ...]`."""

    name: str
    arguments: "tuple[Node, ...]" = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """An array whose head is not a string: a block `[["Item"], body]` or a sequence `[first, second]`. Never empty,
    never headed by a text literal."""

    members: "tuple[Node, ...]"
    place: Place = field(default=NOWHERE, compare=False, repr=False)


Node: TypeAlias = Literal | Call | Group


def encodable(text: str) -> bool:
    """Whether a text can be stored and sent at all: JSON can spell halves of characters that no encoding carries."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def children(node: Node) -> "tuple[Node, ...]":
    """The nodes directly inside a node."""
    match node:
        case Literal():
            return ()
        case Call(arguments=arguments):
            return arguments
        case Group(members=members):
            return members


def walk(node: Node) -> Iterator[Node]:
    """A node and everything inside it, outermost first, in reading order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))
