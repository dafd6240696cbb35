"""Rulesets, before and after compiling: the shapes the engine gives and gets.

A source is what a campaign stores; a compiled ruleset is what an evaluation runs. Neither knows anything of promotions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from largesse.language.errors import ExpressionError
from largesse.language.frame import UNSET, Frame
from largesse.language.json_form import Json
from largesse.language.kinds import Value
from largesse.language.reads import NOTHING_READ, Reads
from largesse.language.syntax import Literal, Node
from largesse.language.types import Type

NOTHING: Final = Literal(None)

HOLDS: Final = -1
"""What `Rule.check` answers when every condition holds."""


@dataclass(frozen=True, slots=True)
class BindingSource:
    """A named expression. kind: the wire's `type` (cartItemFilter, templateParameter, ...), which the language mostly
    ignores."""

    name: str
    expression: Json
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A rule as stored: one condition expression, a list of effect expressions, bindings of its own."""

    title: str
    condition: Json
    effects: Json
    bindings: tuple[BindingSource, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesetSource:
    """A ruleset as stored. provided: bindings that it may read although it does not hold them; its own hide those of
    the same name."""

    rules: tuple[RuleSource, ...]
    bindings: tuple[BindingSource, ...] = ()
    provided: tuple[BindingSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an expression came out as it did. text: the expression in the text form. held: for truth values, whether it
    is true. error: why it has no value. children: the same for its parts, except inside blocks, whose values differ
    from element to element. node: as it was written. function and operands: for calls, the lower-cased name and all
    arguments in order, constants and blocks included."""

    text: str
    evaluated: bool = True
    value: Value = None
    held: bool | None = None
    error: str | None = None
    children: "tuple[Explanation, ...]" = ()
    node: Node = NOTHING
    function: str = ""
    operands: "tuple[Explanation, ...]" = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. run: its value in a frame; raises ExpressionError (or StepLimitError, which nothing in a
    rule may catch). explain: evaluates it again, each part on its own, and raises nothing."""

    node: Node
    type: Type
    reads: Reads
    run: Callable[[Frame], Value]
    explain: Callable[[Frame], Explanation]


@dataclass(frozen=True, slots=True)
class Binding:
    """A compiled binding. read: its value, computed at most once per frame; when it fails, every read fails with the
    same message.

    key: canonical text; equal keys mean equal expressions, whatever the names of bindings and parameters. constant: it
    depends on constant roots only, so that within one evaluation equal keys also mean equal values. node: as written.
    """

    name: str
    kind: str | None
    index: int
    type: Type
    key: str
    constant: bool
    reads: Reads
    read: Callable[[Frame], Value]
    node: Node


@dataclass(frozen=True, slots=True)
class Condition:
    """A top-level condition of a rule as it was written, for messages and traces."""

    node: Node
    pointer: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule.

    functions: lower-cased names of all functions used, bindings it reads included. check: index of the first top-level
    condition that does not hold, or HOLDS; raises ExpressionError when a condition fails, with the index of that
    condition in `frame.position`. act: runs the effects in order with `frame.position` at the index of each; hands an
    ExpressionError to `frame.effect_failed` and goes on; lets every other exception through. explain: evaluates the
    conditions again, each part on its own.
    """

    title: str
    reads: Reads
    bindings: tuple[Binding, ...]
    conditions: tuple[Condition, ...]
    effects: tuple[Node, ...]
    check: Callable[[Frame], int]
    act: Callable[[Frame], None]
    explain: Callable[[Frame], Explanation]

    @property
    def functions(self) -> frozenset[str]:
        """Lower-cased names of all functions used."""
        return self.reads.functions


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A compiled ruleset. bindings: those provided, and then its own. slot_count: bindings of the ruleset and of its
    rules together."""

    bindings: tuple[Binding, ...]
    rules: tuple[Rule, ...]
    slot_count: int
    reads: Reads = field(default=NOTHING_READ)

    def slots(self) -> list[Value]:
        """Fresh binding slots for a frame."""
        return [UNSET] * self.slot_count


def settle(bindings: tuple[Binding, ...], frame: Frame) -> None:
    """Compute, in order, the bindings nobody has read yet, so that later changes to what they read from no longer
    matter. Failures are kept, not raised."""
    for binding in bindings:
        if frame.bindings[binding.index] is UNSET:
            try:
                binding.read(frame)
            except ExpressionError:
                continue
