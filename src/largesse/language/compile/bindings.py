"""Reading bindings: at most once per frame, and where they depend on constants only, once per evaluation."""

from collections.abc import Callable

from largesse.language.errors import ExpressionError
from largesse.language.frame import UNSET, Frame
from largesse.language.kinds import Value


class _Failed:
    """What a binding's slot holds when the binding has no value."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message


def reader(index: int, compute: Callable[[Frame], Value]) -> Callable[[Frame], Value]:
    """A function that reads the binding in slot `index`. A failed binding fails at every read, with the same
    message."""

    def read(frame: Frame) -> Value:
        value = frame.bindings[index]
        if value is UNSET:
            try:
                value = compute(frame)
            except ExpressionError as error:
                value = _Failed(error.message)
            frame.bindings[index] = value
        if type(value) is _Failed:
            raise ExpressionError(value.message)
        return value

    return read
