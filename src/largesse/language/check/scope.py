"""Scopes: what a name can mean at one point of an expression, and the state of checking one ruleset."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from largesse.language.check.checked import Bound, Checked, Local, ReadVariable
from largesse.language.diagnostics import Diagnostic, Mistake
from largesse.language.environment import Environment
from largesse.language.limits import DIAGNOSTICS_MAX, EXPANSIONS_MAX
from largesse.language.signature import Signature
from largesse.language.syntax import Literal, Node
from largesse.language.types import ANY


@dataclass(frozen=True, slots=True)
class Scope:
    """Names in reach: locals of the blocks around (innermost last), bindings, and the paths `set` writes in this
    rule."""

    locals: tuple[Local, ...] = ()
    bindings: Mapping[str, Bound] = field(default_factory=lambda: MappingProxyType({}))
    variables: frozenset[tuple[str, ...]] = frozenset()

    def inside(self, parameters: tuple[Local, ...]) -> "Scope":
        """The scope of a block's body."""
        return replace(self, locals=(*self.locals, *parameters))


@dataclass(frozen=True, slots=True)
class Template:
    """A macro: calls are replaced by `body`, in which `["#", n]` stands for the argument at n."""

    signature: Signature
    body: Node


_CEILINGS: Final = frozenset({Mistake.TOO_LARGE, Mistake.TOO_DEEP})
_NOWHERE_YET: Final = Literal(None)

Recurse: TypeAlias = "Callable[[Checking, Node, Scope], Checked]"


@dataclass(slots=True)
class Checking:
    """The state of checking one ruleset. recurse: how to check a part of an expression; the modules of the checker
    call each other through it instead of importing each other. forgiving: what is wrong with an attempt that `catch`
    waits for is left to fail when it runs."""

    environment: Environment
    recurse: Recurse
    forgiving: bool = False
    templates: list[Template] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    last: Node = _NOWHERE_YET
    nodes: int = 0
    depth: int = 0
    expansions: int = 0
    folded: int = 0

    def check(self, node: Node, scope: Scope) -> Checked:
        """Check a part of an expression."""
        return self.recurse(self, node, scope)

    def report(self, mistake: Mistake, message: str, node: Node, meant: str | None = None) -> Checked:
        """Note a mistake; gives a stand-in of unknown type, so that nothing further is said about the same thing."""
        diagnostic = Diagnostic(mistake, message, node.place.pointer, node.place.span, meant)
        if len(self.found) < DIAGNOSTICS_MAX and diagnostic not in self.found:
            self.found.append(diagnostic)
        return ReadVariable(node, ANY, ())

    def forgive(self, noted: int) -> None:
        """Take back what was reported after so many mistakes, unless a ceiling is among it: the stand-ins have no value
        when they run."""
        if all(each.code not in _CEILINGS for each in self.found[noted:]):
            del self.found[noted:]

    def expand(self) -> bool:
        """Count one template expansion; whether it is still allowed."""
        self.expansions += 1
        return self.expansions <= EXPANSIONS_MAX
