"""The weaver: the loom on which one compiled function is made.

It hands out names, keeps the objects generated code refers to (its whole world: `__builtins__` is empty), and collects
the local functions that stand before an expression because Python has no expression for them. Only definitions are
ever put in front, never evaluations, so laziness and order are exactly those of the expression.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

from largesse.language.compile import code as py
from largesse.language.compile import steps
from largesse.language.compile.code import Body, Code, Need
from largesse.language.errors import ExpressionError

FRAME: Final = py.name("frame")
"""The frame is in reach everywhere in generated code."""


class Weaver:
    """Names, objects and definitions of one piece of code while it is made. definitions: local functions of the
    function being made; beside: functions of the whole piece."""

    def __init__(self) -> None:
        self.namespace: dict[str, object] = {"__builtins__": {}}
        self.definitions: list[ast.stmt] = []
        self.beside: list[ast.stmt] = []
        self._names: dict[int, str] = {}
        self._count = 0

    def fresh(self, prefix: str) -> str:
        """A name nothing else has."""
        self._count += 1
        return f"{prefix}{self._count}"

    def name(self, value: object, prefix: str = "k") -> ast.expr:
        """A name for an object of ours, the same one for the same object."""
        identifier = self._names.get(id(value))
        if identifier is None:
            identifier = self._names[id(value)] = self.fresh(prefix)
            self.namespace[identifier] = value
        return py.name(identifier)

    def define(self, prefix: str, names: tuple[str, ...], body: list[ast.stmt]) -> ast.expr:
        """Put a local function before the expression being made; gives its name."""
        identifier = self.fresh(prefix)
        self.definitions.append(py.function(identifier, names, body))
        return py.name(identifier)

    def define_beside(self, prefix: str, names: tuple[str, ...], body: list[ast.stmt]) -> ast.expr:
        """Put a function beside the one being made, so that it sees nothing of its variables; gives its name."""
        identifier = self.fresh(prefix)
        self.beside.append(py.function(identifier, names, body))
        return py.name(identifier)

    @contextmanager
    def inside(self) -> Iterator[list[ast.stmt]]:
        """Make the inside of a function: definitions go to the list it gives."""
        outside, self.definitions = self.definitions, []
        try:
            yield self.definitions
        finally:
            self.definitions = outside

    def strict(self, code: Code) -> ast.expr:
        """The code as an expression that raises ExpressionError when something it needs is missing."""
        expression = code.expression
        for need in reversed(code.needs):
            expression = ast.IfExp(py.present(need), expression, self._missing(need))
        return expression

    def _missing(self, need: Need) -> ast.expr:
        return py.call(self.name(missing), ast.Constant(need.path))

    def closure(self, body: Body) -> ast.expr:
        """A block as a Python function of its parameters."""
        value = self.strict(body.code)
        if not body.definitions:
            return ast.Lambda(py.parameters(*body.parameters), value)
        return self.define("block", body.parameters, [*body.definitions, ast.Return(value)])

    def applied(self, body: Body) -> ast.expr:
        """A block's value where its parameters are already Python variables of the same names."""
        if not body.definitions:
            return self.strict(body.code)
        return py.call(self.closure(body), *(py.name(each) for each in body.parameters))

    def walked(self, items: ast.expr, weight: int) -> ast.expr:
        """A list about to be walked, counted; each element as so many steps."""
        if weight == 1:
            return py.call(self.name(steps.walked), FRAME, items)
        return py.call(self.name(steps.walked_heavily), FRAME, items, ast.Constant(weight))


def missing(path: str) -> NoReturn:
    """Fail because nothing is found at a path. [TL]"""
    raise ExpressionError(f"Unable to find `{path}`")
