"""One expression evaluated: its value, or what is wrong with it and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from largesse.cli.eval.world import World
from largesse.language import (
    Call,
    Diagnostic,
    Diagnostics,
    Environment,
    Explanation,
    Expression,
    ExpressionError,
    Group,
    Json,
    Node,
    Place,
    StepLimitError,
    Value,
    compile_expression,
    format_node,
    from_json,
    parse,
    refuse_large,
)

NO_VALUE = "no_value"
"""The code of an expression that is well made and has no value: something in it is missing or unfit."""

TOO_MANY_STEPS = "too_many_steps"
"""The code of an expression that walks too much."""


@dataclass(frozen=True, slots=True)
class Token:
    """A value that is an expression itself: a block that nobody has called."""

    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A value."""

    value: Value | Token


@dataclass(frozen=True, slots=True)
class Failure:
    """One reason why there is no value. span: start and end in the text, for what was written as text."""

    code: str
    message: str
    span: tuple[int, int] | None = None


Failures: TypeAlias = tuple[Failure, ...]


def answer(written: Json, world: World) -> Answer | Failures:
    """The value of an expression, written as text or as JSON, or every reason why it has none."""
    compiled = understand(written, world)
    match compiled:
        case Token():
            return Answer(compiled)
        case tuple():
            return compiled
        case Expression():
            return _run(compiled, world)


def understand(written: Json, world: World) -> Expression | Token | Failures:
    """The expression, ready to run."""
    node, found = parse(written) if isinstance(written, str) else from_json(written)
    if found:
        return tuple(map(_failure, found))
    known = world.environment()
    if _is_block(node, known):
        return Token(format_node(node))
    compiled = compile_expression(node, known, forgiving=True)
    return tuple(map(_failure, compiled)) if isinstance(compiled, Diagnostics) else compiled


def _is_block(node: Node, known: Environment) -> bool:
    """Whether a node begins with a parameter: a name in an array of its own that cannot be called so. `Item` is one,
    although there is a function `item`."""
    match node:
        case Group(members=(Call(name, ()), *_)):
            functions = known.functions.get(name.lower(), ())
            return not any(function.shape.accepts_count(0) for function in functions)
        case _:
            return False


def _run(expression: Expression, world: World) -> Answer | Failures:
    try:
        value = expression.run(world.frame())
        refuse_large(value)
        return Answer(value)
    except ExpressionError as error:
        code, message = NO_VALUE, error.message
    except StepLimitError as error:
        code, message = TOO_MANY_STEPS, error.message
    failing = next(_failing(expression.explain(world.frame())), None)
    return (_placed(code, message, expression.node.place if failing is None else failing),)


def _failing(told: Explanation) -> Iterator[Place]:
    """The places of the parts that have no value, innermost first."""
    if told.error is not None:
        for child in told.children:
            yield from _failing(child)
        yield told.node.place


def _failure(diagnostic: Diagnostic) -> Failure:
    meant = f" (did you mean `{diagnostic.did_you_mean}`?)" if diagnostic.did_you_mean else ""
    return _placed(str(diagnostic.code), diagnostic.message + meant, Place(diagnostic.pointer, diagnostic.span))


def _placed(code: str, message: str, place: Place) -> Failure:
    where = f"{place.pointer}: " if place.pointer else ""
    return Failure(code, where + message, place.span)
