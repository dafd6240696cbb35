"""The tree of an expression after checking: every name resolved, every overload chosen as far as types can tell.

The compiler and the tracer read this tree and decide nothing about meaning any more. Each node keeps the source it came
from, for messages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from largesse.language.environment import Function, Root
from largesse.language.frame import UNSET
from largesse.language.kinds import Kind, Value
from largesse.language.reads import Reads
from largesse.language.syntax import Node
from largesse.language.types import Field, RecordType, Type


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """The parameter of a block. Two blocks with a parameter of one name have two locals."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A binding as others read it.

    index: its slot in a frame. key: canonical text. constant: it depends on constant roots only. value: UNSET unless
    it is known before any rule runs. height: its nesting, that of the bindings it reads included.
    """

    name: str
    index: int
    type: Type
    key: str
    constant: bool
    reads: Reads
    value: Value = UNSET
    height: int = 0


@dataclass(frozen=True, slots=True)
class FieldStep:
    """From a record to one of its fields."""

    record: RecordType
    field: Field


@dataclass(frozen=True, slots=True)
class KeyStep:
    """From a map to the value under an exact key. owner: the field that is the map, as `Item.Attributes`; declared:
    the map surely is one."""

    owner: str
    key: str
    declared: bool


Step: TypeAlias = FieldStep | KeyStep


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known before the rule runs."""

    node: Node
    type: Type
    value: Value


@dataclass(frozen=True, slots=True)
class Read:
    """A walk from a local, root or binding along fields and keys. path: as written, for messages."""

    node: Node
    type: Type
    origin: Local | Root | Bound
    steps: tuple[Step, ...]
    path: str


@dataclass(frozen=True, slots=True)
class ReadVariable:
    """A read of something `set` wrote."""

    node: Node
    type: Type
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assign:
    """`set`."""

    node: Node
    type: Type
    path: tuple[str, ...]
    value: "Checked"


@dataclass(frozen=True, slots=True)
class MakeMap:
    """`kv`."""

    node: Node
    type: Type
    entries: "tuple[tuple[str, Checked], ...]"


@dataclass(frozen=True, slots=True)
class Block:
    """A lazy argument: an expression, with the parameters it receives."""

    node: Node
    type: Type
    parameters: tuple[Local, ...]
    body: "Checked"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Expressions evaluated in order; the value is that of the last."""

    node: Node
    type: Type
    members: "tuple[Checked, ...]"


@dataclass(frozen=True, slots=True)
class Demand:
    """A value that must have one of some kinds, looked at while the rule runs. what: whose value it is, for the
    message."""

    node: Node
    type: Type
    value: "Checked"
    kinds: Kind
    what: str


@dataclass(frozen=True, slots=True)
class Invoke:
    """A call. Several functions: overloads that only the kinds of the values can decide between, in order."""

    node: Node
    type: Type
    functions: tuple[Function, ...]
    arguments: "tuple[Checked, ...]"


Checked: TypeAlias = Constant | Read | ReadVariable | Assign | MakeMap | Block | Sequence | Demand | Invoke


def parts(checked: Checked) -> tuple[Checked, ...]:
    """The nodes directly inside a node."""
    match checked:
        case Invoke(arguments=arguments):
            return arguments
        case Demand(value=value) | Assign(value=value):
            return (value,)
        case Block(body=body):
            return (body,)
        case Sequence(members=members):
            return members
        case MakeMap(entries=entries):
            return tuple(value for _, value in entries)
        case Constant() | Read() | ReadVariable():
            return ()


def everything(checked: Checked) -> Iterator[Checked]:
    """A node and everything inside it."""
    waiting = [checked]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(parts(current))
