"""Single expressions: compiled once for cart item filters, or evaluated on the spot for a playground."""

from typing import TypeAlias

from largesse.language.check.check import checking_in
from largesse.language.check.collect import reads_of
from largesse.language.check.scope import Scope
from largesse.language.check.templates import collect_templates
from largesse.language.compile.callables import value_function
from largesse.language.compile.explain import teller
from largesse.language.compile.written import written_paths
from largesse.language.diagnostics import Diagnostics, RefusedError
from largesse.language.environment import Environment
from largesse.language.frame import Frame
from largesse.language.json_form import Json, from_json
from largesse.language.kinds import Value
from largesse.language.ruleset import Expression
from largesse.language.syntax import Call, Group, Literal, Node

Written: TypeAlias = Node | Json
"""An expression as JSON, or as a node: from `parse`, say."""


def compile_expression(
    expression: Written, environment: Environment, pointer: str = "", *, forgiving: bool = False
) -> Expression | Diagnostics:
    """Compile one expression, or say what is wrong with it; forgiving: nothing is said of mistakes that `catch` or `.|`
    has a fallback for, they fail when they run."""
    if isinstance(expression, Literal | Call | Group):
        node = expression
    else:
        node, found = from_json(expression, pointer)
        if found:
            return Diagnostics(found)
    checking = checking_in(environment, forgiving=forgiving)
    collect_templates(checking, node)
    checked = checking.check(node, Scope(variables=written_paths((node,))))
    if checking.found:
        return Diagnostics(tuple(checking.found))
    return Expression(node, checked.type, reads_of(checked), value_function(checked, ()), teller(checked, ()))


def evaluate_expression(expression: Written, environment: Environment, frame: Frame) -> Value:
    """The value of an expression in a frame; raises RefusedError when it is no good, ExpressionError when it has
    none."""
    compiled = compile_expression(expression, environment)
    if isinstance(compiled, Diagnostics):
        raise RefusedError(compiled)
    return compiled.run(frame)
