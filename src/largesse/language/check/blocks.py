"""Blocks: arguments that are not evaluated before the call but by it, perhaps once per element of a list.

A block is written `[["Item"], body]`; older rules also have `["Item", body]`, or the name and the body as two separate
arguments. [TL corefn/list]
"""

from typing import Final

from largesse.language.check.checked import Block, Checked, Local
from largesse.language.check.fit import Fit, demand, fit
from largesse.language.check.scope import Checking, Scope
from largesse.language.diagnostics import Mistake
from largesse.language.environment import Environment, Function
from largesse.language.kinds import Kind, kind_text
from largesse.language.syntax import Call, Group, Literal, Node
from largesse.language.types import TokenType, Type, type_text

_NOT_PARAMETERS: Final = frozenset({".", "!", "#", "set", "kv", "setTemplate"})
"""Names that head an expression although no function has them."""


_ATTEMPTS: Final = frozenset({("catch", 1), (".|", 1)})
"""The functions that have a fallback for what fails, and which of their arguments may fail."""


def with_block(arguments: tuple[Node, ...], functions: tuple[Function, ...]) -> tuple[Node, ...]:
    """The arguments of a call in today's form: a name and a body written as two arguments become one block."""
    for function in functions:
        position = len(function.shape.parameters) - 1
        if function.named_body and len(arguments) == position + 2:
            name, body = arguments[position:]
            if isinstance(name, Literal) and isinstance(name.value, str):
                return (*arguments[:position], Group((Call(name.value, (), name.place), body), name.place))
    return arguments


def check_lazy(
    checking: Checking, function: Function, position: int, node: Node, types: tuple[Type, ...], scope: Scope
) -> Checked:
    """Check a lazy argument of a function; `types` are those of the other arguments."""
    if function.binds is None:
        noted = len(checking.found)
        body = checking.check(node, scope)
        if checking.forgiving and (function.name, position) in _ATTEMPTS:
            checking.forgive(noted)
        return Block(node, TokenType(body.type), (), body)
    accepted = function.shape.parameter(position)
    head, inner = _split(node, checking.environment)
    if head is None and accepted == Kind.TOKEN:
        message = f'`{function.name}` needs a block here, as in [["Item"], ...]'
        return _unusable(checking.report(Mistake.WRONG_BLOCK, message, node))
    bound = function.binds(types)
    if head is not None and len(bound) != 1:
        message = f"`{function.name}` gives its block {len(bound)} values"
        return _unusable(checking.report(Mistake.WRONG_BLOCK, message, node))
    parameters = tuple(Local(head or "", type_) for type_ in bound)
    body = checking.check(inner, scope.inside(parameters) if head is not None else scope)
    return _demanded(checking, function, Block(node, TokenType(body.type), parameters, body))


def _split(node: Node, environment: Environment) -> tuple[str | None, Node]:
    """The parameter and the body of a block; no parameter when the node is a plain expression."""
    match node:
        case Group(members=(Call(name, ()), body)):
            return name, body
        case Group(members=(Call(name, ()), first, *more), place=place):
            return name, Group((first, *more), place)
        case Call(name, (body,)) if name.lower() not in environment.functions and name not in _NOT_PARAMETERS:
            return name, body
        case _:
            return None, node


def _demanded(checking: Checking, function: Function, block: Block) -> Checked:
    """The block, with a body of the kinds the function demands."""
    what = f"the block of `{function.name}`"
    match fit(block.body, function.body):
        case Fit.ALWAYS:
            return block
        case Fit.PERHAPS:
            body = demand(block.body, function.body, what)
            return Block(block.node, TokenType(body.type), block.parameters, body)
        case Fit.NEVER:
            message = f"{what} must give {kind_text(function.body)}, not {type_text(block.body.type)}"
            return _unusable(checking.report(Mistake.WRONG_KIND, message, block.body.node))


def _unusable(reported: Checked) -> Checked:
    """A block in place of one that was reported."""
    return Block(reported.node, TokenType(), (), reported)
