"""Ways to write calls as Python, for the declarations in `functions`."""

import ast
from collections.abc import Callable, Sequence

from largesse.language.compile import code as py
from largesse.language.compile.code import Body, Code
from largesse.language.compile.weave import Weaver
from largesse.language.environment import InlineRule
from largesse.language.kinds import Value
from largesse.language.types import ANY


def plainly(weaver: Weaver, codes: Sequence[Code], build: Callable[..., ast.expr]) -> Code:
    """An operation that cannot fail on values of the right kinds: `build` makes it from the expressions of `codes`."""
    if any(code.fails for code in codes):
        return Code(build(*map(weaver.strict, codes)), ANY, fails=True)
    return Code(build(*(code.expression for code in codes)), ANY, py.needs_of(tuple(codes)))


def never_fails(implementation: Callable[..., Value]) -> InlineRule:
    """The InlineRule of a function that has a value for all arguments of its kinds, and no block."""

    def inline(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
        codes = eager(arguments)
        return plainly(weaver, codes, lambda *values: py.call(weaver.name(implementation), *values))

    return inline


def operator(make: Callable[..., ast.expr], count: int, otherwise: InlineRule | None = None) -> InlineRule:
    """The InlineRule of a Python operator on exactly `count` arguments that cannot fail."""

    def inline(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
        if len(arguments) != count:
            return None if otherwise is None else otherwise(weaver, arguments)
        return plainly(weaver, eager(arguments), make)

    return inline


def reordering(make: Callable[..., ast.expr], count: int, otherwise: Callable[..., Value]) -> InlineRule:
    """The InlineRule of a Python operator that looks at its operands in another order than the language does: fine
    where none of them fails, else the function `otherwise` is called."""

    def inline(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
        codes = eager(arguments)
        if len(codes) != count or any(code.fails for code in codes):
            return never_fails(otherwise)(weaver, arguments)
        return plainly(weaver, codes, make)

    return inline


def pair(function: Callable[..., Value]) -> InlineRule:
    """The InlineRule of decimal arithmetic: on two numbers the function is called directly. It may fail."""

    def inline(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
        if len(arguments) != 2:
            return None
        values = map(weaver.strict, eager(arguments))
        return Code(py.call(weaver.name(function), *values), ANY, fails=True)

    return inline


def eager(arguments: tuple[Code | Body, ...]) -> list[Code]:
    """The arguments of a call without blocks."""
    return [argument for argument in arguments if isinstance(argument, Code)]


def list_and_block(arguments: tuple[Code | Body, ...]) -> tuple[Code, Body]:
    """The arguments of a call that walks a list: the list and the block."""
    match arguments:
        case (Code() as items, Body() as body):
            return items, body
        case _:
            raise TypeError("the function was not called with a list and a block")


def risky(items: Code, body: Body) -> bool:
    """Whether walking the list with the block may fail, the list being there."""
    return items.fails or body.code.fails or bool(body.code.needs)
