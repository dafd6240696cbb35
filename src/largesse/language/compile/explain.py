"""Why a rule holds or not: its conditions evaluated once more, with a note of what every part came to.

The very code that runs is generated again, each part wrapped in a function that notes its value or error. Unlike
`check`, every condition is evaluated, not only those up to the first that does not hold.
"""

import ast
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final, cast

from largesse.language.check.checked import Block, Checked, Constant, Demand, Invoke, parts
from largesse.language.compile import code as py
from largesse.language.compile.callables import bring_to_life
from largesse.language.compile.code import Code
from largesse.language.compile.emit import Emitter, Readers
from largesse.language.errors import FAILURES, ExpressionError, StepLimitError, as_expression_error
from largesse.language.format import format_node
from largesse.language.frame import Frame
from largesse.language.kinds import Kind, Value, kind_of
from largesse.language.ruleset import Explanation
from largesse.language.syntax import Node

_LONGEST_TEXT: Final = 500
"""Characters of an expression shown in an explanation: enough to recognise it; a list of a thousand products is not."""

_ENDINGS: Final = (*FAILURES, StepLimitError)
_NOTES: Final = py.name("notes")


def explainer(title: str, conditions: tuple[Checked, ...], readers: Readers) -> Callable[[Frame], Explanation]:
    """A function that explains the conditions of a rule in a frame, and leaves the frame as it was: what `set` writes,
    steps and position do not count. Explanations have steps of their own. It never raises a LanguageError."""

    tellers = tuple(teller(condition, readers, condition=True) for condition in conditions)

    def explain(frame: Frame) -> Explanation:
        told = tuple(tell(frame) for tell in tellers)
        return Explanation(title, held=all(each.held for each in told), children=told)

    return explain


def teller(checked: Checked, readers: Readers, *, condition: bool = False) -> Callable[[Frame], Explanation]:
    """A function that explains one expression under the same promises; as a `condition`, collections count as true."""

    def tell(frame: Frame) -> Explanation:
        kept = frame.variables, frame.steps, frame.position
        frame.steps = frame.told_steps
        noted: list[Checked] = []
        notes: dict[int, Value] = {}
        run = _observed(checked, readers, noted)
        with suppress(*_ENDINGS):
            run(frame, notes)
        frame.told_steps = frame.steps
        frame.variables, frame.steps, frame.position = kept
        values = {id(each): notes[index] for index, each in enumerate(noted) if index in notes}
        return _told(checked, values, condition)

    return tell


def _observed(condition: Checked, readers: Readers, noted: list[Checked]) -> Callable[[Frame, dict[int, Value]], Value]:
    """The condition as a function that notes the value of each part under the part's position in `noted`."""

    def observer(checked: Checked, code: Code) -> Code:
        noted.append(checked)
        value = ast.Lambda(py.parameters(), emitter.weaver.strict(code))
        note = py.call(emitter.weaver.name(_note), _NOTES, ast.Constant(len(noted) - 1), value)
        return Code(note, code.type, fails=True)

    emitter = Emitter(readers, observer)
    value = emitter.strict(condition)
    body = [*emitter.weaver.definitions, ast.Return(value)]
    function = bring_to_life(emitter.weaver, "explain", ("frame", "notes"), body)
    return cast("Callable[[Frame, dict[int, Value]], Value]", function)


def _note(notes: dict[int, Value], position: int, evaluate: Callable[[], Value]) -> Value:
    try:
        value = notes[position] = evaluate()
    except StepLimitError as failure:
        notes[position] = ExpressionError(failure.message)
        raise
    except FAILURES as failure:
        notes[position] = as_expression_error(failure)
        raise
    return value


def _told(checked: Checked, notes: dict[int, Value], condition: bool = False) -> Explanation:
    operands = tuple(_told(_seen(part), notes) for part in parts(checked))
    told = partial(
        Explanation,
        _text(checked.node),
        node=checked.node,
        children=tuple(operand for operand, part in zip(operands, parts(checked), strict=True) if _shown(part)),
        function=checked.functions[0].name.lower() if isinstance(checked, Invoke) else "",
        operands=operands,
    )
    if id(checked) not in notes and not isinstance(checked, Constant):
        return told(evaluated=False)
    value = checked.value if isinstance(checked, Constant) else notes[id(checked)]
    if isinstance(value, ExpressionError):
        return told(error=value.message)
    if isinstance(value, bool):
        return told(value=value, held=value)
    return told(value=value, held=True if condition and _counts(value) else None)


def _text(node: Node) -> str:
    text = format_node(node)
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _counts(value: Value) -> bool:
    """Whether a value that is not Boolean counts as true in a condition."""
    return kind_of(value) in Kind.COLLECTION


def _seen(part: Checked) -> Checked:
    """What a reader sees of a part: not that it is lazy, and not that its kind is looked at."""
    match part:
        case Block(parameters=(), body=body):
            return _seen(body)
        case Demand(value=value):
            return _seen(value)
        case _:
            return part


def _shown(part: Checked) -> bool:
    """Whether a reader wants to see the value of a part: that of a constant is plain, a block has none."""
    return not isinstance(_seen(part), Block | Constant)
