"""Checking one expression: the recursion that the other modules of the checker hang on."""

from types import MappingProxyType
from typing import Final, assert_never

from largesse.language.check.calls import check_call
from largesse.language.check.checked import Checked, Constant, Sequence
from largesse.language.check.forms import FORMS
from largesse.language.check.scope import Checking, Scope
from largesse.language.diagnostics import Mistake
from largesse.language.environment import Environment
from largesse.language.kinds import kind_of
from largesse.language.limits import DEPTH_MAX, NODES_MAX
from largesse.language.syntax import Call, Group, Literal, Node
from largesse.language.types import type_of_kinds

_FORMS: Final = MappingProxyType({form.name: form for form in FORMS})
_FORM_NAMES: Final = tuple(form.signature.partition("(")[0] for form in FORMS)


def checking_in(environment: Environment, *, forgiving: bool = False) -> Checking:
    """A fresh check of one ruleset or expression; forgiving: see Checking."""
    return Checking(environment, check, forgiving)


def check(checking: Checking, node: Node, scope: Scope) -> Checked:
    """Resolve an expression; what is wrong with it is noted in `checking`, and the rest is checked all the same."""
    checking.nodes += 1
    if checking.nodes > NODES_MAX:
        return checking.report(Mistake.TOO_LARGE, f"a ruleset may have {NODES_MAX:,} nodes", checking.last)
    checking.last = node
    if isinstance(node, Literal):
        return _checked(checking, node, scope)
    if checking.depth >= DEPTH_MAX:
        return checking.report(Mistake.TOO_DEEP, f"expressions may be nested {DEPTH_MAX} deep", node)
    checking.depth += 1
    try:
        return _checked(checking, node, scope)
    finally:
        checking.depth -= 1


def _checked(checking: Checking, node: Node, scope: Scope) -> Checked:
    match node:
        case Literal(value):
            return Constant(node, type_of_kinds(kind_of(value)), value)
        case Call(name):
            form = _FORMS.get(name.lower())
            if form is not None:
                return form.check(checking, node, scope)
            return check_call(checking, node, scope, _FORM_NAMES)
        case Group(members):
            checked = tuple(checking.check(member, scope) for member in members)
            return checked[0] if len(checked) == 1 else Sequence(node, checked[-1].type, checked)
        case _:
            assert_never(node)
