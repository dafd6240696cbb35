"""What happens when something fails: effects in place of a condition that does not hold, and named error handlers.

Whatever the failing part had done is undone first. A handler that fails itself leaves nothing behind and stops nobody.
"""

from collections.abc import Callable, Mapping
from decimal import DecimalException

from msgspec import structs

from largesse.engine.frame import EvaluationFrame
from largesse.engine.state import LimitReachedError
from largesse.language import BOOLEAN, FAILURES, Example, ExpressionError, Function, Known, TokenType, Type, Value

BUDGET_EXCEEDED, MISSING_ATTRIBUTE, TYPE_MISMATCH, DEFAULT = (
    "budgetExceeded",
    "missingAttribute",
    "typeMismatch",
    "default",
)
ERROR_NAMES = (BUDGET_EXCEEDED, MISSING_ATTRIBUTE, TYPE_MISMATCH, DEFAULT)

# Beginnings of messages in the language's own words, by the name of the error.
_MESSAGES: Mapping[str, tuple[str, ...]] = {
    MISSING_ATTRIBUTE: ("Unable to find", "there is no ", "the session has no "),
}


def on_failure(frame: EvaluationFrame, condition: Callable[[], Value], *instead: Callable[[], Value]) -> bool:
    """Whether a condition holds; where it does not, or cannot be computed, the effects in its place are given."""
    try:
        value = condition()
    except FAILURES:
        _give(frame, instead)
        raise
    holds = value is True or isinstance(value, list | tuple | dict)
    if not holds:
        _give(frame, instead)
    return holds


def on_error(
    frame: EvaluationFrame, fallback: Value, attempt: Callable[[], Value], name: str, *instead: Callable[[], Value]
) -> Value:
    """The attempt's value; where it fails by an error of this name, what is given in its place, and the fallback."""
    mark = frame.state.mark()
    try:
        return attempt()
    except LimitReachedError:
        if name != BUDGET_EXCEEDED:
            raise
    except FAILURES as failure:
        if not _is_called(failure, name):
            raise
    frame.state.back_to(mark)
    _give(frame, instead)
    return fallback


def _is_called(failure: ExpressionError | DecimalException, name: str) -> bool:
    is_missing = str(failure).startswith(_MESSAGES[MISSING_ATTRIBUTE])
    return name == DEFAULT or (name == MISSING_ATTRIBUTE and is_missing) or (name == TYPE_MISMATCH and not is_missing)


def _give(frame: EvaluationFrame, effects: tuple[Callable[[], Value], ...]) -> None:
    """Give effects; in place of a condition they carry its index."""
    state = frame.state
    for effect in effects:
        mark = state.mark()
        try:
            effect()
        except (LimitReachedError, *FAILURES):
            state.back_to(mark)
            continue
        if frame.acting:
            continue
        for index in range(mark[0], len(state.effects)):
            state.effects[index] = structs.replace(state.effects[index], condition_index=frame.position)


def _value_type(types: tuple[Type, ...]) -> Type:
    attempt = types[1]
    return attempt.result if isinstance(attempt, TokenType) and attempt.result == BOOLEAN else types[0]


def _refuse_unknown(arguments: tuple[Known, ...]) -> str | None:
    name = arguments[2].value
    if isinstance(name, str) and name not in ERROR_NAMES:
        return f'"{name}" is not the name of an error; use one of {", ".join(ERROR_NAMES)}'
    return None


FAILURE_FUNCTIONS = (
    Function(
        "onFailure(Any, Any, Any...)Boolean",
        on_failure,
        "Whether the condition holds. Where it does not, or cannot be computed, the effects after it are given "
        "although the rule does not fire; they carry the index of the condition. They may be notifications and custom "
        "effects.",
        (
            Example(
                ["onFailure", [">", [".", "Session", "Total"], 100], ["showNotification", "Info", "Almost there"]],
                False,
            ),
        ),
        needs_frame=True,
        result=BOOLEAN,
    ),
    Function(
        "onError(Atom, Any, String, Any...)Any",
        on_error,
        "The second argument. Where it fails by the error named, what it did is undone, what follows the name is "
        "given, and the first argument is the value. Errors are budgetExceeded, missingAttribute, typeMismatch and "
        "default, which is any but the first.",
        (
            Example(
                ["onError", "unknown", [".", "Session", "Attributes", "PaymentMethod"], "missingAttribute"], "unknown"
            ),
        ),
        needs_frame=True,
        result=_value_type,
        refuses=_refuse_unknown,
    ),
)
